// @ts-check
// A link to give away: shown, copied on request, and nowhere else.
import { copyFrom } from "../shared/copying.js";
import { find } from "../shared/elements.js";

/**
 * @typedef {{ qr: string, hint: string, link: string, copy: string, copied: string, notCopied: string }} Words
 * @typedef {{ address: string, qr: string, words: Words }} Data
 */

/** @param {import("@streamlit/component-v2-lib").FrontendRendererArgs<{}, Data>} told */
export default function ({ data, parentElement }) {
  const { words } = data;
  const qr = find(parentElement, ".qr");
  qr.hidden = !data.qr;
  qr.setAttribute("aria-label", words.qr);
  if (qr.dataset.of !== data.address) {
    qr.innerHTML = data.qr;
    qr.querySelector("svg")?.setAttribute("aria-hidden", "true");
    qr.dataset.of = data.address;
  }
  find(parentElement, "figcaption").textContent = words.hint;
  find(parentElement, "label span").textContent = words.link;
  const field = find(parentElement, "input");
  field.value = data.address;
  field.onfocus = () => field.select();
  const copy = find(parentElement, "button");
  copy.textContent = words.copy;
  copy.onclick = async () => {
    find(parentElement, ".done").textContent = (await copyFrom(field)) ? words.copied : words.notCopied;
  };
}
