// @ts-check
// The summary, written by the server with every text escaped; a source's number leads to the source.
// What is folded is unfolded for paper, and folded again afterwards.
import { find } from "../shared/elements.js";
import { writeOnce } from "../shared/written.js";

/** @type {HTMLDetailsElement[]} */
let unfoldedForPaper = [];
/** @type {HTMLElement | null} */
let printed = null;
window.addEventListener("beforeprint", () => {
  unfoldedForPaper = printed?.isConnected ? [.../** @type {NodeListOf<HTMLDetailsElement>} */ (printed.querySelectorAll("details:not([open])"))] : [];
  for (const one of unfoldedForPaper) one.open = true;
});
window.addEventListener("afterprint", () => {
  for (const one of unfoldedForPaper) one.open = false;
  unfoldedForPaper = [];
});

/** @param {import("@streamlit/component-v2-lib").FrontendRendererArgs<{}, { id: string, html: string }>} told */
export default function ({ data, parentElement }) {
  const holder = find(parentElement, ".result");
  printed = holder;
  writeOnce(holder, data.id, () => {
    const unfolded = [...holder.querySelectorAll("details[open]")].map((one) => one.id);
    holder.innerHTML = data.html;
    for (const id of unfolded) holder.querySelector(`details[id="${id}"]`)?.setAttribute("open", "");
  });
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (holder.querySelectorAll('a[href^="#"]'))) {
    link.onclick = (event) => {
      event.preventDefault();
      const target = holder.querySelector(`[id="${link.getAttribute("href")?.slice(1)}"]`);
      if (!(target instanceof HTMLElement)) return;
      for (let at = target.closest("details"); at; at = at.parentElement?.closest("details") ?? null) at.open = true;
      target.focus();
      target.scrollIntoView({ block: "center" });
    };
  }
}
