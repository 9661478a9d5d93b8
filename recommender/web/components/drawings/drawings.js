// @ts-check
// A drawing made by the server: its own SVG, every text in it escaped there.
import { find, make } from "../shared/elements.js";
import { writeOnce } from "../shared/written.js";

/** @typedef {{ id: string, size: string, drawings: { svg: string, caption: string }[] }} Data */

/** @param {import("@streamlit/component-v2-lib").FrontendRendererArgs<{}, Data>} told */
export default function ({ data, parentElement }) {
  const holder = find(parentElement, ".drawings");
  holder.dataset.size = data.size;
  writeOnce(holder, data.id, () => {
    holder.replaceChildren(
      ...data.drawings.map((drawing) => {
        const figure = make("figure");
        figure.innerHTML = drawing.svg;
        if (drawing.caption) figure.append(make("figcaption", "", drawing.caption));
        return figure;
      })
    );
  });
}
