// The error summary: it takes the focus, and each of its links leads to the field; what is about no field is no link.
export default function ({ data, parentElement }) {
  const box = parentElement.querySelector(".summary");
  box.classList.toggle("asks", data.asks);
  const list = parentElement.querySelector("ul");
  parentElement.querySelector("h2").textContent = data.title;
  list.replaceChildren(
    ...data.errors.map((error) => {
      const item = document.createElement("li");
      if (!error.key) {
        item.textContent = error.text;
        return item;
      }
      const link = document.createElement("a");
      link.href = "#";
      link.textContent = error.text;
      link.onclick = (event) => {
        event.preventDefault();
        const box = document.querySelector(`.st-key-${CSS.escape(error.key)}`);
        box?.querySelector("input, textarea, button")?.focus();
      };
      item.append(link);
      return item;
    })
  );
  if (box.dataset.count !== String(data.count)) {
    box.dataset.count = String(data.count);
    box.focus();
  }
}
