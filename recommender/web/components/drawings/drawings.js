// A drawing made by the server: its own SVG, every text in it escaped there.
export default function ({ data, parentElement }) {
  const holder = parentElement.querySelector(".drawings");
  holder.dataset.size = data.size;
  if (holder.dataset.shown === data.id) return;
  holder.dataset.shown = data.id;
  holder.replaceChildren(
    ...data.drawings.map((drawing) => {
      const figure = document.createElement("figure");
      figure.innerHTML = drawing.svg;
      if (drawing.caption) {
        const caption = document.createElement("figcaption");
        caption.textContent = drawing.caption;
        figure.append(caption);
      }
      return figure;
    })
  );
}
