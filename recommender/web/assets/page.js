// After each page change: move the focus to the new heading; tie hints and errors to their fields.
// Leave a page of the clinic by itself when nobody has touched it for a while.
let shown = null;
let leave = null;
let touched = Date.now();

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

export default function ({ data }) {
  leave = data.leave;
  document.documentElement.lang = data.language;
  const tie = () => {
    for (const [key, language] of Object.entries(data.languages)) {
      const button = document.querySelector(`.st-key-${CSS.escape(key)} button`);
      if (button) button.lang = language;
    }
    for (const field of data.fields) {
      const box = document.querySelector(`.st-key-${CSS.escape(field.key)}`);
      const target = box && (box.querySelector('[role="radiogroup"]') || box.querySelector("input"));
      if (!target) continue;
      if (field.described) target.setAttribute("aria-describedby", field.described);
      if (field.invalid) target.setAttribute("aria-invalid", "true");
      else target.removeAttribute("aria-invalid");
      if (field.numeric) target.setAttribute("inputmode", "numeric");
    }
  };
  tie();
  const later = [60, 300, 900].map((wait) => setTimeout(tie, wait));
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
  return () => later.forEach(clearTimeout);
}
