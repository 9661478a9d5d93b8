// @ts-check
// Files made in the browser: of what the page holds, or of what is sent once its button is pressed. Nothing stays on the server.
// The browsers inside other apps drop files without a word: there a file is shared, and it is said how to come to a browser.
import { copyFrom } from "../shared/copying.js";
import { button, find, make } from "../shared/elements.js";

/**
 * @typedef {{ type: string, content: string }} Made the media type and the content, in base64
 * @typedef {{ label: string, hint: string, main?: boolean }} Labelled
 * @typedef {Labelled & Partial<Made> & { name: string, format?: string }} Listed
 * @typedef {Record<"lead" | "address" | "copy" | "copied" | "notCopied" | "share" | "tried", string>} Words
 * @typedef {{ files: Listed[], made: (Made & { format: string, press: number }) | null, print?: Labelled | null, inside: Words }} Data
 * @typedef {{ wanted: { format: string, press: number } }} Told
 * @typedef {{ files: string, press: number, ask: (name: "wanted", value: Told["wanted"]) => void }} Own
 */

const INSIDE = /\bFB(AN|AV|_IAB)\b|Instagram|\bLine\/|MicroMessenger|WhatsApp|Telegram|Snapchat|Twitter|LinkedInApp|Pinterest|TikTok|musical_ly|Bytedance|KAKAOTALK|\bGSA\/|; wv\)/i;
const isInside = () => INSIDE.test(navigator.userAgent) || (/iPhone|iPad|iPod/.test(navigator.userAgent) && !/Safari\//.test(navigator.userAgent));
/** @type {WeakMap<HTMLElement | ShadowRoot, Own>} */
const lists = new WeakMap(); // a list of buttons → its files, how it asks for one, and the press that waits for its file

/** @param {import("@streamlit/component-v2-lib").FrontendRendererArgs<Told, Data>} told */
export default function ({ data, parentElement, setTriggerValue }) {
  const list = find(parentElement, ".files");
  const own = lists.get(parentElement) || { files: "", press: 0, ask: setTriggerValue };
  lists.set(parentElement, own);
  own.ask = setTriggerValue;
  const inside = find(parentElement, ".inside");
  if (isInside() && inside.hidden) wayOut(inside, data.inside);
  const files = JSON.stringify(data.files);
  if (own.files !== files) {
    own.files = files; // the buttons stay as they are while their files do: who pressed one keeps their place
    list.replaceChildren(...data.files.map((file) => labelled(file, () => (isMade(file) ? give(file, file) : ask(file)))));
    if (data.print) list.append(labelled(data.print, () => window.print()));
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
    if (inside.hidden) save(file, made);
    else share(file, made, inside, data.inside);
  }

  /** @type {(file: Listed) => void} */
  function ask(file) {
    own.press = Date.now();
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
 * The address of the page to take to a browser, and a line for what became of a press.
 * @type {(inside: HTMLElement, words: Words) => void}
 */
function wayOut(inside, words) {
  inside.hidden = false;
  const address = make("input");
  Object.assign(address, { type: "text", readOnly: true, value: window.location.href, onfocus: () => address.select() });
  const label = make("label", "", words.address);
  label.append(address);
  const said = make("p", "said");
  said.setAttribute("role", "status");
  const copy = button("", words.copy);
  copy.onclick = async () => {
    address.value = window.location.href;
    said.textContent = (await copyFrom(address)) ? words.copied : words.notCopied;
  };
  inside.append(make("p", "", words.lead), label, copy, said);
}

/**
 * What can take a file in such a browser is the system's own sheet; it opens at a press alone, and the first may be too long ago.
 * @type {(file: Listed, made: Made, inside: HTMLElement, words: Words) => Promise<void>}
 */
async function share(file, { type, content }, inside, words) {
  const said = find(inside, ".said");
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
    const again = labelled({ label: words.share, hint: file.name }, () => navigator.share({ files }).catch(() => {}));
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
