// @ts-check
// The injection chart. Its points are kept here and sent to the server, all of them with a number, after each change; what the
// server answers counts once it has that number. Nothing is redrawn while a pointer is down, and elements that stay are reused.
import { button, find, make, say } from "../shared/elements.js";
import { fill, inPlace, Presses } from "../shared/presses.js";
import { markWrong } from "../shared/problems.js";
import { stateOf } from "../shared/state.js";
import { farFrom, freeSpot, placeAt, REACH, readPlaces, sideOf } from "./places.js";

/**
 * @typedef {{ area: string, x: number, y: number, amount: string }} Told a point as the server has it
 * @typedef {Told & { id: number, typed: string }} Point
 * @typedef {{ letter: string, name: string, shape: number, colour: string }} Product
 * @typedef {"right" | "left" | "middle" | "next" | "hint" | "undo" | "marks" | "patientsRight" | "patientsLeft" | "twoWays"
 *   | "wrongAmount" | "undone" | "full" | "placed" | "removed" | "nowhere" | "moved" | "changed" | "keptOld" | "amount" | "place"
 *   | "move" | "toLeft" | "up" | "down" | "toRight" | "remove" | "done" | "addAt" | "choose" | "add" | "addHint" | "wrongPlace"
 *   | "drawing" | "inOnePoint" | "inPoints" | "total" | "point" | "number" | "actions" | "none" | "table" | "show" | "amountOf"
 *   | "removeOf" | "placeOf" | "edited" | "proposed" | "countOne" | "countSeveral" | "counted" } Word
 * @typedef {{
 *   count: number, problem: string, points: Told[], typed: [number, string][], unit: [string, string], most: number, decimal: string,
 *   product: Product, others: (Product & { points: Told[] })[], proposed: Told[], beside: Record<string, string[]>, areas: { id: string, label: string }[],
 *   regions: Record<string, string[]>, words: Record<Word, string>,
 * }} Data
 * @typedef {{ input: HTMLInputElement, shown: string | null }} Field
 * @typedef {Field & { box: HTMLElement, show: HTMLElement, place: HTMLElement, wrong: HTMLElement, away: HTMLElement }} Row
 * @typedef {Field & {
 *   title: HTMLElement, areas: HTMLSelectElement, complaint: HTMLElement, away: HTMLElement,
 * }} Panel
 * @typedef {{ box: HTMLTableElement, caption: HTMLElement, body: HTMLElement, empty: HTMLElement }} Table
 * @typedef {{ id: number, from: [number, number], moved: boolean, to: [number, number] | null }} Drag
 * @typedef {{
 *   root: HTMLElement, svg: SVGSVGElement, next: HTMLInputElement, data: Data, count: number, points: Point[], made: number,
 *   selected: number | null, done: { points: Point[], selected: number | null }[], marks: Map<number, HTMLElement>,
 *   rows: Map<number, Row>, presses: Presses, drag: Drag | null, dragged: boolean,
 *   later: ReturnType<typeof setTimeout> | undefined, size: { width: number, height: number, middle: number },
 *   places: import("./places.js").Place[], labels: Map<string, string>, panel: Panel, table: Table, shownOthers: string,
 *   tell: () => void,
 * }} State
 */

const states = stateOf(begin);
const STEP = 2; // units of the drawing that an arrow key moves a point: about a millimetre
/** @type {["toLeft" | "up" | "down" | "toRight", string, number, number][]} */
const PAD = [["toLeft", "←", -1, 0], ["up", "↑", 0, -1], ["down", "↓", 0, 1], ["toRight", "→", 1, 0]];
const COLUMNS = /** @type {const} */ (["number", "place", "amount", "actions"]);
const SIDES = /** @type {const} */ (["right", "left"]);
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const SHAPES = [
  '<circle r="11"/>',
  '<rect x="-11" y="-11" width="22" height="22" rx="3"/>',
  '<path d="M0 -14 L13 0 L0 14 L-13 0 Z"/>',
  '<path d="M-8 -11 L8 -11 L13.5 0 L8 11 L-8 11 L-13.5 0 Z"/>',
  '<path d="M0 -13 L13 -3 L8 12 L-8 12 L-13 -3 Z"/>',
];

/** @param {import("@streamlit/component-v2-lib").FrontendRendererArgs<{ told: object }, Data>} told */
export default function ({ data, parentElement, setStateValue }) {
  const state = states(parentElement, data);
  watchWindow(state);
  state.data = data;
  relabel(state);
  state.tell = () => setStateValue("told", {
    count: state.count,
    points: state.points.map(({ area, x, y, amount }) => ({ area, x, y, amount })),
    typed: state.points.flatMap(({ typed }, at) => (typed ? [[at + 1, typed]] : [])),
  });
  state.presses.whenFree(() => settle(state));
  return () => state.presses.leave();
}

