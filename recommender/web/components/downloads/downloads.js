// @ts-check
// Files made in the browser: of what the page holds, or of what is sent once its button is pressed. Nothing stays on the server.
// The first file can also go to the system's own sheet for sharing, where there is one. The browsers inside other apps drop files
// without a word: there every file goes to that sheet.
import { button, find, make } from "../shared/elements.js";

/**
 * @typedef {{ type: string, content: string }} Made the media type and the content, in base64
 * @typedef {{ label: string, hint: string, main?: boolean }} Labelled
 * @typedef {Labelled & Partial<Made> & { name: string, format?: string }} Listed
 * @typedef {Record<"lead" | "share" | "shareHint" | "again" | "others" | "tried", string>} Words
 * @typedef {{ files: Listed[], made: (Made & { format: string, press: number }) | null, print?: Labelled | null, inside: Words }} Data
 * @typedef {{ wanted: { format: string, press: number } }} Told
 * @typedef {{ files: string, press: number, shares: boolean, ask: (name: "wanted", value: Told["wanted"]) => void }} Own
 */

const INSIDE = /\bFB(AN|AV|_IAB)\b|Instagram|\bLine\/|MicroMessenger|WhatsApp|Telegram|Snapchat|Twitter|LinkedInApp|Pinterest|TikTok|musical_ly|Bytedance|KAKAOTALK|\bGSA\/|; wv\)/i;
const isInside = () => INSIDE.test(navigator.userAgent) || (/iPhone|iPad|iPod/.test(navigator.userAgent) && !/Safari\//.test(navigator.userAgent));
/** @type {WeakMap<HTMLElement | ShadowRoot, Own>} */
const lists = new WeakMap(); // a list of buttons → its files, how it asks for one, and the press that waits for its file

/** @param {import("@streamlit/component-v2-lib").FrontendRendererArgs<Told, Data>} told */
export default function ({ data, parentElement, setTriggerValue }) {
  const list = find(parentElement, ".files");
  const own = lists.get(parentElement) || { files: "", press: 0, shares: false, ask: setTriggerValue };
  lists.set(parentElement, own);
  own.ask = setTriggerValue;
  const inside = find(parentElement, ".inside");
  if (isInside() && inside.hidden) {
    inside.hidden = false;
    inside.textContent = data.inside.lead;
  }
  const files = JSON.stringify(data.files);
  if (own.files !== files) {
    own.files = files; // the buttons stay as they are while their files do: who pressed one keeps their place
    const ones = (/** @type {Listed[]} */ some) => some.map((file) => labelled(file, () => (isMade(file) ? give(file, file) : ask(file))));
    const [main] = data.files.filter((file) => file.main);
    list.replaceChildren(...ones(main ? [main] : data.files));
    if (main && canShare(main)) list.append(labelled({ label: data.inside.share, hint: data.inside.shareHint }, () => ask(main, true)));
    if (data.print) list.append(labelled(data.print, () => window.print()));
    if (main && data.files.length > 1) list.append(fold(data.inside.others, ones(data.files.filter((file) => !file.main))));
    const said = make("p", "said");
    said.setAttribute("role", "status");
    list.append(said);
  }
  const { made } = data;
  const asked = data.files.find((file) => file.format === made?.format);
  if (made && asked && made.press === own.press) {
    own.press = 0;
    give(asked, made);
  }
  list.setAttribute("aria-busy", own.press ? "true" : "false");

  /** @type {(file: Listed, made: Made) => void} */
  function give(file, made) {
    const said = find(list, ".said");
    said.replaceChildren();
    if (inside.hidden && !own.shares) save(file, made);
    else share(file, made, said, data.inside);
  }

  /** @type {(file: Listed, shares?: boolean) => void} */
  function ask(file, shares = false) {
    own.press = Date.now();
    own.shares = shares;
    list.setAttribute("aria-busy", "true");
    own.ask("wanted", { format: file.format ?? "", press: own.press });
  }
}

/** @type {(file: Listed) => file is Listed & Made} */
function isMade(file) {
  return file.content !== undefined;
}

/** @type {(file: Labelled, press: () => void) => HTMLButtonElement} */
function labelled(file, press) {
  const made = button(file.main ? "main" : "", "");
  made.append(make("span", "", file.label), " ", make("small", "", file.hint));
  made.onclick = press;
  return made;
}

/** @type {(content: string) => Uint8Array<ArrayBuffer>} */
function bytesOf(content) {
  return Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
}

/**
 * What few people want, behind one word.
 * @type {(label: string, buttons: HTMLElement[]) => HTMLElement}
 */
function fold(label, buttons) {
  const made = make("details");
  const more = make("div", "more");
  more.append(...buttons);
  made.append(make("summary", "", label), more);
  return made;
}

/** @type {(file: Listed) => boolean} */
function canShare({ name }) {
  return Boolean(navigator.canShare?.({ files: [new File([""], name, { type: "application/pdf" })] }));
}

/**
 * The system's own sheet opens at a press alone, and the first may be too long ago.
 * @type {(file: Listed, made: Made, said: HTMLElement, words: Words) => Promise<void>}
 */
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
    if (error instanceof DOMException && error.name === "AbortError") return; // not wanted after all
    const again = labelled({ label: words.again, hint: file.name }, () => navigator.share({ files }).catch(() => {}));
    said.replaceChildren(again);
    again.focus();
  }
}

/** @type {(file: Listed, made: Made) => void} */
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
