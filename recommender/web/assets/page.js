// After each page change: move the focus to the new heading; tie hints and errors to their fields, name groups, mark what is current.
// Leave a page of the clinic by itself when nobody has touched it for a while.
let shown = null;
let leave = null;
let touched = Date.now();
let wanted = [];
let frame = null;

const look = () => {
  if (leave && Date.now() - touched >= leave.after * 1000) window.location.replace(leave.to);
};
const touch = () => {
  look(); // somebody who wakes a tablet late is not the one who left it
  touched = Date.now();
};
for (const event of ["pointerdown", "keydown", "wheel", "touchmove"]) {
  window.addEventListener(event, touch, { capture: true, passive: true });
}
document.addEventListener("visibilitychange", look);
setInterval(look, 5000);

const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const animate = Element.prototype.animate;
Element.prototype.animate = function (frames, how) { // Streamlit's panels slide open, whatever is asked for
  return animate.call(this, frames, still.matches ? { ...(typeof how === "object" ? how : {}), duration: 1 } : how);
};

const set = (target, name, value) => {
  if (!value) target.removeAttribute(name);
  else if (target.getAttribute(name) !== value) target.setAttribute(name, value);
};
const tie = () => {
  frame = null;
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

export default function ({ data }) {
  leave = data.leave;
  const kept = new Set(data.fields.map((field) => field.key));
  const gone = wanted.filter(({ key, role, current }) => !role && current === undefined && !kept.has(key));
  wanted = [...data.fields, ...gone.map(({ key }) => ({ key }))]; // what is not wrong any more is not tied any more
  tie();
  wanted = data.fields;
  if (shown !== null && shown !== data.page && !data.error) {
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
