// @ts-check
// After each page change: move the focus to the new heading; link hints and errors to their fields, name groups, mark the current page.
// The button of a language goes when it is pressed, and so does the one that makes a code: the focus goes to the heading, and to the code.
// Run the idle timeout, with a warning before. Forget what was deleted, in every tab.
import { button, make } from "../shared/elements.js";
import { line } from "./connection.js";

/**
 * @typedef {{
 *   key: string, role?: string, name?: string, current?: boolean, described?: string, invalid?: boolean, numeric?: boolean,
 * }} Field what a field, a group or a way to a page is to say
 * @typedef {{
 *   after: number, to: string, warning: number, at_once: boolean, returns: boolean,
 *   words: Record<"title" | "soon" | "stay" | "leave", string>,
 * }} Leave
 * @typedef {{ name: string, token: string, path: string, lasts: string }} Cookie by which the browser finds a draft again
 * @typedef {{
 *   page: string, fields: Field[], error: boolean, leave: Leave | null, cleared: string, remembers?: Cookie | null, held?: boolean, line: import("./connection.js").Words,
 *   language: string, languages: Record<string, string>,
 * }} Effects
 * @typedef {{ at: number, x: number, y: number, control: Element | null | undefined, name: string | null | undefined, top?: number }} Press
 */

/** @type {string | null} */
let shown = null;
/** @type {Leave | null} */
let leave = null;
let touched = Date.now();
let told = Date.now(); // when the server last heard of this page
let tell = () => {};
/** @type {string | null} */
let draft = null; // of the address
/** @type {HTMLDialogElement | null} */
let asking = null;
let going = false;
let held = false; // by a patient, who reads a consent form
/** @type {Field[]} */
let wanted = [];
/** @type {Set<string>} */
const codes = new Set(); // every code that was shown
/** @type {Record<string, string>} */
let languages = {};
/** @type {number | null} */
let frame = null;

const others = "BroadcastChannel" in window ? new BroadcastChannel("recommender-ended") : null;
if (others) {
  others.onmessage = ({ data }) => {
    if (data.held) {
      if (!held) window.location.reload(); // the server shows the form of the patient alone by now
    } else if (draft && data.draft === draft) window.location.replace(data.to);
  };
}
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload(); // what the browser kept of a page is not shown again
});

const go = () => {
  if (going || !leave) return;
  going = true;
  if (leave.returns) return window.location.assign(leave.to);
  if (others && draft) others.postMessage({ draft, to: leave.to });
  window.location.replace(leave.to);
};
const stay = () => {
  touched = told = Date.now();
  tell();
  asking?.close();
};
const ask = () => {
  if (!leave || asking?.open) return;
  asking?.remove();
  asking = document.createElement("dialog");
  asking.className = "still-there";
  asking.setAttribute("role", "alertdialog");
  asking.setAttribute("aria-labelledby", "still-there-title");
  asking.setAttribute("aria-describedby", "still-there-soon");
  const ways = make("div", "ways");
  const on = button("stay", leave.words.stay);
  on.onclick = stay;
  const off = button("", leave.words.leave);
  off.onclick = go;
  ways.append(on, off);
  const title = make("h2", "", leave.words.title);
  title.id = "still-there-title";
  const soon = make("p", "", leave.words.soon);
  soon.id = "still-there-soon";
  asking.append(title, soon, ways);
  asking.oncancel = stay; // Escape
  (document.querySelector(".stApp") ?? document.body).append(asking);
  asking.showModal();
};
const look = () => {
  if (!leave || going) return;
  const since = (Date.now() - touched) / 1000;
  if (since >= leave.after && (leave.at_once || asking?.open)) return go();
  if (since >= leave.after - leave.warning) {
    // a device that slept could not ask: it asks now, and waits as long as it would have
    if (since >= leave.after) touched = Date.now() - (leave.after - leave.warning) * 1000;
    ask();
  }
};
const touch = () => {
  look(); // somebody who wakes a tablet late is not the one who left it
  if (asking?.open) return;
  touched = Date.now();
  if (leave && touched - told >= leave.after * 500) {
    told = touched; // whoever reads or types for long is still there
    tell();
  }
};
const forget = (/** @type {string} */ to) => {
  for (const kept of /** @type {const} */ (["sessionStorage", "localStorage"])) {
    try {
      window[kept].clear();
    } catch {
      // a browser that keeps nothing has nothing to clear
    }
  }
  if (going) return;
  going = true;
  if (others && draft) others.postMessage({ draft, to });
  window.location.replace(to); // a new page: with this one its files and everything it held are gone
};
for (const event of ["pointerdown", "keydown", "wheel", "touchmove"]) {
  window.addEventListener(event, touch, { capture: true, passive: true });
}
document.addEventListener("visibilitychange", look);
setInterval(look, 5000);

