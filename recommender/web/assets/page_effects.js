// After each page change: move the focus to the new heading; link hints and errors to their fields, name groups, mark the current page.
// The button of a language goes when it is pressed, and so does the one that makes a code: the focus goes to the heading, and to the code.
// Run the idle timeout, with a warning before. Forget what was deleted, in every tab.
let shown = null;
let leave = null;
let touched = Date.now();
let told = Date.now(); // when the server last heard of this page
let tell = () => {};
let draft = null; // of the address
let asking = null;
let going = false;
let wanted = [];
const codes = new Set(); // every code that was shown
let languages = {};
let frame = null;

const others = "BroadcastChannel" in window ? new BroadcastChannel("recommender-ended") : null;
if (others) {
  others.onmessage = ({ data }) => {
    if (draft && data.draft === draft) window.location.replace(data.to);
  };
}
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload(); // what the browser kept of a page is not shown again
});

const go = () => {
  if (going) return;
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
  if (asking?.open) return;
  asking?.remove();
  asking = document.createElement("dialog");
  asking.className = "still-there";
  asking.setAttribute("role", "alertdialog");
  asking.setAttribute("aria-labelledby", "still-there-title");
  asking.setAttribute("aria-describedby", "still-there-soon");
  const made = (tag, words, set) => Object.assign(document.createElement(tag), { textContent: words }, set);
  const ways = made("div", "", { className: "ways" });
  ways.append(
    made("button", leave.words.stay, { type: "button", className: "stay", onclick: stay }),
    made("button", leave.words.leave, { type: "button", onclick: go })
  );
  asking.append(
    made("h2", leave.words.title, { id: "still-there-title" }),
    made("p", leave.words.soon, { id: "still-there-soon" }),
    ways
  );
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
const forget = (to) => {
  for (const kept of ["sessionStorage", "localStorage"]) {
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
let pressed = null;
const CONTROL = 'button, a, input, select, textarea, label, summary, [role="radio"], [role="checkbox"], [role="option"]';
for (const event of ["wheel", "touchmove", "keydown", "scroll"]) {
  window.addEventListener(event, () => (pressed = null), { capture: true, passive: true });
}
window.addEventListener(
  "click",
  (event) => {
    if (!event.isTrusted || !event.detail || !document.querySelector(".st-key-menu")) return;
    const found = event.composedPath().find((one) => one instanceof Element && one.matches(CONTROL));
    const control = found?.labels?.[0] ?? found?.closest("label") ?? found;
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

const set = (target, name, value) => {
  if (!target) return; // it is not drawn yet, or not any more
  if (!value) target.removeAttribute(name);
  else if (target.getAttribute(name) !== value) target.setAttribute(name, value);
};
const tie = () => {
  for (const [key, language] of Object.entries(languages)) {
    const button = document.querySelector(`.st-key-${CSS.escape(key)} button`);
    if (button) button.lang = language;
  }
  frame = null;
  const bar = document.querySelector(".st-key-bar"); // what has the focus is not behind it, however much it says
  const scrolled = document.querySelector('[data-testid="stMain"]');
  if (scrolled) scrolled.style.scrollPaddingTop = bar ? `${bar.offsetHeight + 8}px` : "";
  const code = document.querySelector('.code[role="status"]');
  const letters = code?.querySelector(".characters")?.textContent;
  if (letters && !codes.has(letters)) { // the button that made it is gone
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
      if (said.numeric) set(target, "inputmode", "numeric");
    }
  }
};
new MutationObserver(() => { // what Streamlit draws late, or anew, is tied too
  frame ??= requestAnimationFrame(tie);
}).observe(document.body, { childList: true, subtree: true });

const remember = ({ name, token, path, lasts }) => {
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${token}; Path=${path}; Max-Age=${lasts}; SameSite=Lax${secure}`;
};

export default function ({ data: { effects: [data] }, setTriggerValue }) {
  if (data.remembers) remember(data.remembers);
  if (data.cleared) return forget(data.cleared);
  draft = new URLSearchParams(window.location.search).get("d") ?? draft;
  leave = data.leave;
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
    const heading = document.querySelector('[data-testid="stMain"] h1');
    const scroller = document.querySelector('[data-testid="stMain"]');
    if (heading) {
      heading.setAttribute("tabindex", "-1");
      heading.focus({ preventScroll: true });
    }
    if (scroller) scroller.scrollTo({ top: 0 });
  }
  shown = data.page;
}
