// The summary, written by the server with every text escaped; a source's number leads to the source.
// What is folded is unfolded for paper, and folded again afterwards.
let unfoldedForPaper = [];
let printed = null;
window.addEventListener("beforeprint", () => {
  unfoldedForPaper = printed?.isConnected ? [...printed.querySelectorAll("details:not([open])")] : [];
  for (const one of unfoldedForPaper) one.open = true;
});
window.addEventListener("afterprint", () => {
  for (const one of unfoldedForPaper) one.open = false;
  unfoldedForPaper = [];
});

export default function ({ data, parentElement }) {
  const holder = parentElement.querySelector(".result");
  printed = holder;
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