/**
 * @param {HTMLElement | ShadowRoot} parentElement
 * @param {Data} data
 * @returns {State}
 */
function begin(parentElement, data) {
  const root = find(parentElement, ".chart");
  const svg = /** @type {SVGSVGElement} */ (root.querySelector("svg"));
  const next = /** @type {HTMLInputElement} */ (find(root, "#next"));
  const { width, height } = svg.viewBox.baseVal;
  /** @type {State} */
  const state = {
    root, svg, next, data, count: data.count, points: [], made: 0, selected: null, done: [], marks: new Map(), rows: new Map(),
    presses: new Presses(root), drag: null, dragged: false, later: undefined, size: { width, height, middle: width / 2 },
    places: readPlaces(svg, new Set(data.areas.map((area) => area.id))),
    labels: new Map(), panel: panel(data), table: table(data), shownOthers: "", tell: () => {},
  };
  words(state);
  watchStage(state);
  relabel(state);
  watchPanel(state);
  find(root, ".list").append(state.table.box, state.table.empty);
  adding(state);
  find(root, ".undo").onclick = () => undo(state);
  next.oninput = () => { if (amountIn(state, next.value)) wrong(next, find(root, "#next-wrong"), ""); };
  return state;
}

/**
 * What a place is called may change: whether it is agreed on is part of it.
 * @param {State} state
 */
function relabel(state) {
  state.labels = new Map(state.data.areas.map((area) => [area.id, area.label]));
  for (const option of state.panel.areas.options) option.textContent = state.labels.get(option.value) ?? "";
}

/**
 * What is selected, in words below the face.
 * @param {State} state
 */
function caption(state) {
  const point = state.points.find((one) => one.id === state.selected);
  const said = point ? about(state, point) : null;
  find(state.root, ".under").textContent = said ? `${said.number}: ${said.place}, ${said.amount}` : "";
}

/**
 * What the server has is taken over unless it is older than the last change here; what is the same keeps its identity.
 * @param {State} state
 */
function settle(state) {
  const { data } = state;
  if (data.count >= state.count) {
    state.count = data.count;
    const known = [...state.points];
    const same = data.points.length === known.length && data.points.every((point, at) => alike(point, known[at]));
    const typed = new Map(data.typed);
    state.points = data.points.map((point, place) => {
      const at = known.findIndex((one) => alike(one, point));
      return { ...point, typed: typed.get(place + 1) ?? "", id: at < 0 ? nextId(state) : known.splice(at, 1)[0].id };
    });
    if (!same) state.done = [];
  }
  paint(state);
  if (state.selected !== null && !state.drag) caption(state);
}

/** @type {(state: State) => number} */
function nextId(state) {
  state.made += 1;
  return state.made;
}

/**
 * @param {Told} one
 * @param {Told} other
 */
function alike(one, other) {
  return one.area === other.area && one.x === other.x && one.y === other.y && one.amount === other.amount;
}

/**
 * An arrow key's last steps are told before the window or the focus goes.
 * @param {State} state
 */
function watchWindow(state) {
  const signal = state.presses.watch();
  if (!signal) return;
  window.addEventListener("pagehide", () => hurry(state), { signal });
  state.root.addEventListener("focusout", () => hurry(state), { signal });
}

/**
 * @param {State} state
 * @param {import("./places.js").Spot} point
 */
function inUnits(state, point) {
  return { x: point.x * state.size.width, y: point.y * state.size.height };
}

/**
 * @param {State} state
 * @param {{ area: string, x: number }} point
 */
function sideSaid(state, point) {
  const found = state.places.find((one) => one.area === point.area);
  const side = sideOf(found, point.x * state.size.width, state.size.middle);
  return side ? state.data.words[side] : "";
}

/**
 * @param {State} state
 * @param {{ area: string, x: number }} point
 */
function placeSaid(state, point) {
  return [state.labels.get(point.area) ?? point.area, sideSaid(state, point)].filter(Boolean).join(", ");
}

/**
 * Amounts are kept as they are written, and added up in thousandths: 0.1 + 0.2 is 0.3 here.
 * @param {string} amount
 */
function thousandths(amount) {
  return Math.round(Number(amount) * 1000);
}

/**
 * The decimal mark of the language, and a point where it cannot stand for a thousand: what may mean either is never guessed.
 * @param {State} state
 * @param {string} typed
 */
