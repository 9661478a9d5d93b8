// Files made in the browser: of what the page holds, or of what is sent once its button is pressed. Nothing stays on the server.
// The browsers inside other apps drop files without a word: there a file is shared, and it is said how to come to a browser.
const INSIDE = /\bFB(AN|AV|_IAB)\b|Instagram|\bLine\/|MicroMessenger|WhatsApp|Telegram|Snapchat|Twitter|LinkedInApp|Pinterest|TikTok|musical_ly|Bytedance|KAKAOTALK|\bGSA\/|; wv\)/i;
const isInside = () => INSIDE.test(navigator.userAgent) || (/iPhone|iPad|iPod/.test(navigator.userAgent) && !/Safari\//.test(navigator.userAgent));
const lists = new WeakMap(); // a list of buttons → its files, how it asks for one, and the press that waits for its file

export default function ({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector(".files");
  const own = lists.get(parentElement) || { files: "", press: 0 };
  lists.set(parentElement, own);
  own.ask = setTriggerValue;
  const inside = parentElement.querySelector(".inside");
  if (isInside() && inside.hidden) wayOut(inside, data.inside);
  const files = JSON.stringify(data.files);
  if (own.files !== files) {
    own.files = files; // the buttons stay as they are while their files do: who pressed one keeps their place
    list.replaceChildren(...data.files.map((file) => button(file, () => (file.content === undefined ? ask(file) : give(file, file)))));
    if (data.print) list.append(button(data.print, () => window.print()));
  }
  if (data.made && data.made.press === own.press) {
    own.press = 0;
    give(data.files.find((file) => file.format === data.made.format), data.made);
  }
  list.setAttribute("aria-busy", own.press ? "true" : "false");

  function give(file, made) {
    if (inside.hidden) save(file, made);
    else share(file, made, inside, data.inside);
  }

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

function bytesOf(content) {
  return Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
}

// The address of the page to take to a browser, and a line for what became of a press.
function wayOut(inside, words) {
  inside.hidden = false;
  const make = (tag, text, set) => Object.assign(document.createElement(tag), { textContent: text }, set);
  const address = make("input", "", { type: "text", readOnly: true, value: window.location.href, onfocus: () => address.select() });
  const label = make("label", words.address);
  label.append(address);
  const said = make("p", "", { className: "said" });
  said.setAttribute("role", "status");
  const copy = async () => {
    address.value = window.location.href;
    try {
      await navigator.clipboard.writeText(address.value);
      said.textContent = words.copied;
    } catch {
      said.textContent = words.notCopied;
      address.focus();
    }
  };
  inside.append(make("p", words.lead), label, make("button", words.copy, { type: "button", onclick: copy }), said);
}

// What can take a file in such a browser is the system's own sheet; it opens at a press alone, and the first may be too long ago.
async function share(file, { type, content }, inside, words) {
  const said = inside.querySelector(".said");
  const files = [new File([bytesOf(content)], file.name, { type: type.split(";")[0] })];
  if (!navigator.canShare?.({ files })) {
    save(file, { type, content });
    said.textContent = words.tried;
    return;
  }
  try {
    await navigator.share({ files });
  } catch (error) {
    if (error.name === "AbortError") return; // not wanted after all
    const again = button({ label: words.share, hint: file.name }, () => navigator.share({ files }).catch(() => {}));
    said.replaceChildren(again);
    again.focus();
  }
}

function save(file, { type, content }) {
  const bytes = bytesOf(content);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = file.name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
