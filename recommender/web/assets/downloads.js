// Files made in the browser: of what the page holds, or of what is sent once its button is pressed. Nothing stays on the server.
const lists = new WeakMap(); // a list of buttons → its files, how it asks for one, and the press that waits for its file

export default function ({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector(".files");
  const own = lists.get(parentElement) || { files: "", press: 0 };
  lists.set(parentElement, own);
  own.ask = setTriggerValue;
  const files = JSON.stringify(data.files);
  if (own.files !== files) {
    own.files = files; // the buttons stay as they are while their files do: who pressed one keeps their place
    list.replaceChildren(...data.files.map((file) => button(file, () => (file.content === undefined ? ask(file) : save(file, file)))));
    if (data.print) list.append(button(data.print, () => window.print()));
  }
  if (data.made && data.made.press === own.press) {
    own.press = 0;
    save(data.files.find((file) => file.format === data.made.format), data.made);
  }
  list.setAttribute("aria-busy", own.press ? "true" : "false");

  function ask(file) {
    own.press = Date.now();
    list.setAttribute("aria-busy", "true");
    own.ask("wanted", { format: file.format, press: own.press });
  }
}

function button(file, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = file.main ? "main" : "";
  const label = document.createElement("span");
  label.textContent = file.label;
  const hint = document.createElement("small");
  hint.textContent = file.hint;
  made.append(label, " ", hint);
  made.onclick = press;
  return made;
}

function save(file, { type, content }) {
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = file.name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