function amountIn(state, typed) {
  const text = isTwoWays(state, typed) ? "" : typed.trim().replace(state.data.decimal, ".");
  if (!/^(\d{1,4}(\.\d{1,3})?|\.\d{1,3})$/.test(text)) return null;
  const number = thousandths(text);
  return number > 0 && number <= 1000000 ? String(number / 1000) : null;
}

/**
 * @param {State} state
 * @param {string} typed
 */
function isTwoWays(state, typed) {
  return state.data.decimal !== "." && /^[1-9]\d{0,2}\.\d{3}$/.test(typed.trim());
}

/**
 * @param {State} state
 * @param {string} typed
 */
function whyNot(state, typed) {
  return isTwoWays(state, typed) ? state.data.words.twoWays : state.data.words.wrongAmount;
}

/**
 * @param {State} state
 * @param {string} amount
 */
function written(state, amount) {
  return amount.replace(".", state.data.decimal);
}

/**
 * @param {State} state
 * @param {string} amount
 */
function withUnit(state, amount) {
  const [one, several] = state.data.unit;
  return `${written(state, amount)} ${amount === "1" ? one : several}`.trim();
}

/**
 * @param {State} state
 * @param {Point[]} [points]
 */
function total(state, points = state.points) {
  return withUnit(state, String(points.reduce((sum, point) => sum + thousandths(point.amount), 0) / 1000));
}

/**
 * One change: the list before it can be had back, the list after it is told.
 * @param {State} state
 * @param {Point[]} points
 * @param {number | null} selected
 * @param {string} said
 * @param {{ slowly?: boolean }} [options]
 */
function change(state, points, selected, said, { slowly = false } = {}) {
  state.done.push({ points: state.points, selected: state.selected });
  if (state.done.length > 200) state.done.shift();
  state.points = points;
  state.selected = selected;
  noted(state, said, slowly);
}

/** @param {State} state */
function undo(state) {
  const before = state.done.pop();
  if (!before) return;
  state.points = before.points;
  state.selected = before.points.some((point) => point.id === before.selected) ? before.selected : null;
  noted(state, state.data.words.undone, false);
}

/**
 * @param {State} state
 * @param {string} said
 * @param {boolean} slowly
 */
function noted(state, said, slowly) {
  state.count += 1;
  paint(state);
  caption(state);
  status(state, said);
  clearTimeout(state.later);
  state.later = slowly ? setTimeout(() => hurry(state), 200) : undefined; // an arrow key held down is one message, not thirty
  if (!slowly) state.tell();
}

/** @param {State} state */
function hurry(state) {
  if (state.later === undefined) return;
  clearTimeout(state.later);
  state.later = undefined;
  state.tell();
}

/**
 * @param {State} state
 * @param {string} said
 */
function status(state, said) {
  find(state.root, ".status").textContent = said;
  find(state.root, ".status").classList.remove("refused");
}

/**
 * @param {State} state
 * @param {string} said
 */
function refuse(state, said) {
  status(state, said);
  find(state.root, ".status").classList.add("refused");
}

/**
 * @param {Element} input
 * @param {HTMLElement} holder
 * @param {string} said
 */
function wrong(input, holder, said) {
  holder.textContent = said;
  markWrong(input, said !== "");
}

/**
 * @param {State} state
 * @param {Point} point
 * @param {Point[]} [points]
 */
function about(state, point, points = state.points) {
  return {
    number: points.findIndex((one) => one.id === point.id) + 1,
    place: placeSaid(state, point),
    amount: withUnit(state, point.amount),
    total: total(state, points),
  };
}

/**
 * @param {State} state
 * @param {string} area
 * @param {number} x
 * @param {number} y
 */
function place(state, area, x, y) {
  const { words, most } = state.data;
  const { next } = state;
  const amount = amountIn(state, next.value);
  wrong(next, find(state.root, "#next-wrong"), amount ? "" : whyNot(state, next.value));
  if (!amount) {
    next.focus();
    next.select();
    return false;
  }
  if (state.points.length >= most) {
    refuse(state, say(words.full, { most }));
    return false;
  }
  const point = { id: nextId(state), area, ...rounded(state, x, y), amount, typed: "" };
  const points = [...state.points, point];
  change(state, points, point.id, say(words.placed, about(state, point, points)));
  return true;
}

/**
 * @param {State} state
 * @param {number} x
 * @param {number} y
 */
function rounded(state, x, y) {
  const share = (/** @type {number} */ value, /** @type {number} */ whole) => Math.round((Math.min(Math.max(value, 0), whole) / whole) * 10000) / 10000;
  return { x: share(x, state.size.width), y: share(y, state.size.height) };
}

