// @ts-check
// The nurse's checklist: rows to answer in place. An answered row moves to the folded list with the next answer, so that nothing
// moves under the finger. Each change has a number and is sent to the server until the server has it.
import { button, find, make, say } from "../shared/elements.js";
import { fill, inPlace, Presses } from "../shared/presses.js";
import { markWrong } from "../shared/problems.js";
import { stateOf } from "../shared/state.js";

/**
 * @typedef {string | number | null} One an answer
 * @typedef {{ typed: string }} Typed what is no answer
 * @typedef {{
 *   key: string, ask: string, name: string, hint: string, note: string, under: string, kind: "one" | "several" | "number" | "known",
 *   options: [string, string][], most: number, value: One | string[], given: string, differs: boolean, open: boolean, typed: string,
 *   stays?: boolean,
 * }} Row
 * @typedef {{ id: string, title: string, lead: string, stays: boolean, rows: Row[] }} Part
 * @typedef {"open" | "openLead" | "openNone" | "atPlaces" | "answered" | "takeBack" | "differs" | "whole" | "year"} Word
 * @typedef {{ applied: number, parts: Part[], words: Record<Word, string> }} Data
 * @typedef {[number, string, One | string[] | Typed]} Change its number, the key of its row, and what it says
 * @typedef {{
 *   shape: string, box: HTMLElement, note: HTMLElement, theirs: HTMLElement, back: HTMLElement, chips: HTMLButtonElement[],
 *   input: HTMLInputElement | null, row: Row, shown?: One, check: () => boolean, told?: HTMLElement,
 * }} Drawn
 * @typedef {{
 *   count: number, pending: Change[], latest: string | null, rows: Map<string, Drawn>, parts: Map<string, HTMLElement>,
 *   root: HTMLElement, presses: Presses, data: Data, change: (row: Row, value: One | string[]) => void,
 *   refuse: (row: Row, typed: string) => void,
 * }} State
 */

/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const LISTS = /** @type {const} */ (["seen", "open", "answered"]);
const states = stateOf(begin);

/**
 * @param {HTMLElement | ShadowRoot} parentElement
 * @param {Data} data
 * @returns {State}
 */
function begin(parentElement, data) {
  const root = find(parentElement, ".sheet");
  const presses = new Presses(root);
  const nothing = () => {};
  return { count: 0, pending: [], latest: null, rows: new Map(), parts: new Map(), root, presses, data, change: nothing, refuse: nothing };
}

/** @param {import("@streamlit/component-v2-lib").FrontendRendererArgs<{ changes: Change[] }, Data>} told */
export default function ({ data, parentElement, setStateValue }) {
  const state = states(parentElement, data);
  state.presses.watch();
  state.data = data;
  state.count = Math.max(state.count, data.applied);
  state.pending = state.pending.filter(([number]) => number > data.applied);
  state.change = (row, value) => {
    if (!row.stays && answerOf(state, row) === null) state.latest = row.key;
    state.count += 1;
    state.pending.push([state.count, row.key, value]);
    paint(state, row.key);
    setStateValue("changes", [...state.pending]);
  };
  // what is no answer is told too: nobody signs over what stands in a field and is not saved
  state.refuse = (row, typed) => {
    state.count += 1;
    state.pending.push([state.count, row.key, { typed }]);
    setStateValue("changes", [...state.pending]);
  };
  state.presses.whenFree(() => paint(state, state.latest));
  return () => state.presses.leave();
}

/**
 * @param {State} state
 * @param {Row} row
 * @returns {One | string[]}
 */
function answerOf(state, row) {
  const told = state.pending.findLast(([, key, value]) => key === row.key && !isTyped(value));
  return told ? /** @type {One | string[]} */ (told[2]) : row.value;
}

/**
 * @param {One | string[] | Typed} value
 * @returns {value is Typed}
 */
