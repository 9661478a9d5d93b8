// @ts-check
// The check of the answers: a list of questions, answers and ways to change them.
import { button, find, make } from "../shared/elements.js";

/**
 * @typedef {{ question: string, answer: string, step: string }} Row
 * @typedef {{ parts: { title: string, rows: Row[] }[], words: { change: string, answer: string, open: string } }} Data
 */

/** @param {import("@streamlit/component-v2-lib").FrontendRendererArgs<{ change: string }, Data>} told */
export default function ({ data, parentElement, setTriggerValue }) {
  const { words } = data;
  find(parentElement, ".answers").replaceChildren(
    ...data.parts.flatMap((part) => {
      const list = make("dl");
      list.append(
        ...part.rows.map((row) => {
          const line = make("div");
          const change = button("", row.answer ? words.change : words.answer);
          change.setAttribute("aria-label", `${change.textContent}: ${row.question}`);
          change.onclick = () => setTriggerValue("change", row.step);
          const action = make("dd", "action");
          action.append(change);
          line.append(make("dt", "", row.question), make("dd", row.answer ? "" : "open", row.answer || words.open), action);
          return line;
        })
      );
      return [make("h2", "", part.title), list];
    })
  );
}