/**
 * @param {State} state
 * @param {number} id
 * @param {Partial<Point>} parts
 * @param {Word} word
 * @param {{ slowly?: boolean }} [options]
 */
function replace(state, id, parts, word, options) {
  const points = state.points.map((point) => (point.id === id ? { ...point, ...parts } : point));
  const point = points.find((one) => one.id === id);
  if (!point) return;
  change(state, points, state.selected, say(state.data.words[word], about(state, point, points)), options);
}

/**
 * @param {State} state
 * @param {number} id
 */
function remove(state, id) {
  const at = state.points.findIndex((point) => point.id === id);
  if (at < 0) return;
  const points = state.points.filter((point) => point.id !== id);
  change(state, points, state.selected === id ? null : state.selected,
    say(state.data.words.removed, { number: at + 1, total: total(state, points) }));
}

/**
 * A moved point belongs to the place it comes to; a place that was chosen by hand stays while the point stays in its surroundings.
 * @param {State} state
 * @param {number} id
 * @param {number} x
 * @param {number} y
 * @param {{ slowly?: boolean }} [options]
 */
function move(state, id, x, y, options) {
  const point = state.points.find((one) => one.id === id);
  if (!point) return;
  const from = inUnits(state, point);
  const to = rounded(state, x, y);
  const found = placeAt(state.places, to.x * state.size.width, to.y * state.size.height);
  if (!found) return refuse(state, state.data.words.nowhere);
  const before = placeAt(state.places, from.x, from.y);
  const area = before?.area === found.area ? point.area : found.area;
  replace(state, id, { ...to, area }, "moved", options);
}

/**
 * @param {State} state
 * @param {number} id
 * @param {number} across
 * @param {number} down
 * @param {boolean} far
 */
function nudge(state, id, across, down, far) {
  const point = state.points.find((one) => one.id === id);
  if (!point) return;
  const from = inUnits(state, point);
  const step = far ? 5 * STEP : STEP;
  move(state, id, from.x + across * step, from.y + down * step, { slowly: true });
}

/**
 * An amount that is none is told, too: nobody signs over what is typed and not kept. An empty field is the amount as it was.
 * @param {State} state
 * @param {number} id
 * @param {HTMLInputElement} input
 */
function enter(state, id, input) {
  const point = state.points.find((one) => one.id === id);
  if (!point) return;
  const text = input.value.trim();
  const amount = amountIn(state, text);
  const typed = amount ? "" : text;
  if (amount && amount !== point.amount) return replace(state, id, { amount, typed }, "changed");
  input.value = typed || written(state, point.amount);
  if (typed === point.typed) return;
  state.points = state.points.map((one) => (one.id === id ? { ...one, typed } : one));
  noted(state, typed ? "" : find(state.root, ".status").textContent, false);
}

/**
 * An amount in its field: what was typed and is none stands there with its complaint; what is being typed is left alone.
 * @param {State} state
 * @param {Field} kept
 * @param {HTMLElement} complaint
 * @param {Point} point
 */
function paintAmount(state, kept, complaint, point) {
  const now = `${point.id} ${point.amount} ${point.typed}`;
  if (kept.shown === now) return;
  kept.shown = now;
  kept.input.value = point.typed || written(state, point.amount);
  const still = say(state.data.words.keptOld, { amount: withUnit(state, point.amount) });
  wrong(kept.input, complaint, point.typed ? `${whyNot(state, point.typed)}. ${still}` : "");
}

/**
 * @param {State} state
 * @param {number | null} id
 * @param {{ focus?: boolean }} [options]
 */
function select(state, id, { focus = false } = {}) {
  state.selected = id;
  paint(state);
  caption(state);
  const point = state.points.find((one) => one.id === id);
  if (focus && point) state.marks.get(point.id)?.focus({ preventScroll: true });
}

/** @param {State} state */
function words(state) {
  const { root, data } = state;
  const said = data.words;
  find(root, ".bar label").textContent = said.next;
  find(root, "#next-hint").textContent = said.hint;
  find(root, ".undo").textContent = said.undo;
  find(root, ".marks").setAttribute("aria-label", said.marks);
  const [right, left] = find(root, ".sides").children;
  right.textContent = said.patientsRight;
  left.textContent = said.patientsLeft;
}

/**
 * Where on the drawing something happened.
 * @param {State} state
 * @param {MouseEvent} event
 * @returns {[number, number]}
 */
function spotOf(state, event) {
  const box = state.svg.getBoundingClientRect();
  return [((event.clientX - box.left) / box.width) * state.size.width, ((event.clientY - box.top) / box.height) * state.size.height];
}

