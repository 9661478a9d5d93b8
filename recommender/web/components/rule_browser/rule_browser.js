// @ts-check
// The rules and sources, written by the server with every text escaped. Searching happens here: nothing typed leaves the page.
import { find, say } from "../shared/elements.js";
import { writeOnce } from "../shared/written.js";

/** @param {import("@streamlit/component-v2-lib").FrontendRendererArgs<{}, { id: string, html: string }>} told */
export default function ({ data, parentElement }) {
  const holder = find(parentElement, ".how");
  writeOnce(holder, data.id, () => {
    holder.innerHTML = data.html;
    holder.onclick = (event) => {
      const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
      if (!link) return;
      event.preventDefault();
      lead(find(holder, `[id="${CSS.escape(link.getAttribute("href")?.slice(1) ?? "")}"]`));
    };
    search(holder);
  });
}

/**
 * Show what a link names, unfolded and even where a search has hidden it, and move the focus there.
 * @param {HTMLElement} target
 */
function lead(target) {
  for (let at = /** @type {HTMLElement | null} */ (target); at && !at.matches(".how"); at = at.parentElement) {
    at.hidden = false;
    if (at instanceof HTMLDetailsElement) at.open = true;
  }
  (/** @type {HTMLElement | null} */ (target.querySelector(":scope > summary")) ?? target).focus({ preventScroll: true });
  target.scrollIntoView({ block: "start" });
}

/** @param {HTMLElement} holder */
function search(holder) {
  const input = find(holder, "input");
  const part = find(holder, "select");
  const status = find(holder, '[role="status"]');
  const clear = find(holder, "button");
  const groups = [.../** @type {NodeListOf<HTMLDetailsElement>} */ (holder.querySelectorAll(".group"))];
  const entries = [.../** @type {NodeListOf<HTMLElement>} */ (holder.querySelectorAll(".entry"))].map((element) => {
    const shown = plain([...element.querySelectorAll("summary, dd")].map((said) => said.textContent).join(" "));
    const group = groups.find((one) => one.contains(element));
    return { element, part: group?.dataset.part ?? "", shown, text: shown + also(element) };
  });
  /** @type {HTMLDetailsElement[] | null} */
  let unfolded = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let telling;

  const narrow = () => {
    const words = plain(input.value).split(" ").filter(Boolean);
    const active = words.length > 0 || part.value !== "";
    if (active && unfolded === null) unfolded = groups.filter((group) => group.open);
    const found = { rules: 0, sources: 0 };
    /** @type {string[]} */
    const named = [];
    for (const entry of entries) {
      const matches = (!part.value || entry.part === part.value) && words.every((word) => entry.text.includes(word));
      entry.element.hidden = !matches;
      if (!matches) continue;
      if (!words.every((word) => entry.shown.includes(word))) named.push(find(entry.element, "b").textContent ?? "");
      if (entry.part !== "treatments") found[entry.part === "sources" ? "sources" : "rules"] += 1;
    }
    for (const box of /** @type {NodeListOf<HTMLElement>} */ (holder.querySelectorAll(".topic, .group, .kind"))) {
      box.hidden = !box.querySelector(".entry:not([hidden])");
    }
    for (const group of groups) group.open = active ? !group.hidden : (unfolded ?? []).includes(group);
    holder.classList.toggle("narrowed", active);
    if (!active) unfolded = null;
    clear.hidden = !active;
    clearTimeout(telling);
    telling = setTimeout(() => {
      const some = found.rules + found.sources;
      const { dataset } = status;
      const counted = () => say(dataset.found ?? "", { rules: found.rules, sources: found.sources });
      const said = named.length ? say(dataset.named ?? "", { names: named.join(", ") }) : some ? counted() : dataset.nothing;
      status.textContent = active ? (said ?? "") : "";
    }, 300);
  };
  input.oninput = part.onchange = narrow;
  clear.onclick = () => {
    input.value = part.value = "";
    narrow();
    input.focus();
  };
}

/**
 * The other names of a treatment. Some may not be shown to the public, so they stand nowhere on the page.
 * @param {HTMLElement} element
 */
function also(element) {
  const bytes = Uint8Array.from(atob(element.dataset.also ?? ""), (letter) => letter.charCodeAt(0));
  return ` ${plain(new TextDecoder().decode(bytes))}`;
}

/** @param {string} text */
function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").replace(/\s+/g, " ").trim().toLowerCase();
}
