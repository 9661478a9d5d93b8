// @ts-check
// The connection to the server. While it is lost the page says so, and its fields stay open. When it is back, what they hold is
// sent before anything that is pressed; what was typed and has no field any more is said to be lost.

/**
 * @typedef {{ down: string, lost: string, read: string, version: number | null }} Words what is said, and the version of the record
 * @typedef {HTMLInputElement | HTMLTextAreaElement} Field
 */

export const line = (() => {
  const FIELD = '[data-testid="stMain"] :is(input[type="text"], input[type="password"], textarea)';
  const SENT = ".stButton, .stPopover, .files, .answers, .came, .opener, [data-open]"; // presses that only the server can act on
  const ASKED = /\/_stcore\/(health|host-config)$/; // what Streamlit asks until the server answers
  const ANSWER = 6000; // milliseconds after which a server that said nothing is asked whether it is there
  const GIVEN_UP = 5000; // milliseconds for one question
  const AT_ONCE = 500; // milliseconds that a line may be down before it is said
  const QUIET = 250; // milliseconds without a run after which a page is whole
  const LONGEST = 15000; // milliseconds that presses wait for it
  const NUMBERS = /(-\d+){1,2}-[0-9a-f]{8}$/; // the end of the key of a field of a record: how often it was shown anew

  const app = /** @type {HTMLElement} */ (document.querySelector(".stApp"));
  const bar = document.createElement("div");
  bar.className = "line";
  bar.setAttribute("role", "status");
  bar.hidden = true;
  document.body.append(bar);
  /** @type {Set<Field>} */
  const typed = new Set(); // fields with what the server may not have yet
  /** @type {Set<Element>} */
  const opened = new Set(); // what Streamlit had shut and the page keeps open
  const asked = window.fetch;
  const send = WebSocket.prototype.send;
  /** @type {Words} */
  let words = { down: "", lost: "", read: "", version: null };
  /** @type {(version: number | null) => void} */
  let tell = () => {};
  /** @type {WebSocket | null} */
  let socket = null;
  let told = 0;
  let heard = 0;
  let up = true;
  let returning = false;
  /** @type {HTMLElement | null} */
  let pressed = null;
  /** @type {string[]} */
  let lost = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let late;
  /** @type {HTMLInputElement | null} */
  let left = null; // what had the focus when Streamlit shut it

  const isUp = () => app.dataset.testConnectionState === "CONNECTED";
  const runs = () => app.dataset.testScriptState !== "notRunning";
  const pause = (/** @type {number} */ time) => new Promise((go) => setTimeout(go, time));
  const fields = () => [.../** @type {NodeListOf<Field>} */ (document.querySelectorAll(FIELD))].filter((field) => !field.readOnly);
  const key = (/** @type {Element} */ field) => /st-key-([^\s]+)/.exec(field.closest('[class*="st-key-"]')?.className ?? "")?.[1] ?? "";

  const show = () => {
    const down = !up && !late;
    const said = [...(down ? [words.down] : []), ...(lost.length ? [words.lost, ...lost] : [])];
    bar.hidden = !said.length;
    requestAnimationFrame(() => { // what is written into what is there already is read aloud
      bar.replaceChildren(...said.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
      if (lost.length) bar.append(Object.assign(document.createElement("button"), { type: "button", textContent: words.read, onclick: read }));
      app.style.bottom = said.length ? `${bar.offsetHeight}px` : ""; // it stands below the page, on nothing
    });
  };
  const read = () => {
    lost = [];
    show();
  };

  // Streamlit asks six times, then lays a dialog over the page: it is answered when there is an answer.
  window.fetch = async (what, how) => {
    if (!ASKED.test(new URL(what instanceof Request ? what.url : what, document.baseURI).pathname)) return asked.call(window, what, how);
    for (let wait = AT_ONCE; ; wait = Math.min(wait * 1.5, 3000)) {
      try {
        const answer = await asked.call(window, what, { ...how, signal: AbortSignal.timeout(GIVEN_UP) });
        if (answer.ok) return answer;
      } catch {
        // not yet
      }
      await pause(wait);
    }
  };

  // A line that is cut without a word is found out by what stays without an answer.
  const look = async () => {
    if (!socket || !isUp() || heard >= told) return;
    try {
      await asked.call(window, new URL("_stcore/health", document.baseURI), { cache: "no-store", signal: AbortSignal.timeout(GIVEN_UP) });
    } catch {
      if (!isUp() || heard >= told) return;
      socket.dispatchEvent(new CloseEvent("close", { code: 4000 })); // its own comes when the browser gives up, in minutes
      socket.close();
    }
  };
  WebSocket.prototype.send = function (data) {
    if (socket !== this) {
      socket = this;
      this.addEventListener("message", () => {
        heard = Date.now();
      });
    }
    told = Date.now();
    setTimeout(look, ANSWER);
    return send.call(this, data);
  };
  for (const event of ["online", "offline"]) {
    window.addEventListener(event, () => {
      told = Math.max(told, heard + 1);
      look();
    });
  }

  const fill = (/** @type {Field} */ field, /** @type {string} */ text) => {
    const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value")?.set?.call(field, text);
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  };
  const commit = (/** @type {Field} */ field) => field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  const whole = async () => {
    const until = Date.now() + LONGEST;
    for (let since = Date.now(); Date.now() - since < QUIET && Date.now() < until && isUp(); await pause(20)) {
      if (runs() || heard < told) since = Date.now();
    }
  };
  const back = async () => {
    returning = true;
    const before = [...typed].map((field) => {
      const name = field.getAttribute("aria-label") || field.labels?.[0]?.textContent || "";
      return { key: key(field), name, text: field.value, secret: field.type === "password", focused: field === document.activeElement };
    });
    const { version } = words; // of what the page showed when the line broke
    fields().forEach(commit);
    tell(version);
    await whole();
    for (const one of before.filter(({ text }) => text)) {
      const now = fields().find((field) => key(field) === one.key);
      const anew = now ?? fields().find((field) => one.key && key(field).replace(NUMBERS, "") === one.key.replace(NUMBERS, ""));
      if (anew && anew.value !== one.text && (!now || !one.focused)) {
        if (one.focused) anew.focus();
        fill(anew, one.text);
        commit(anew);
        await whole();
      } else if (!anew) {
        lost.push(one.secret ? one.name : `${one.name}: ${one.text}`);
      }
    }
    returning = false;
    show();
    const press = pressed;
    pressed = null;
    if (press?.isConnected) press.click();
  };

  document.addEventListener("input", ({ target }) => {
    if (target instanceof Element && target.matches(FIELD)) typed.add(/** @type {Field} */ (target));
  }, true);
  document.addEventListener("click", (event) => {
    if (isUp() && !returning) return;
    const path = event.composedPath().filter((one) => one instanceof HTMLElement);
    const button = path.find((one) => one.matches("button, a[data-open]"));
    if (!button || !path.some((one) => one.matches(SENT))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed = isUp() ? button : null; // what is pressed while the line is down is not done behind somebody's back later
  }, true);

  document.addEventListener("focusout", ({ target }) => {
    const shut = /** @type {HTMLInputElement} */ (target);
    if (shut.disabled) left = shut; // not by anybody's hand
  }, true);
  new MutationObserver((changes) => {
    for (const { target, oldValue } of changes) {
      if (!(target instanceof HTMLElement) || !("disabled" in target)) continue;
      if (isUp() || oldValue !== null || !target.disabled) continue;
      target.disabled = false;
      if (!target.matches(FIELD)) target.setAttribute("aria-disabled", "true");
      opened.add(target);
    }
    if (left && !left.disabled && document.activeElement === document.body) left.focus({ preventScroll: true });
    left = null;
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["disabled"], attributeOldValue: true });
  new MutationObserver(() => {
    const now = isUp();
    if (now === up) {
      if (!now || runs() || returning) return;
      for (const field of typed) if (field !== document.activeElement) typed.delete(field);
      return;
    }
    up = now;
    clearTimeout(late);
    late = up ? undefined : setTimeout(() => {
      late = undefined;
      show();
    }, AT_ONCE);
    if (!up) return;
    for (const one of opened) one.removeAttribute("aria-disabled");
    opened.clear();
    show();
    back();
  }).observe(app, { attributes: true, attributeFilter: ["data-test-connection-state", "data-test-script-state"] });

  return (/** @type {Words} */ said, /** @type {(version: number | null) => void} */ teller) => {
    [words, tell] = [said, teller];
  };
})();
