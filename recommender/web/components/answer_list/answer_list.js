// The check of the answers: a list of questions, answers and ways to change them.
export default function ({ data, parentElement, setTriggerValue }) {
  const make = (name, text, className) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  parentElement.querySelector(".answers").replaceChildren(
    ...data.parts.flatMap((part) => {
      const list = make("dl");
      list.append(
        ...part.rows.map((row) => {
          const line = make("div");
          const change = make("button", row.answer ? data.words.change : data.words.answer);
          change.type = "button";
          change.setAttribute("aria-label", `${change.textContent}: ${row.question}`);
          change.onclick = () => setTriggerValue("change", row.step);
          const action = make("dd", "", "action");
          action.append(change);
          line.append(make("dt", row.question), make("dd", row.answer || data.words.open, row.answer ? "" : "open"), action);
          return line;
        })
      );
      return [make("h2", part.title), list];
    })
  );
}
