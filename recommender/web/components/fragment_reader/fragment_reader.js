// A patient's answers that came in the fragment of the address: removed from it at once, and sent to the server only on request.
let came = "";
let told = 0;

function taken() {
  if (!location.hash.startsWith("#a=")) return false;
  came = location.hash;
  history.replaceState(history.state, "", location.pathname + location.search);
  return true;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const { words } = data;
  const box = parentElement.querySelector(".came");
  const title = parentElement.querySelector(".problems .title");
  const list = parentElement.querySelector(".problems ul");
  const show = (problems) => {
    box.hidden = !came;
    title.textContent = words.problem;
    title.parentElement.hidden = !problems.length;
    list.replaceChildren(
      ...problems.map((problem) => {
        const item = document.createElement("li");
        item.textContent = problem;
        return item;
      })
    );
  };
  const arrived = () => {
    if (taken()) show([]);
  };
  box.querySelector("h2").textContent = words.title;
  box.querySelector(".lead").textContent = words.lead;
  const button = box.querySelector("button");
  button.textContent = words.button;
  button.onclick = () => {
    told += 1;
    setTriggerValue("opened", { text: came.slice(0, data.longest + 1), number: told });
    came = "";
    box.hidden = true;
  };
  show(taken() ? [] : data.problems);
  window.addEventListener("hashchange", arrived);
  return () => window.removeEventListener("hashchange", arrived);
}
