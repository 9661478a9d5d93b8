// @ts-check
// Elements found and made. Like all that the scripts of components share it is put in front of them by the server (assets.py).

/**
 * What is there for sure: it stands in the component's own HTML.
 * @type {{
 *   <K extends keyof HTMLElementTagNameMap>(root: ParentNode, what: K): HTMLElementTagNameMap[K],
 *   (root: ParentNode, what: string): HTMLElement,
 * }}
 */
export const find = (/** @type {ParentNode} */ root, /** @type {string} */ what) => {
  const found = root.querySelector(what);
  if (!found) throw new Error(`nothing is ${what}`);
  return /** @type {any} */ (found);
};

/**
 * An element with its class and its text.
 * @type {{
 *   <K extends keyof HTMLElementTagNameMap>(name: K, className?: string, said?: string): HTMLElementTagNameMap[K],
 * }}
 */
export const make = (/** @type {string} */ name, className = "", said = "") => {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (said) element.textContent = said;
  return /** @type {any} */ (element);
};

/**
 * A text with its values.
 * @param {string} text
 * @param {Record<string, string | number>} [values]
 */
export function say(text, values = {}) {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/**
 * A button that submits nothing.
 * @param {string} className
 * @param {string} said
 */
export function button(className, said) {
  const element = make("button", className, said);
  element.type = "button";
  return element;
}
