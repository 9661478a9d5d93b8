// A patient's file is read here and sent to the server as text; it is never uploaded as a file.
let told = 0;

export default function ({ data, parentElement, setTriggerValue }) {
  const { words } = data;
  const input = parentElement.querySelector("input");
  parentElement.querySelector(".button").textContent = words.button;
  const list = parentElement.querySelector("ul");
  const say = (problems) => {
    parentElement.querySelector(".title").textContent = problems.length ? words.problem : "";
    list.replaceChildren(
      ...problems.map((problem) => {
        const item = document.createElement("li");
        item.textContent = problem;
        return item;
      })
    );
    input.toggleAttribute("aria-invalid", problems.length > 0);
    if (problems.length) input.setAttribute("aria-invalid", "true");
  };
  say(data.problems);
  input.onchange = async () => {
    const file = input.files[0];
    input.value = ""; // so that the same file can be chosen again once it is mended
    if (!file) return;
    if (file.size > data.largest) return say([words.tooLarge]);
    try {
      told += 1;
      setTriggerValue("opened", { text: await file.text(), number: told });
    } catch {
      say([words.unreadable]);
    }
  };
}
