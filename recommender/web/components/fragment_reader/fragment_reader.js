// @ts-check
// A patient's answers that came in the fragment of the address: removed from it at once, and sent to the server only on request.
import { find } from "../shared/elements.js";
import { tellProblems } from "../shared/problems.js";

/**
 * @typedef {{ title: string, lead: string, button: string, problem: string }} Words
 * @typedef {{ problems: string[], longest: number, words: Words }} Data
 * @typedef {{ opened: { text: string, number: number } }} Told
 */

let came = "";
let told = 0;

function taken() {
  if (!location.hash.startsWith("#a=")) return false;
  came = location.hash;
  history.replaceState(history.state, "", location.pathname + location.search);
  return true;
}

/** @param {import("@streamlit/component-v2-lib").FrontendRendererArgs<Told, Data>} told */
export default function ({ data, parentElement, setTriggerValue }) {
  const { words } = data;
  const box = find(parentElement, ".came");
  const problems = find(parentElement, ".problems");
  const show = (/** @type {string[]} */ wrong) => {
    box.hidden = !came;
    problems.hidden = !wrong.length;
    tellProblems(problems, words.problem, wrong);
  };
  const arrived = () => {
    if (taken()) show([]);
  };
  find(box, "h2").textContent = words.title;
  find(box, ".lead").textContent = words.lead;
  const open = find(box, "button");
  open.textContent = words.button;
  open.onclick = () => {
    told += 1;
    setTriggerValue("opened", { text: came.slice(0, data.longest + 1), number: told });
    came = "";
    box.hidden = true;
  };
  show(taken() ? [] : data.problems);
  window.addEventListener("hashchange", arrived);
  return () => window.removeEventListener("hashchange", arrived);
}
