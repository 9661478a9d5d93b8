// @ts-check
// A patient's file is read here and sent to the server as text; it is never uploaded as a file.
import { find } from "../shared/elements.js";
import { markWrong, tellProblems } from "../shared/problems.js";

/**
 * @typedef {{ button: string, problem: string, tooLarge: string, unreadable: string }} Words
 * @typedef {{ problems: string[], largest: number, words: Words }} Data
 * @typedef {{ opened: { text: string, number: number } }} Told
 */

let told = 0;

/** @param {import("@streamlit/component-v2-lib").FrontendRendererArgs<Told, Data>} told */
export default function ({ data, parentElement, setTriggerValue }) {
  const { words } = data;
  const input = find(parentElement, "input");
  find(parentElement, ".button").textContent = words.button;
  const say = (/** @type {string[]} */ problems) => {
    tellProblems(find(parentElement, ".problems"), words.problem, problems);
    markWrong(input, problems.length > 0);
  };
  say(data.problems);
  input.onchange = async () => {
    const file = input.files?.[0];
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