/**
 * @param {State} state
 * @param {import("./places.js").Place | null} found
 */
function light(state, found) {
  for (const one of state.places) one.group.classList.toggle("pointed", one === found);
}

/**
 * Taps on the face, and points that are tapped, dragged or moved by keys.
 * @param {State} state
 */
function watchStage(state) {
  const { svg } = state;
  const under = find(state.root, ".under");
  svg.onclick = (event) => {
    const [x, y] = spotOf(state, event);
    const found = placeAt(state.places, x, y);
    if (!found) refuse(state, state.data.words.nowhere);
    else place(state, found.area, x, y);
  };
  svg.onpointermove = (event) => {
    if (event.pointerType === "touch") return;
    const [x, y] = spotOf(state, event);
    const found = placeAt(state.places, x, y);
    light(state, found);
    under.textContent = found ? placeSaid(state, { area: found.area, x: x / state.size.width }) : "";
  };
  svg.onpointerleave = () => { light(state, null); caption(state); };
}

/**
 * @param {State} state
 * @param {number} id
 */
function mark(state, id) {
  const element = button("mark", "");
  element.append(symbol(state.data.product, ""));
  element.onpointerdown = (event) => {
    if (event.button !== 0) return;
    state.drag = { id, from: [event.clientX, event.clientY], moved: false, to: null };
    element.setPointerCapture(event.pointerId);
  };
  element.onpointermove = (event) => {
    const { drag } = state;
    if (!drag || drag.id !== id) return;
    const far = Math.hypot(event.clientX - drag.from[0], event.clientY - drag.from[1]);
    if (!drag.moved && far < (event.pointerType === "mouse" ? 4 : 8)) return;
    drag.moved = true;
    const [x, y] = spotOf(state, event);
    const to = rounded(state, x, y);
    put(element, to);
    const found = placeAt(state.places, to.x * state.size.width, to.y * state.size.height);
    light(state, found);
    find(state.root, ".under").textContent = found ? placeSaid(state, { ...to, area: found.area }) : "";
    drag.to = [x, y];
  };
  element.onpointerup = () => {
    const { drag } = state;
    state.drag = null;
    if (!drag?.to) return;
    state.dragged = true; // the click that follows is the end of the drag
    setTimeout(() => (state.dragged = false));
    light(state, null);
    state.selected = id;
    move(state, id, ...drag.to);
    paint(state); // back to where it was, if it could not stay there
  };
  element.onpointercancel = element.onlostpointercapture = () => {
    const cancelled = state.drag?.id === id;
    if (cancelled) state.drag = null;
    if (cancelled) paint(state);
  };
  element.onclick = () => { if (!state.dragged) select(state, id, { focus: true }); };
  element.onkeydown = (event) => keys(state, id, event);
  return element;
}

/**
 * @param {State} state
 * @param {number} id
 * @param {KeyboardEvent} event
 */
function keys(state, id, event) {
  const [across, down] = ARROWS[event.key] ?? [0, 0];
  const at = state.points.findIndex((point) => point.id === id);
  /** @type {Record<string, number>} */
  const goes = { PageUp: at - 1, PageDown: at + 1, Home: 0, End: state.points.length - 1 };
  const to = goes[event.key];
  if (across || down) {
    state.selected = id;
    nudge(state, id, across, down, event.shiftKey);
  } else if (event.key === "Delete" || event.key === "Backspace") {
    removeAndStay(state, id, (one) => state.marks.get(one));
  } else if (to !== undefined) {
    const next = state.points[Math.min(Math.max(to, 0), state.points.length - 1)];
    select(state, next.id, { focus: true });
  } else if (event.key === "Escape") {
    select(state, null);
  } else return;
  event.preventDefault();
}

/**
 * The focus goes on to the point that follows, or to the amount where none is left.
 * @param {State} state
 * @param {number} id
 * @param {(id: number) => HTMLElement | undefined} control
 */
function removeAndStay(state, id, control) {
  const at = state.points.findIndex((point) => point.id === id);
  remove(state, id);
  const next = state.points[Math.min(at, state.points.length - 1)];
  ((next && control(next.id)) ?? state.next).focus({ preventScroll: true });
}

/**
 * @param {HTMLElement} element
 * @param {import("./places.js").Spot} point
 */
function put(element, point) {
  element.style.left = `${point.x * 100}%`;
  element.style.top = `${point.y * 100}%`;
}

/**
 * @param {Product} product
 * @param {string} text
 */
