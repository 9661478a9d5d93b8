// @ts-check
// A table written by the server with every text escaped. A row's link opens its record without loading the page again; with a
// key held down, or where nothing answers, it is a link as any other.
import { find } from "../shared/elements.js";
import { writeOnce } from "../shared/written.js";

/** @typedef {{ id: string, html: string, part: string }} Data */

/** @param {import("@streamlit/component-v2-lib").FrontendRendererArgs<{ open: string }, Data>} told */
export default function ({ data, parentElement, setTriggerValue }) {
  const holder = find(parentElement, ".listing");
  writeOnce(holder, data.id, () => {
    holder.innerHTML = data.html;
    const caption = holder.querySelector("caption");
    if (caption && holder.dataset.part !== undefined && holder.dataset.part !== data.part) {
      caption.tabIndex = -1;
      caption.focus({ preventScroll: true });
      caption.scrollIntoView({ block: "start" });
    }
    holder.dataset.part = data.part;
  });
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (holder.querySelectorAll("a[data-open]"))) {
    link.onclick = (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      setTriggerValue("open", link.dataset.open ?? "");
    };
  }
}
