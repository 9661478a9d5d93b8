// @ts-check
import { find, make } from "./elements.js";

/**
 * Whether what a field holds is wrong, for whoever hears the page.
 * @param {Element} field
 * @param {boolean} isWrong
 */
export function markWrong(field, isWrong) {
  if (isWrong) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

/**
 * What is wrong, with a title where anything is.
 * @param {ParentNode} root
 * @param {string} title
 * @param {readonly string[]} problems
 */
export function tellProblems(root, title, problems) {
  find(root, ".title").textContent = problems.length ? title : "";
  find(root, "ul").replaceChildren(...problems.map((problem) => make("li", "", problem)));
}