function symbol(product, text) {
  const holder = make("span", "symbol");
  holder.style.setProperty("--product", product.colour);
  holder.innerHTML = `<svg viewBox="-15 -15 30 30" aria-hidden="true">${SHAPES[product.shape]}<text y="4.6" text-anchor="middle"></text></svg>`;
  find(holder, "text").textContent = text;
  return holder;
}

/**
 * The selected point: its amount, its place, and buttons that do what dragging does.
 * @param {Data} data
 * @returns {Panel}
 */
function panel(data) {
  const said = data.words;
  const title = make("p", "title");
  title.id = "panel-title";
  const input = amountInput("of-selected");
  const areas = make("select");
  areas.append(...data.areas.map((area) => new Option(area.label, area.id)));
  const complaint = make("p", "wrong");
  complaint.id = "selected-wrong";
  complaint.setAttribute("role", "alert");
  input.setAttribute("aria-describedby", complaint.id);
  return { title, input, areas, complaint, away: button("remove", said.remove), shown: null };
}

/** @param {State} state */
function watchPanel(state) {
  const said = state.data.words;
  const { title, input, areas, complaint, away } = state.panel;
  const amount = make("label", "field", said.amount);
  const unit = make("span", "with-unit");
  unit.append(input, make("span", "unit"));
  amount.append(unit);
  const choice = make("label", "field", said.place);
  choice.append(areas);
  const pad = make("div", "pad");
  pad.setAttribute("role", "group");
  pad.setAttribute("aria-label", said.move);
  for (const [name, sign, across, down] of PAD) {
    const arrow = button("", sign);
    arrow.setAttribute("aria-label", said[name]);
    arrow.onclick = () => { if (state.selected !== null) nudge(state, state.selected, across, down, false); };
    pad.append(arrow);
  }
  away.onclick = () => {
    if (state.selected !== null) remove(state, state.selected);
    find(state.root, ".undo").focus({ preventScroll: true });
  };
  const close = button("plain", said.done);
  close.onclick = () => {
    const id = state.selected;
    select(state, null);
    if (id !== null) state.rows.get(id)?.show.focus({ preventScroll: true });
  };
  const actions = make("div", "actions");
  actions.append(away, close);
  const fields = make("div", "fields");
  fields.append(amount, choice);
  const moves = make("div", "moves");
  moves.append(make("span", "label", said.move), pad);
  find(state.root, ".panel").append(title, fields, complaint, moves, actions);
  input.onchange = () => { if (state.selected !== null) enter(state, state.selected, input); };
  areas.onchange = () => { if (state.selected !== null) replace(state, state.selected, { area: areas.value }, "changed"); };
}

/** @param {string} className */
function amountInput(className) {
  const input = make("input", className);
  input.inputMode = "decimal";
  input.autocomplete = "off";
  input.maxLength = 12;
  return input;
}

/**
 * A point without a tap: in the middle of a place, or beside the points that are there already.
 * @param {State} state
 */
function adding(state) {
  const said = state.data.words;
  const holder = find(state.root, ".adding");
  const label = make("label", "field", said.addAt);
  const choice = make("select");
  choice.append(new Option(said.choose, ""));
  for (const [region, ids] of Object.entries(state.data.regions)) {
    const group = make("optgroup");
    group.label = region;
    for (const found of ids.flatMap((id) => state.places.filter((one) => one.area === id))) {
      const label = state.labels.get(found.area) ?? found.area;
      if (found.sides < 2) group.append(new Option(label, found.area));
      else group.append(...SIDES.map((side) => new Option(`${label}, ${said[side]}`, `${found.area} ${side}`)));
    }
    if (group.children.length) choice.append(group);
  }
  label.append(choice);
  const add = button("", said.add);
  const hint = make("p", "hint", said.addHint);
  const complaint = make("p", "wrong");
  hint.id = "add-hint";
  complaint.id = "add-wrong";
  complaint.setAttribute("role", "alert");
  choice.setAttribute("aria-describedby", `${complaint.id} ${hint.id}`);
  choice.onchange = () => wrong(choice, complaint, "");
  add.onclick = () => {
    wrong(choice, complaint, choice.value ? "" : said.wrongPlace);
    if (!choice.value) return choice.focus();
    const [area, side] = choice.value.split(" ");
    const found = state.places.find((one) => one.area === area);
    if (!found) return;
    const spot = freeSpot(found, side, state.points.map((point) => inUnits(state, point)), state.size.middle);
    place(state, area, spot.x, spot.y);
  };
  const line = make("div", "line");
  line.append(label, add);
  holder.append(line, complaint, hint);
}

/** @param {State} state */
function paint(state) {
  const focused = focusedIn(state);
  inPlace(focused?.closest("tr"), () => paintParts(state, focused));
}

