// @ts-check
// The summary, written by the server with every text escaped. A link in it (a source's number, "More") leads to what it names and
// unfolds it; the browser's Back, and a link there, lead back to where it was pressed. Each place has its name in the address:
// without one Streamlit would take Back for another page.
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

/**
 * Unfold what has this name, and go there.
 * @param {HTMLElement} holder
 * @param {string} name
 */
const show = (holder, name) => {
  const target = name && (holder.querySelector(`[id="${CSS.escape(name)}"]`) ?? document.getElementById(name)); // or beside it
  if (!(target instanceof HTMLElement)) return null;
  for (let at = target.closest("details"); at; at = at.parentElement?.closest("details") ?? null) at.open = true;
  const focused = target.matches("details") ? find(target, "summary") : target;
  if (!focused.matches("a, summary, [tabindex]")) focused.setAttribute("tabindex", "-1");
  focused.focus({ preventScroll: true });
  focused.scrollIntoView({ block: target.matches("section, details, h2") ? "start" : "center" });
  return target;
};
const back = document.createElement("a");
back.className = "back";
back.onclick = (event) => {
  event.preventDefault();
  history.back();
};
window.addEventListener("popstate", () => {
  if (printed?.isConnected && show(printed, location.hash.slice(1))) back.remove();
});

/** @param {import("@streamlit/component-v2-lib").FrontendRendererArgs<{}, { id: string, html: string, back: string }>} told */
export default function ({ data, parentElement }) {
  const holder = find(parentElement, ".result");
  printed = holder;
  back.textContent = data.back;
  writeOnce(holder, data.id, () => {
    const unfolded = [...holder.querySelectorAll("details[open]")].map((one) => one.id);
    holder.innerHTML = data.html;
    for (const id of unfolded) holder.querySelector(`details[id="${id}"]`)?.setAttribute("open", "");
  });
  /** @type {NodeListOf<HTMLAnchorElement>} */ (holder.querySelectorAll('a[href^="#"]')).forEach((link, number) => {
    link.id = `from-${number + 1}`;
    link.onclick = (event) => {
      event.preventDefault();
      const to = link.getAttribute("href") ?? "";
      const target = show(holder, to.slice(1));
      if (!target) return;
      back.href = `#${link.id}`;
      if (target.matches("li")) target.append(" ", back);
      else if (holder.contains(target)) target.firstElementChild?.after(back);
      history.replaceState(history.state, "", back.href);
      history.pushState(history.state, "", to);
    };
  });
}
