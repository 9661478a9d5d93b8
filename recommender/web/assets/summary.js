// The summary, written by the server with every text escaped; a source's number leads to the source.
export default function ({ data, parentElement }) {
  const holder = parentElement.querySelector(".result");
  if (holder.dataset.shown !== data.id) {
    holder.dataset.shown = data.id;
    const unfolded = [...holder.querySelectorAll("details[open]")].map((one) => one.id);
    holder.innerHTML = data.html;
    for (const id of unfolded) holder.querySelector(`details[id="${id}"]`)?.setAttribute("open", "");
  }
  for (const link of holder.querySelectorAll('a[href^="#"]')) {
    link.onclick = (event) => {
      event.preventDefault();
      const target = holder.querySelector(`[id="${link.getAttribute("href").slice(1)}"]`);
      if (!target) return;
      for (let at = target.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
      target.focus();
      target.scrollIntoView({ block: "center" });
    };
  }
}