/** @param {State} state */
function focusedIn(state) {
  return /** @type {Document | ShadowRoot} */ (state.root.getRootNode()).activeElement;
}

/**
 * @param {State} state
 * @param {Element | null} focused
 */
function paintParts(state, focused) {
  const { data, points, root } = state;
  const said = data.words;
  if (!points.some((point) => point.id === state.selected)) state.selected = null;
  const problem = find(root, ".problem");
  problem.hidden = !data.problem;
  if (problem.textContent !== data.problem) problem.textContent = data.problem;
  state.svg.setAttribute("aria-label", say(said.drawing, { product: data.product.name }));
  const counted = points.length === 1 ? said.inOnePoint : say(said.inPoints, { number: points.length });
  const parts = [make("span", "", `${said.total} `), make("strong", "", total(state)), make("span", "", ` ${counted}`)];
  find(root, ".total").replaceChildren(...parts);
  const back = find(root, ".undo");
  back.hidden = !state.done.length;
  if (focused === back && !state.done.length) state.next.focus({ preventScroll: true });
  paintMarks(state);
  paintTable(state);
  paintPanel(state);
  paintBeside(state);
  paintOthers(state);
  for (const unit of root.querySelectorAll(".unit")) unit.textContent = data.unit[1];
}

/**
 * @param {Map<number, unknown>} map
 * @param {Point[]} points
 */
function keep(map, points) {
  const ids = new Set(points.map((point) => point.id));
  for (const id of [...map.keys()]) if (!ids.has(id)) map.delete(id);
}

/** @param {State} state */
function paintMarks(state) {
  keep(state.marks, state.points);
  const reachable = state.selected ?? state.points[0]?.id; // one stop for the Tab key, whichever it is
  const marks = state.points.map((point, at) => {
    const element = state.marks.get(point.id) ?? mark(state, point.id);
    state.marks.set(point.id, element);
    const said = about(state, point);
    put(element, point);
    find(element, "text").textContent = String(at + 1);
    element.classList.toggle("many", at >= 99);
    element.setAttribute("aria-label", `${say(state.data.words.point, said)}: ${said.place}, ${said.amount}`);
    element.setAttribute("aria-pressed", point.id === state.selected ? "true" : "false");
    element.tabIndex = point.id === reachable ? 0 : -1;
    return element;
  });
  fill(find(state.root, ".marks"), marks);
}

/**
 * @param {Data} data
 * @returns {Table}
 */
function table(data) {
  const said = data.words;
  const box = make("table");
  const head = make("tr");
  for (const name of COLUMNS) {
    const cell = make("th");
    cell.scope = "col";
    cell.append(make("span", name === "actions" ? "unseen" : "", said[name]));
    if (name === "amount") cell.append(" ", make("span", "unit"));
    head.append(cell);
  }
  const top = make("thead");
  top.append(head);
  const caption = make("caption");
  const body = make("tbody");
  box.append(caption, top, body);
  return { box, caption, body, empty: make("p", "hint", said.none) };
}

/** @param {State} state */
function paintTable(state) {
  const { data, points, table: kept } = state;
  keep(state.rows, points);
  kept.caption.textContent = say(data.words.table, { product: data.product.name });
  kept.box.hidden = !points.length;
  kept.empty.hidden = points.length > 0;
  fill(kept.body, points.map((point) => row(state, point)));
}

/**
 * @param {State} state
 * @param {Point} point
 * @returns {Row}
 */
function begunRow(state, point) {
  const kept = {
    box: make("tr"), show: button("show", ""), place: make("td", "place"), input: amountInput(""), wrong: make("p", "wrong"),
    away: button("remove", "×"), shown: null,
  };
  const number = make("th");
  number.scope = "row";
  kept.show.append(symbol(state.data.product, ""));
  number.append(kept.show);
  const amount = make("td");
  kept.wrong.id = `wrong-${point.id}`;
  kept.wrong.setAttribute("role", "alert");
  kept.input.setAttribute("aria-describedby", kept.wrong.id);
  amount.append(kept.input, kept.wrong);
  const actions = make("td");
  actions.append(kept.away);
  kept.box.append(number, kept.place, amount, actions);
  kept.show.onclick = () => select(state, point.id);
  kept.input.onchange = () => enter(state, point.id, kept.input);
  kept.away.onclick = () => removeAndStay(state, point.id, (id) => state.rows.get(id)?.away);
  return kept;
}

/**
 * @param {State} state
 * @param {Point} point
 */
