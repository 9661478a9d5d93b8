// A signature as the server has it: its own SVG, the name in it escaped there.
export default function ({ data, parentElement }) {
  const holder = parentElement.querySelector(".shown");
  if (holder.dataset.shown === data.svg) return;
  holder.dataset.shown = data.svg;
  holder.innerHTML = data.svg;
}
