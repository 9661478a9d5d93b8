// A link to give away: shown, copied on request, and nowhere else.
export default function ({ data, parentElement }) {
  const { words } = data;
  const qr = parentElement.querySelector(".qr");
  qr.hidden = !data.qr;
  qr.setAttribute("aria-label", words.qr);
  if (qr.dataset.of !== data.address) {
    qr.innerHTML = data.qr;
    qr.querySelector("svg")?.setAttribute("aria-hidden", "true");
    qr.dataset.of = data.address;
  }
  parentElement.querySelector("figcaption").textContent = words.hint;
  parentElement.querySelector("label span").textContent = words.link;
  const input = parentElement.querySelector("input");
  input.value = data.address;
  input.onfocus = () => input.select();
  const done = parentElement.querySelector(".done");
  const button = parentElement.querySelector("button");
  button.textContent = words.copy;
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data.address);
      done.textContent = words.copied;
    } catch {
      done.textContent = words.notCopied;
    }
  };
}
