// The rules and sources, written by the server with every text escaped. Searching happens here: nothing typed leaves the page.
export default function ({ data, parentElement }) {
  const holder = parentElement.querySelector(".how");
  if (holder.dataset.shown === data.id) return;
  holder.dataset.shown = data.id;
  holder.innerHTML = data.html;
  holder.onclick = (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    lead(holder.querySelector(`[id="${CSS.escape(link.getAttribute("href").slice(1))}"]`));
  };
  search(holder);
}

// Show what a link names, unfolded and even where a search has hidden it, and move the focus there.
function lead(target) {
  for (let at = target; at && !at.matches(".how"); at = at.parentElement) {
    at.hidden = false;
    if (at.matches("details")) at.open = true;
  }
  (target.querySelector(":scope > summary") ?? target).focus({ preventScroll: true });
  target.scrollIntoView({ block: "start" });
}

function search(holder) {
  const input = holder.querySelector("input");
  const part = holder.querySelector("select");
  const status = holder.querySelector('[role="status"]');
  const clear = holder.querySelector("button");
  const groups = [...holder.querySelectorAll(".group")];
  const entries = [...holder.querySelectorAll(".entry")].map((element) => {
    const shown = plain([...element.querySelectorAll("summary, dd")].map((said) => said.textContent).join(" "));
    return { element, part: element.closest(".group").dataset.part, shown, text: shown + also(element) };
  });
  let unfolded = null;
  let telling = 0;

  const narrow = () => {
    const words = plain(input.value).split(" ").filter(Boolean);
    const active = words.length > 0 || part.value !== "";
    if (active && unfolded === null) unfolded = groups.filter((group) => group.open);
    const found = { rules: 0, sources: 0 };
    const named = [];
    for (const entry of entries) {
      const matches = (!part.value || entry.part === part.value) && words.every((word) => entry.text.includes(word));
      entry.element.hidden = !matches;
      if (!matches) continue;
      if (!words.every((word) => entry.shown.includes(word))) named.push(entry.element.querySelector("b").textContent);
      if (entry.part !== "treatments") found[entry.part === "sources" ? "sources" : "rules"] += 1;
    }
    for (const box of holder.querySelectorAll(".topic, .group, .kind")) box.hidden = !box.querySelector(".entry:not([hidden])");
    for (const group of groups) group.open = active ? !group.hidden : (unfolded ?? []).includes(group);
    holder.classList.toggle("narrowed", active);
    if (!active) unfolded = null;
    clear.hidden = !active;
    clearTimeout(telling);
    telling = setTimeout(() => {
      const some = found.rules + found.sources;
      const said = named.length ? status.dataset.named.replace("{names}", named.join(", ")) : some ? status.dataset.found.replace("{rules}", found.rules).replace("{sources}", found.sources) : status.dataset.nothing;
      status.textContent = active ? said : "";
    }, 300);
  };
  input.oninput = part.onchange = narrow;
  clear.onclick = () => {
    input.value = part.value = "";
    narrow();
    input.focus();
  };
}

// The other names of a treatment. Some may not be shown to the public, so they stand nowhere on the page.
function also(element) {
  const bytes = Uint8Array.from(atob(element.dataset.also ?? ""), (letter) => letter.charCodeAt(0));
  return " " + plain(new TextDecoder().decode(bytes));
}

function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").replace(/\s+/g, " ").trim().toLowerCase();
}