function row(state, point) {
  const said = state.data.words;
  const kept = state.rows.get(point.id) ?? begunRow(state, point);
  state.rows.set(point.id, kept);
  const told = about(state, point);
  kept.box.classList.toggle("selected", point.id === state.selected);
  find(kept.show, "text").textContent = String(told.number);
  kept.show.setAttribute("aria-pressed", point.id === state.selected ? "true" : "false");
  kept.show.setAttribute("aria-label", say(said.show, told));
  const side = sideSaid(state, point);
  if (kept.place.dataset.said !== told.place) {
    kept.place.replaceChildren(make("span", "", state.labels.get(point.area) ?? point.area), ...(side ? [make("small", "", side)] : []));
    kept.place.dataset.said = told.place;
  }
  kept.input.setAttribute("aria-label", say(said.amountOf, told));
  kept.away.setAttribute("aria-label", say(said.removeOf, told));
  paintAmount(state, kept, kept.wrong, point);
  return kept.box;
}

/** @param {State} state */
function paintPanel(state) {
  const { panel: kept, data } = state;
  const said = data.words;
  const point = state.points.find((one) => one.id === state.selected);
  find(state.root, ".panel").hidden = !point;
  if (!point) return;
  const told = about(state, point);
  kept.title.textContent = `${say(said.point, told)}: ${told.place}`;
  kept.input.setAttribute("aria-label", say(said.amountOf, told));
  kept.areas.setAttribute("aria-label", say(said.placeOf, told));
  kept.areas.value = point.area;
  kept.away.setAttribute("aria-label", say(said.removeOf, told));
  paintAmount(state, kept, kept.complaint, point);
}

/**
 * Points beside a place that is agreed on, in places that it reaches: one press for each such place counts them to it.
 * @param {State} state
 */
function paintBeside(state) {
  const { words, beside } = state.data;
  const { root } = state;
  /** @type {Map<string, number[]>} */
  const counted = new Map();
  for (const point of state.points) {
    const spot = inUnits(state, point);
    const near = Object.keys(beside).filter((area) => beside[area].includes(point.area) && farFrom(state.places, area, spot) < REACH);
    if (near.length) counted.set(near[0], [...(counted.get(near[0]) ?? []), point.id]);
  }
  const holder = find(root, ".beside");
  const shown = JSON.stringify([...counted].map(([area, ids]) => [area, labelOf(state, area), numbersOf(state, ids)]));
  if (holder.dataset.shown === shown) return;
  holder.dataset.shown = shown;
  const had = holder.contains(focusedIn(state));
  holder.replaceChildren(...[...counted].map(([area, ids]) => {
    const told = { numbers: numbersOf(state, ids), place: labelOf(state, area) };
    const press = button("", say(ids.length === 1 ? words.countOne : words.countSeveral, told));
    press.onclick = () => {
      const points = state.points.map((point) => (ids.includes(point.id) ? { ...point, area } : point));
      change(state, points, state.selected, say(words.counted, told));
    };
    return press;
  }));
  if (had) find(root, ".undo").focus({ preventScroll: true });
}

/**
 * @param {State} state
 * @param {string} area
 */
function labelOf(state, area) {
  return state.labels.get(area) ?? area;
}

/**
 * @param {State} state
 * @param {readonly number[]} ids
 */
function numbersOf(state, ids) {
  return state.points.flatMap((point, at) => (ids.includes(point.id) ? [at + 1] : [])).join(", ");
}

/** @param {State} state */
function paintOthers(state) {
  const { data, root } = state;
  const shown = JSON.stringify([data.product, data.others, data.proposed]);
  if (state.shownOthers === shown) return;
  state.shownOthers = shown;
  const drawn = (/** @type {Told} */ point, /** @type {HTMLElement} */ one) => { put(one, point); return one; };
  find(root, ".others").replaceChildren(
    ...data.proposed.map((point) => {
      const one = drawn(point, symbol(data.product, written(state, point.amount)));
      one.classList.add("proposed");
      return one;
    }),
    ...data.others.flatMap((other) =>
      other.points.map((point) => drawn(point, symbol(other, other.letter)))
    )
  );
  const entry = (/** @type {Product} */ product, /** @type {string} */ note) => {
    const line = make("p");
    line.append(symbol(product, product.letter), make("span", "", product.name), make("small", "", note));
    return line;
  };
  const counted = (/** @type {number} */ number) => (number === 1 ? data.words.inOnePoint : say(data.words.inPoints, { number }));
  const edited = entry(data.product, data.words.edited);
  edited.className = "edited";
  const proposed = data.proposed.length ? [entry(data.product, data.words.proposed)] : [];
  find(root, ".legend").replaceChildren(edited, ...proposed, ...data.others.map((other) => entry(other, counted(other.points.length))));
}