function isTyped(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/**
 * @param {State} state
 * @param {string | null} anchorKey
 */
function paint(state, anchorKey) {
  inPlace(state.rows.get(anchorKey ?? "")?.box, () => paintLists(state));
}

/** @returns {Record<"seen" | "open" | "answered", HTMLElement[]>} */
function empty() {
  return { seen: [], open: [], answered: [] };
}

/** @param {State} state */
function paintLists(state) {
  const { data, root } = state;
  const words = data.words;
  const focused = /** @type {Document | ShadowRoot} */ (root.getRootNode()).activeElement;
  const lists = empty();
  let left = 0;
  let atPlaces = 0;
  let answered = 0;
  for (const part of data.parts) {
    const found = empty();
    let under = "";
    for (const plain of part.rows) {
      const row = { ...plain, stays: part.stays };
      const value = answerOf(state, row);
      const list = part.stays ? "seen" : value === null || row.key === state.latest ? "open" : "answered";
      if (value === null && row.open) {
        if (part.stays) atPlaces += 1;
        else left += 1;
      }
      if (list === "answered") answered += 1;
      if (row.under && row.under !== under) found[list].push(text(state, `${row.key}:under`, "h4", row.under));
      under = row.under;
      found[list].push(drawn(state, row, value));
    }
    for (const name of LISTS) {
      const rows = found[name];
      if (rows.length) lists[name].push(section(state, `${name}:${part.id}`, part, name === "answered" ? [] : [part.lead], rows));
    }
  }
  find(root, ".open-title").textContent = left ? `${words.open} (${left})` : words.open;
  find(root, ".open-lead").textContent = left || atPlaces ? words.openLead : words.openNone;
  const more = find(root, ".open-more");
  more.hidden = !atPlaces;
  more.textContent = say(words.atPlaces, { number: atPlaces });
  find(root, ".answered").hidden = !answered;
  find(root, ".answered h2").textContent = `${words.answered} (${answered})`;
  for (const name of LISTS) fill(find(root, `.list-${name}`), lists[name]);
  if (focused instanceof HTMLElement && focused.isConnected && root.contains(focused)) focused.focus({ preventScroll: true });
}

/**
 * @param {State} state
 * @param {string} id
 * @param {"h4"} name
 * @param {string} said
 */
function text(state, id, name, said) {
  const element = state.parts.get(id) ?? make(name);
  state.parts.set(id, element);
  element.textContent = said;
  return element;
}

/**
 * @param {State} state
 * @param {string} id
 * @param {Part} part
 * @param {string[]} leads
 * @param {HTMLElement[]} rows
 */
function section(state, id, part, leads, rows) {
  let element = state.parts.get(id);
  if (!element) {
    element = make("section");
    element.append(make("h3"), make("p", "lead"), make("div", "rows"));
    state.parts.set(id, element);
  }
  const [title, lead, holder] = /** @type {HTMLElement[]} */ ([...element.children]);
  title.textContent = part.title;
  lead.textContent = leads.filter(Boolean).join(" ");
  lead.hidden = !lead.textContent;
  fill(holder, rows);
  return element;
}

/**
 * @param {State} state
 * @param {Row} row
 * @param {One | string[]} value
 */
function drawn(state, row, value) {
  const shape = JSON.stringify([row.ask, row.kind, row.options, row.most]);
  let kept = state.rows.get(row.key);
  if (!kept || kept.shape !== shape) {
    kept = build(state, row, shape);
    state.rows.set(row.key, kept);
  }
  kept.row = row;
  const given = Array.isArray(value) ? value.length > 0 : value !== null;
  kept.box.classList.toggle("given", given);
  kept.box.classList.toggle("quiet", !given && !row.open);
  // nothing in a row that was just answered moves: what has gone keeps its space until the row moves to the folded list
  const keepsSpace = given && (row.stays || row.key === state.latest);
  if (!keepsSpace || row.note) kept.note.textContent = given && !keepsSpace ? "" : row.note;
  kept.note.classList.toggle("gone", keepsSpace);
  kept.theirs.textContent = row.given;
  kept.theirs.hidden = !row.given;
  kept.theirs.classList.toggle("differs", row.differs);
  if (row.differs) kept.theirs.append(" ", make("b", "", `(${state.data.words.differs})`));
  kept.box.classList.toggle("beside", Boolean(row.given));
  kept.back.hidden = row.kind === "several" || row.kind === "known";
  kept.back.classList.toggle("gone", !given);
  if (kept.input && !Array.isArray(value)) {
    if (kept.shown !== value) kept.input.value = row.typed || String(value ?? "");
    if (kept.shown === undefined && row.typed) kept.check();
    kept.shown = value;
  }
  if (kept.told) kept.told.textContent = String(value ?? "");
  const chosen = kept.chips.findIndex((chip) => chip.dataset.value === value);
  kept.chips.forEach((chip, place) => {
    const on = Array.isArray(value) ? value.includes(chip.dataset.value ?? "") : place === chosen;
    chip.setAttribute("aria-checked", on ? "true" : "false");
    if (row.kind === "one" && document.activeElement !== chip) chip.tabIndex = place === Math.max(chosen, 0) ? 0 : -1;
  });
  return kept.box;
}

/**
 * @param {State} state
 * @param {Row} row
 * @param {string} shape
 */
function build(state, row, shape) {
  const box = make("div", `row ${row.kind}`);
  const said = make("div", "said");
  const note = make("span", "note");
  said.append(make("span", "ask", row.ask), note);
  if (row.hint) said.append(make("span", "hint", row.hint));
  const answer = make("div", "answer");
  const back = button("back", state.data.words.takeBack);
  back.setAttribute("aria-label", `${state.data.words.takeBack}: ${row.name}`);
  const theirs = make("div", "theirs");
  /** @type {Drawn} */
  const kept = { shape, box, note, theirs, back, chips: [], input: null, row, check: () => true };
  back.onclick = () => {
    const inAnswered = box.closest(".answered");
    state.change(kept.row, null);
    (inAnswered ? find(inAnswered, "summary") : (kept.chips[0] ?? kept.input)).focus({ preventScroll: true });
  };
  if (row.kind === "number") number(state, kept, answer, row);
  else if (row.kind === "known") {
    kept.told = make("span", "told");
    answer.append(kept.told);
  } else chips(state, kept, answer, row);
  box.append(said, theirs, answer);
  answer.append(back);
  return kept;
}

/**
 * @param {State} state
 * @param {Drawn} kept
 * @param {HTMLElement} answer
 * @param {Row} row
 */
function chips(state, kept, answer, row) {
  const group = make("div", "chips");
  group.setAttribute("role", row.kind === "one" ? "radiogroup" : "group");
  group.setAttribute("aria-label", row.name);
  for (const [value, label] of row.options) {
    const chip = button("chip", label);
    chip.dataset.value = value;
    chip.setAttribute("role", row.kind === "one" ? "radio" : "checkbox");
    let toggledAt = -1000;
    chip.onclick = (event) => {
      if (row.kind === "several" && event.detail && event.timeStamp - toggledAt < 400) return; // a double tap is one answer
      toggledAt = event.timeStamp;
      state.change(kept.row, row.kind === "one" ? value : toggled(/** @type {string[]} */ (answerOf(state, kept.row)), value));
    };
    kept.chips.push(chip);
    group.append(chip);
  }
  if (row.kind === "one") group.onkeydown = (event) => walk(kept.chips, event);
  answer.append(group);
}

/**
 * @param {string[]} values
 * @param {string} value
 */
function toggled(values, value) {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}

/**
 * @param {HTMLButtonElement[]} chips
 * @param {KeyboardEvent} event
 */
function walk(chips, event) {
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const to = chips[(chips.indexOf(/** @type {HTMLButtonElement} */ (event.target)) + step + chips.length) % chips.length];
  for (const chip of chips) chip.tabIndex = chip === to ? 0 : -1;
  to.focus(); // chosen with Space or Enter: an arrow alone gives no answer
}

/**
 * @param {State} state
 * @param {Drawn} kept
 * @param {HTMLElement} answer
 * @param {Row} row
 */
function number(state, kept, answer, row) {
  const input = make("input");
  input.inputMode = "numeric";
  input.autocomplete = "off";
  input.maxLength = 6;
  input.setAttribute("aria-label", row.name);
  const wrong = make("span", "wrong");
  wrong.setAttribute("role", "alert");
  wrong.id = `wrong-${row.key.replace(/\W/g, "-")}`;
  kept.check = () => {
    const typed = input.value.trim();
    const right = typed === "" || (/^\d+$/.test(typed) && Number(typed) <= row.most);
    const isYear = row.key === "person.age" && /^(19|20)\d\d$/.test(typed);
    wrong.textContent = right ? "" : isYear ? state.data.words.year : say(state.data.words.whole, { most: row.most });
    markWrong(input, !right);
    if (right) return true;
    input.setAttribute("aria-describedby", wrong.id);
    return false;
  };
  input.onchange = () => {
    const typed = input.value.trim();
    if (kept.check()) state.change(kept.row, typed === "" ? null : Number(typed));
    else state.refuse(kept.row, typed);
  };
  kept.input = input;
  answer.append(input, wrong);
}
