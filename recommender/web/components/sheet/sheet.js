// @ts-check
// The nurse's checklist: rows to answer in place, one by one or a section at once. What was answered moves to the folded list with
// the next answer, so that nothing moves under the finger. Each change has a number and is sent to the server until it has it.
import { button, find, make, say } from "../shared/elements.js";
import { fill, inPlace, Presses } from "../shared/presses.js";
import { markWrong } from "../shared/problems.js";
import { stateOf } from "../shared/state.js";

/**
 * @typedef {string | number | null} One an answer
 * @typedef {{ typed: string } | { unread: true }} Typed what is no answer: a text, or that it was not read through after all
 * @typedef {{
 *   key: string, ask: string, name: string, hint: string, note: string, under: string, kind: "one" | "several" | "number" | "known",
 *   options: [string, string][], most: number, value: One | string[], given: string, differs: boolean, open: boolean, typed: string,
 *   unread: boolean, before: string, source: string, denied: boolean, stays?: boolean,
 * }} Row
 * @typedef {{ id: string, title: string, lead: string, stays: boolean, rows: Row[] }} Part
 * @typedef {"open" | "openLead" | "openNone" | "atPlaces" | "answered" | "takeBack" | "differs" | "whole" | "year" | "read"
 *   | "readLead" | "yes" | "allRead" | "noToAll" | "didRead" | "didNo"} Word
 * @typedef {{ applied: number, parts: Part[], words: Record<Word, string> }} Data
 * @typedef {[number, string, One | string[] | Typed]} Change its number, the key of its row, and what it says
 * @typedef {{
 *   shape: string, box: HTMLElement, note: HTMLElement, source: HTMLElement, theirs: HTMLElement, back: HTMLElement, chips: HTMLButtonElement[],
 *   input: HTMLInputElement | null, row: Row, shown?: One, check: () => boolean, told?: HTMLElement,
 * }} Drawn
 * @typedef {Map<string, string>} Places by the key of a row, the section in which it stands: its list and its name
 * @typedef {{ rows: Places, anchor: string, did: string, back: [Row, One | string[] | Typed][] }} Latest what was answered last
 * @typedef {{ id: string, title: string, lead: string, rows: Row[], elements: HTMLElement[] }} Section
 * @typedef {{
 *   count: number, pending: Change[], latest: Latest, placed: Places, rows: Map<string, Drawn>, parts: Map<string, HTMLElement>,
 *   root: HTMLElement, presses: Presses, data: Data, change: (row: Row, value: One | string[]) => void,
 *   together: (section: Section, given: [Row, One | string[]][], did: string) => void, undo: () => void,
 *   refuse: (row: Row, typed: string) => void,
 * }} State
 */

/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const LISTS = ["seen", "read", "open", "answered"];
const YES = "read:yes";
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
  return {
    count: 0, pending: [], latest: none(), placed: new Map(), rows: new Map(), parts: new Map(), root, presses, data,
    change: nothing, together: nothing, undo: nothing, refuse: nothing,
  };
}

/** @returns {Latest} */
function none() {
  return { rows: new Map(), anchor: "", did: "", back: [] };
}

