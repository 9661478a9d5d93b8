// @ts-check
// A signature as the server has it: its own SVG, the name in it escaped there.
import { find } from "../shared/elements.js";
import { writeOnce } from "../shared/written.js";

/** @param {import("@streamlit/component-v2-lib").FrontendRendererArgs<{}, { svg: string }>} told */
export default function ({ data, parentElement }) {
  const holder = find(parentElement, ".shown");
  writeOnce(holder, data.svg, () => {
    holder.innerHTML = data.svg;
  });
}
