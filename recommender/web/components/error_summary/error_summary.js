// @ts-check
// The error summary: it takes the focus, and each of its links leads to the field; what is about no field is no link.
import { find, make } from "../shared/elements.js";

/** @typedef {{ title: string, asks: boolean, count: number, errors: { key: string, text: string }[] }} Data */

/** @param {import("@streamlit/component-v2-lib").FrontendRendererArgs<{}, Data>} told */
export default function ({ data, parentElement }) {
  const box = find(parentElement, ".summary");
  box.classList.toggle("asks", data.asks);
  find(box, "h2").textContent = data.title;
  find(box, "ul").replaceChildren(
    ...data.errors.map(({ key, text }) => {
      if (!key) return make("li", "", text);
      const item = make("li");
      const link = make("a", "", text);
      link.href = "#";
      link.onclick = (event) => {
        event.preventDefault();
        const field = document.querySelector(`.st-key-${CSS.escape(key)}`)?.querySelector("input, textarea, button");
        if (field instanceof HTMLElement) field.focus();
      };
      item.append(link);
      return item;
    })
  );
  const count = String(data.count);
  if (box.dataset.count === count) return;
  box.dataset.count = count;
  box.focus();
}