// The second press of a double tap counts for the control that the first one was for, or for none: on the clinic's pages the
// first one may have moved another to where the finger is.
/** @type {Press | null} */
let pressed = null;
const CONTROL = 'button, a, input, select, textarea, label, summary, [role="radio"], [role="checkbox"], [role="option"]';
for (const event of ["wheel", "touchmove", "keydown", "scroll"]) {
  window.addEventListener(event, () => (pressed = null), { capture: true, passive: true });
}
window.addEventListener(
  "click",
  (event) => {
    if (!event.isTrusted || !event.detail || !document.querySelector(".st-key-menu")) return;
    const found = event.composedPath().filter((one) => one instanceof Element).find((one) => one.matches(CONTROL));
    const labels = found && "labels" in found ? /** @type {NodeListOf<HTMLLabelElement> | null} */ (found.labels) : null;
    const control = labels?.[0] ?? found?.closest("label") ?? found;
    // a button that was drawn anew meanwhile is known by its key
    const name = control?.getRootNode() === document && control.closest(".stButton") ? control.closest('[class*="st-key-"]')?.className : null;
    const top = document.querySelector('[data-testid="stMain"]')?.scrollTop; // a scroll is told a moment after it was done
    const now = { at: event.timeStamp, x: event.clientX, y: event.clientY, control, name, top };
    const before = pressed;
    pressed = now;
    if (!control || !before?.control || before.top !== top || now.at - before.at > 800 || Math.hypot(now.x - before.x, now.y - before.y) > 12) return;
    if (control === before.control || (name && name === before.name)) return;
    pressed = { ...now, control: before.control, name: before.name };
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true
);

const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const animate = Element.prototype.animate;
Element.prototype.animate = function (frames, how) { // Streamlit's panels slide open, whatever is asked for
  return animate.call(this, frames, still.matches ? { ...(typeof how === "object" ? how : {}), duration: 1 } : how);
};

const set = (/** @type {Element | null} */ target, /** @type {string} */ name, /** @type {string | undefined} */ value) => {
  if (!target) return; // it is not drawn yet, or not any more
  if (!value) target.removeAttribute(name);
  else if (target.getAttribute(name) !== value) target.setAttribute(name, value);
};
/** @type {(event: KeyboardEvent) => void} */
const goOn = (event) => { // Enter in a field for a number goes on, once the server has been told what was typed
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  if (event.target instanceof HTMLElement) event.target.blur();
  const button = document.querySelector('[class*="st-key-continue-"] button');
  if (button instanceof HTMLElement) button.click();
};
const tie = () => {
  for (const [key, language] of Object.entries(languages)) {
    set(document.querySelector(`.st-key-${CSS.escape(key)} button`), "lang", language);
  }
  frame = null;
  const bar = /** @type {HTMLElement | null} */ (document.querySelector(".st-key-bar")); // what has the focus is not behind it, however much it says
  const scrolled = /** @type {HTMLElement | null} */ (document.querySelector('[data-testid="stMain"]'));
  if (scrolled) scrolled.style.scrollPaddingTop = bar ? `${bar.offsetHeight + 8}px` : "";
  const code = /** @type {HTMLElement | null} */ (document.querySelector('.code[role="status"]'));
  const letters = code?.querySelector(".characters")?.textContent;
  if (code && letters && !codes.has(letters)) { // the button that made it is gone
    codes.add(letters);
    set(code, "tabindex", "-1");
    code.focus();
  }
  for (const { key, ...said } of wanted) {
    const box = document.querySelector(`.st-key-${CSS.escape(key)}`);
    if (!box) continue;
    if (said.role) {
      set(box, "role", said.role);
      set(box, "aria-label", said.name);
    } else if ("current" in said) {
      set(box.querySelector("button"), "aria-current", said.current ? "page" : "");
    } else {
      const target = box.querySelector('[role="radiogroup"]') || box.querySelector("input, textarea");
      if (!target) continue;
      set(target, "aria-describedby", said.described);
      set(target, "aria-invalid", said.invalid ? "true" : "");
      if (said.numeric) {
        set(target, "inputmode", "numeric");
        if (target instanceof HTMLElement) target.onkeydown = goOn;
      }
    }
  }
};
new MutationObserver(() => { // what Streamlit draws late, or anew, is tied too
  if (frame === null) frame = requestAnimationFrame(tie);
}).observe(document.body, { childList: true, subtree: true });

/** @type {(told: Cookie) => void} */
const remember = ({ name, token, path, lasts }) => {
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store
  document.cookie = `${name}=${token}; Path=${path}; Max-Age=${lasts}; SameSite=Lax${secure}`;
};

/** @param {import("@streamlit/component-v2-lib").FrontendRendererArgs<{ stayed: number, returned: { version: number | null, at: number } }, { effects: [Effects] }>} told */
export default function ({ data: { effects: [data] }, setTriggerValue }) {
  if (data.remembers) remember(data.remembers);
  if (data.cleared) return forget(data.cleared);
  draft = new URLSearchParams(window.location.search).get("d") ?? draft;
  leave = data.leave;
  if (data.held && !held && others) others.postMessage({ held: true });
  held = Boolean(data.held);
  const turned = document.documentElement.lang !== data.language; // the button of the language now spoken is gone
  document.documentElement.lang = data.language;
  told = Date.now();
  tell = () => setTriggerValue("stayed", Date.now());
  line(data.line, (version) => setTriggerValue("returned", { version, at: Date.now() }));
  if (!leave) asking?.close();
  languages = data.languages;
  const kept = new Set(data.fields.map((field) => field.key));
  const gone = wanted.filter(({ key, role, current }) => !role && current === undefined && !kept.has(key));
  wanted = [...data.fields, ...gone.map(({ key }) => ({ key }))]; // what is not wrong any more is not tied any more
  tie();
  wanted = data.fields;
  if (shown !== null && (turned || (shown !== data.page && !data.error))) {
    const heading = /** @type {HTMLElement | null} */ (document.querySelector('[data-testid="stMain"] h1'));
    const scroller = document.querySelector('[data-testid="stMain"]');
    if (heading) {
      heading.setAttribute("tabindex", "-1");
      heading.focus({ preventScroll: true });
    }
    if (scroller) scroller.scrollTo({ top: 0 });
  }
  shown = data.page;
}