/** @param {import("@streamlit/component-v2-lib").FrontendRendererArgs<{ changes: Change[] }, Data>} told */
export default function ({ data, parentElement, setStateValue }) {
  const state = states(parentElement, data);
  state.presses.watch();
  state.data = data;
  state.count = Math.max(state.count, data.applied);
  state.pending = state.pending.filter(([number]) => number > data.applied);
  /** @param {[Row, One | string[] | Typed][]} given */
  const tell = (given) => {
    for (const [row, value] of given) {
      state.count += 1;
      state.pending.push([state.count, row.key, value]);
    }
    setStateValue("changes", [...state.pending]);
  };
  state.change = (row, value) => {
    const place = state.placed.get(row.key);
    const isNew = !row.stays && (answerOf(state, row) === null || waits(state, row)) && !state.latest.rows.has(row.key);
    if (isNew && place) state.latest = { rows: new Map([[row.key, place]]), anchor: row.key, did: "", back: [] };
    tell([[row, value]]);
    paint(state, row.key);
  };
  state.together = ({ id, rows }, given, did) => {
    const places = new Map(rows.map((row) => [row.key, id]));
    state.latest = { rows: places, anchor: id, did: say(did, { number: given.length }), back: given.map(([row]) => [row, before(row)]) };
    tell(given);
    paint(state, id);
  };
  state.undo = () => {
    const { anchor, rows, back } = state.latest;
    state.latest = { rows, anchor, did: "", back: [] };
    tell(back);
    paint(state, anchor);
  };
  // what is no answer is told too: nobody signs over what stands in a field and is not saved
  state.refuse = (row, typed) => tell([[row, { typed }]]);
  state.presses.whenFree(() => paint(state, state.latest.anchor));
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
 * What takes an answer of a section back: the one that was brought is to be read through again, another one was not given.
 * @param {Row} row
 * @returns {null | Typed}
 */
function before(row) {
  return row.unread ? { unread: true } : null;
}

/**
 * Whether a row waits to be read through with the patient: they brought its answer, or an earlier visit has one.
 * @param {State} state
 * @param {Row} row
 */
function waits(state, row) {
  const told = state.pending.findLast(([, key]) => key === row.key);
  if (row.unread) return !told || isTyped(told[2]);
  return Boolean(row.before) && answerOf(state, row) === null;
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
 * @param {string} anchor the key of a row, or a section
 */
function paint(state, anchor) {
  inPlace(state.rows.get(anchor)?.box ?? state.parts.get(anchor), () => paintLists(state));
}

/**
 * The section in which a row stands now: what was answered last stays where it was.
 * @param {State} state
 * @param {Part} part
 * @param {Row} row
 * @param {One | string[]} value
 */
function placeOf(state, part, row, value) {
  if (part.stays) return `seen:${part.id}`;
  const latest = state.latest.rows.get(row.key);
  if (latest) return latest;
  if (waits(state, row) && (row.unread ? row.value : row.before) === "yes") return YES;
  if (waits(state, row) && row.unread) return `read:${part.id}`;
  return `${value === null ? "open" : "answered"}:${part.id}`;
}

/** @param {State} state */
function paintLists(state) {
  const { data, root } = state;
  const words = data.words;
  const focused = /** @type {Document | ShadowRoot} */ (root.getRootNode()).activeElement;
  /** @type {Map<string, Section>} */
  const sections = new Map([[YES, { id: YES, title: words.yes, lead: "", rows: [], elements: [] }]]);
  const counted = { read: 0, open: 0, places: 0, answered: 0 };
  state.placed = new Map();
  for (const part of data.parts) {
    let under = "";
    for (const plain of part.rows) {
      const row = { ...plain, stays: part.stays };
      const value = answerOf(state, row);
      const id = placeOf(state, part, row, value);
      const list = id.split(":")[0];
      state.placed.set(row.key, id);
      if (list === "read") counted.read += waits(state, row) ? 1 : 0;
      else if (value === null && row.open) counted[part.stays ? "places" : "open"] += 1;
      if (list === "answered") counted.answered += 1;
      const section = sections.get(id) ?? { id, title: part.title, lead: list === "answered" ? "" : part.lead, rows: [], elements: [] };
      sections.set(id, section);
      if (row.under && row.under !== under) section.elements.push(text(state, `${row.key}:under`, "h4", row.under));
      under = row.under;
      section.rows.push(row);
      section.elements.push(drawn(state, row, value));
    }
  }
  /** @type {Record<string, HTMLElement[]>} */
  const lists = Object.fromEntries(LISTS.map((name) => [name, []]));
  for (const section of sections.values()) if (section.rows.length) lists[section.id.split(":")[0]].push(painted(state, section));
  find(root, ".to-read").hidden = !lists.read.length;
  find(root, ".read-title").textContent = counted.read ? `${words.read} (${counted.read})` : words.read;
  find(root, ".read-lead").textContent = words.readLead;
  find(root, ".open-title").textContent = counted.open ? `${words.open} (${counted.open})` : words.open;
  find(root, ".open-lead").textContent = counted.open || counted.places ? words.openLead : words.openNone;
  const more = find(root, ".open-more");
  more.hidden = !counted.places;
  more.textContent = say(words.atPlaces, { number: counted.places });
  find(root, ".answered").hidden = !counted.answered;
  find(root, ".answered h2").textContent = `${words.answered} (${counted.answered})`;
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
 * A section: its rows, and below them what answers all of it at once. Its two buttons keep their places, there or not.
 * @param {State} state
 * @param {Section} section
 */
function painted(state, section) {
  const { words } = state.data;
  let element = state.parts.get(section.id);
  if (!element) {
    element = make("section");
    element.append(make("h3"), make("p", "lead"), make("div", "rows"), make("div", "acts"));
    const did = make("span", "did");
    did.setAttribute("role", "status");
    element.children[3].append(button("all", ""), button("back", words.takeBack), did);
    state.parts.set(section.id, element);
  }
  const [title, lead, holder, acts] = /** @type {HTMLElement[]} */ ([...element.children]);
  title.textContent = section.title;
  title.tabIndex = -1;
  lead.textContent = section.lead;
  lead.hidden = !lead.textContent;
  fill(holder, section.elements);
  const isRead = section.id.startsWith("read:");
  const given = isRead ? toRead(state, section.rows) : section.id.startsWith("open:") ? toDeny(state, section.rows) : [];
  const done = state.latest.anchor === section.id ? state.latest : none();
  const [all, back, did] = /** @type {HTMLElement[]} */ ([...acts.children]);
  acts.hidden = given.length < (isRead ? 1 : 2) && done.anchor === "";
  all.classList.toggle("gone", !given.length);
  all.textContent = isRead ? words.allRead : words.noToAll;
  all.setAttribute("aria-label", `${section.title}: ${all.textContent}`);
  all.onclick = () => {
    state.together(section, given, isRead ? words.didRead : words.didNo);
    title.focus({ preventScroll: true });
  };
  back.classList.toggle("gone", !done.back.length);
  back.setAttribute("aria-label", `${words.takeBack}: ${section.title}`);
  back.onclick = () => {
    state.undo();
    title.focus({ preventScroll: true });
  };
  if (did.textContent !== done.did) did.textContent = done.did;
  return element;
}

/**
 * What "all read through" answers: the answers that were brought, and those of an earlier visit.
 * @param {State} state
 * @param {Row[]} rows
 * @returns {[Row, One | string[]][]}
 */
function toRead(state, rows) {
  return rows.filter((row) => waits(state, row)).map((row) => [row, row.unread ? row.value : row.before]);
}

/**
 * What "no to all" answers: nothing that is answered, and nothing that was "yes" at an earlier visit.
 * @param {State} state
 * @param {Row[]} rows
 * @returns {[Row, One | string[]][]}
 */
function toDeny(state, rows) {
  const open = rows.filter((row) => row.denied && row.open && row.before !== "yes" && answerOf(state, row) === null);
  return open.map((row) => [row, "no"]);
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
  const keepsSpace = given && (row.stays || state.latest.rows.has(row.key));
  if (!keepsSpace || row.note) kept.note.textContent = given && !keepsSpace ? "" : row.note;
  kept.note.classList.toggle("gone", keepsSpace);
  if (row.source || !keepsSpace) kept.source.textContent = row.source;
  kept.source.classList.toggle("gone", keepsSpace && !row.source);
  const isBeside = Boolean(row.given) && !state.placed.get(row.key)?.startsWith("read:"); // there it is the answer itself
  kept.theirs.textContent = row.given;
  kept.theirs.hidden = !isBeside;
  kept.theirs.classList.toggle("differs", row.differs);
  if (row.differs) kept.theirs.append(" ", make("b", "", `(${state.data.words.differs})`));
  kept.box.classList.toggle("beside", isBeside);
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
    chip.classList.toggle("before", Boolean(row.before) && chip.dataset.value === row.before);
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
  const source = make("span", "source");
  said.append(make("span", "ask", row.ask), source, note);
  if (row.hint) said.append(make("span", "hint", row.hint));
  const answer = make("div", "answer");
  const back = button("back", state.data.words.takeBack);
  back.setAttribute("aria-label", `${state.data.words.takeBack}: ${row.name}`);
  const theirs = make("div", "theirs");
  /** @type {Drawn} */
  const kept = { shape, box, note, source, theirs, back, chips: [], input: null, row, check: () => true };
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
