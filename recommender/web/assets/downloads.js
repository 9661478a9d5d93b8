// Files made in the browser: of what the page holds, or of what is sent once its button is pressed. Nothing stays on the server.
// The first file can also go to the system's own sheet for sharing, where there is one. The browsers inside other apps drop files
// without a word: there every file goes to that sheet.
const INSIDE = /\bFB(AN|AV|_IAB)\b|Instagram|\bLine\/|MicroMessenger|WhatsApp|Telegram|Snapchat|Twitter|LinkedInApp|Pinterest|TikTok|musical_ly|Bytedance|KAKAOTALK|\bGSA\/|; wv\)/i;
const isInside = () => INSIDE.test(navigator.userAgent) || (/iPhone|iPad|iPod/.test(navigator.userAgent) && !/Safari\//.test(navigator.userAgent));
const lists = new WeakMap(); // a list of buttons → its files, how it asks for one, and the press that waits for its file

export default function ({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector(".files");
  const own = lists.get(parentElement) || { files: "", press: 0 };
  lists.set(parentElement, own);
  own.ask = setTriggerValue;
  const inside = parentElement.querySelector(".inside");
  if (isInside() && inside.hidden) {
    inside.hidden = false;
    inside.textContent = data.inside.lead;
  }
  const files = JSON.stringify(data.files);
  if (own.files !== files) {
    own.files = files; // the buttons stay as they are while their files do: who pressed one keeps their place
    const main = data.files.filter((file) => file.main);
    const ones = (files) => files.map((file) => button(file, () => (file.content === undefined ? ask(file) : give(file, file))));
    list.replaceChildren(...ones(main.length ? main : data.files));
    if (main.length && canShare(main[0])) list.append(button({ label: data.inside.share, hint: data.inside.shareHint }, () => ask(main[0], true)));
    if (data.print) list.append(button(data.print, () => window.print()));
    if (main.length) list.append(fold(data.inside.others, ones(data.files.filter((file) => !file.main))));
    list.append(Object.assign(document.createElement("p"), { className: "said" }));
    list.lastChild.setAttribute("role", "status");
  }
  if (data.made && data.made.press === own.press) {
    own.press = 0;
    give(data.files.find((file) => file.format === data.made.format), data.made);
  }
  list.setAttribute("aria-busy", own.press ? "true" : "false");

  function give(file, made) {
    list.querySelector(".said").replaceChildren();
    if (inside.hidden && !own.shares) save(file, made);
    else share(file, made, list.querySelector(".said"), data.inside);
  }

  function ask(file, shares = false) {
    own.press = Date.now();
    own.shares = shares;
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

// What few people want, behind one word.
function fold(label, buttons) {
  const made = document.createElement("details");
  const more = Object.assign(document.createElement("div"), { className: "more" });
  more.append(...buttons);
  made.append(Object.assign(document.createElement("summary"), { textContent: label }), more);
  return made;
}

function canShare({ name }) {
  return Boolean(navigator.canShare?.({ files: [new File([""], name, { type: "application/pdf" })] }));
}

// The system's own sheet opens at a press alone, and the first may be too long ago.
async function share(file, { type, content }, said, words) {
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
    const again = button({ label: words.again, hint: file.name }, () => navigator.share({ files }).catch(() => {}));
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
