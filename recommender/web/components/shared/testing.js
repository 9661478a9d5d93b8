// @ts-check
// A page for the tests of scripts, and a component put into it as Streamlit does.
import { readFileSync } from "node:fs";
import { Window } from "happy-dom";

const page = new Window({ url: "https://clinic.example/?d=draft" });
for (const name of Object.getOwnPropertyNames(page)) {
  if (!(name in globalThis) || /^(navigator|Event|CustomEvent|EventTarget|Blob|File|URL|fetch|WebSocket|CloseEvent|MessageEvent|Request)$/.test(name)) {
    Object.defineProperty(globalThis, name, { value: /** @type {any} */ (page)[name], configurable: true, writable: true });
  }
}
Object.assign(globalThis, { window: page, document: page.document, location: page.location, history: page.history });
// what the page of the tests lacks and a browser has
globalThis.DOMPoint = /** @type {any} */ (class {
  constructor(x = 0, y = 0) {
    Object.assign(this, { x, y });
  }
});
// biome-ignore lint/complexity/useArrowFunction: it is called with new
globalThis.Option = /** @type {any} */ (function (/** @type {string} */ text, /** @type {string} */ value) {
  return Object.assign(document.createElement("option"), { textContent: text, value });
});
// a test ends though what it tests would do something later
const { setInterval: again, setTimeout: later } = globalThis;
globalThis.setInterval = /** @type {any} */ ((/** @type {() => void} */ what, /** @type {number} */ time) => again(what, time).unref());
globalThis.setTimeout = /** @type {any} */ ((/** @type {() => void} */ what, /** @type {number} */ time) => later(what, time).unref());

/**
 * What a component has told, in order.
 * @typedef {{ name: string, value: any }} Told
 */

/**
 * A component in the page: `show` it with data, as a rerun does.
 * @param {(args: any) => unknown} render
 * @param {string | URL} html its HTML, or the address of the file with it
 */
export function mounted(render, html) {
  const holder = document.createElement("div");
  holder.innerHTML = html instanceof URL ? readFileSync(html, "utf8") : html;
  document.body.append(holder);
  /** @type {Told[]} */
  const told = [];
  const tell = (/** @type {string} */ name, /** @type {any} */ value) => told.push({ name, value });
  /** @type {(what: string) => any} */
  const find = (what) => holder.querySelector(what);
  return {
    holder,
    told,
    find,
    /** @type {(what: string) => any[]} */
    all: (what) => [...holder.querySelectorAll(what)],
    /** @type {(what: string) => string} */
    text: (what) => find(what).textContent,
    /** @type {(data: object) => any} */
    show: (data) => render({ data, parentElement: holder, setTriggerValue: tell, setStateValue: tell, name: "", key: "" }),
  };
}

/**
 * Press a key on an element.
 * @param {any} element
 * @param {string} key
 * @param {object} [how]
 */
export function press(element, key, how = {}) {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...how });
  element.dispatchEvent(event);
  return event;
}

/**
 * Type into a field and leave it.
 * @param {any} field
 * @param {string} text
 */
export function type(field, text) {
  field.value = text;
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
}

/** @param {number} time */
export const after = (time) => new Promise((go) => later(go, time));
