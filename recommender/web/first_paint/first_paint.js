// @ts-check
// What is pressed and typed before Streamlit's page is ready is repeated on that page as soon as it is.
(() => {
  const BEGIN = "begin-start";
  const SETTLED = 250; // milliseconds in which a page that has just come moves its focus
  const QUIET = 700; // milliseconds without a press after which the scripts run
  const HIDDEN = 300; // milliseconds after which a tab that nobody looks at, and that paints nothing, fetches them
  const PATIENCE = 10000; // milliseconds after which whatever is there instead is shown
  const LONG = 20000; // milliseconds after which it is said that this may not come to anything
  const opening = /** @type {HTMLElement} */ (document.getElementById("opening"));
  const root = /** @type {HTMLElement} */ (document.getElementById("root"));
  const [start, first] = /** @type {NodeListOf<HTMLElement>} */ (opening.querySelectorAll("section")); // the start, and the first question: the age or the country
  const field = first.querySelector("input");
  const choices = [.../** @type {NodeListOf<HTMLElement>} */ (first.querySelectorAll("[data-for]"))];
  const wait = /** @type {HTMLElement} */ (opening.querySelector(".wait"));
  let wanted = ""; // the key of the button that was pressed
  let goesOn = false; // whether Continue was pressed too
  let chosen = ""; // the key of the button of the country that was pressed
  let waited = 0; // since when a press waits for Streamlit's page
  let stood = 0; // since when Streamlit's page stands
  let pressed = 0; // when Streamlit's button was
  let came = 0; // when its question did
  root.inert = true;

  // The opening is painted first. Then everything is fetched; it runs, and holds the page up for a while, when a press has
  // been answered or nothing was pressed for a moment.
  const late = document.importNode(/** @type {HTMLTemplateElement} */ (document.getElementById("late")).content, true);
  const scripts = late.querySelectorAll("script");
  for (const script of scripts) script.remove();
  let runs = false;
  const run = () => {
    if (!runs) document.head.append(...scripts);
    runs = true;
  };
  const afterPaint = (/** @type {() => void} */ what) => requestAnimationFrame(() => requestAnimationFrame(what));
  afterPaint(() => document.head.append(late));
  setTimeout(() => document.head.append(late), HIDDEN);
  setTimeout(run, QUIET);

  /** @type {(what: string) => HTMLElement | null} */
  const theirs = (what) => document.querySelector(`[data-testid="stMain"] ${what}`);
  const button = (/** @type {string} */ key) => theirs(`.st-key-${CSS.escape(key)} button`);
  const show = (/** @type {HTMLElement} */ section) => {
    for (const one of [start, first]) one.hidden = one !== section;
    document.title = section.dataset.title ?? "";
    opening.scrollTop = 0;
    section.querySelector("h1")?.focus();
  };
  const tell = () => {
    waited = goesOn || chosen || (wanted && wanted !== BEGIN) ? waited || Date.now() : 0;
    const said = !waited ? "" : Date.now() - waited > LONG ? wait.dataset.late : wait.dataset.said;
    if (wait.textContent !== said) wait.textContent = said ?? "";
  };
  const leave = () => {
    clearInterval(looking);
    const left = { at: /** @type {HTMLElement | null} */ (document.activeElement), scrolled: opening.scrollTop };
    root.inert = false;
    opening.remove();
    return left;
  };
  const giveWay = () => {
    const { at, scrolled } = leave();
    const same = at?.dataset?.for && button(at.dataset.for);
    if (same) same.focus({ preventScroll: true });
    if (!wanted) theirs("h1")?.closest('[data-testid="stMain"]')?.scrollTo({ top: scrolled });
  };
  const handOver = (/** @type {HTMLElement} */ real) => {
    const { at } = leave();
    if (chosen) {
      button(chosen)?.click();
    } else if (field?.value) {
      real.focus();
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(real, field.value);
      real.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    if (chosen) return;
    if (goesOn) {
      real.blur(); // which tells the server
      button("continue-age")?.click();
    } else if (field && at === field) {
      real.focus();
    } else {
      const heading = theirs("h1");
      heading?.setAttribute("tabindex", "-1");
      heading?.focus({ preventScroll: true });
    }
  };
  const look = () => {
    if (waited) tell();
    const app = /** @type {HTMLElement | null} */ (document.querySelector(".stApp"));
    if (!theirs("h1") || app?.dataset.testScriptState !== "notRunning") return;
    const now = Date.now();
    stood ||= now;
    if (!wanted) {
      const at = /** @type {HTMLElement | null} */ (document.activeElement);
      const focused = at?.dataset.for; // its own button may still be drawn, and so may the end of the page
      if ((theirs(".st-key-footer button") && (!focused || button(focused))) || now - stood > PATIENCE) giveWay();
      return;
    }
    if (!pressed && button(wanted)) {
      pressed = now;
      button(wanted)?.click();
      if (wanted !== BEGIN) giveWay();
      return;
    }
    const real = field ? theirs(".st-key-person-age input") : button(choices[0].dataset.for ?? "");
    if (pressed && real) {
      came ||= now;
      if (now - came >= SETTLED) handOver(real);
    } else if (!button(wanted) && now - (pressed || stood) > PATIENCE) giveWay(); // another page than the start stands there
  };
  opening.addEventListener("click", ({ target }) => {
    const one = target instanceof Element ? target.closest("button") : null;
    if (!one) return;
    if ("on" in one.dataset) goesOn = true;
    else if (choices.includes(one)) chosen = one.dataset.for ?? "";
    else if (pressed) return; // Streamlit's own page is on its way
    else if ("back" in one.dataset) {
      wanted = chosen = "";
      goesOn = false;
      show(start);
    } else {
      wanted = one.dataset.for ?? "";
      if (wanted === BEGIN) show(first);
    }
    tell();
    afterPaint(run);
    look();
  });
  field?.addEventListener("keydown", (event) => {
    const on = first.querySelector("[data-on]");
    if (event instanceof KeyboardEvent && event.key === "Enter" && on instanceof HTMLElement) on.click();
  });
  const looking = setInterval(look, 50);
})();
