// @ts-check
// A pad to sign on. The drawing is kept here, in the units of the pad, and sent whole with a number after each stroke; a rerun
// during a stroke changes nothing. Points are thinned out, so that even a scribble is a small document.
import { find, say } from "../shared/elements.js";
import { stateOf } from "../shared/state.js";

/**
 * @typedef {[number, number]} Spot
 * @typedef {Record<"hint" | "keys" | "down" | "empty" | "signed" | "small" | "clear" | "cleared" | "pad" | "problem", string>} Words
 * @typedef {{ count: number, path: string, problem: boolean, smallest: number, words: Words }} Data
 * @typedef {{
 *   root: HTMLElement, svg: SVGSVGElement, width: number, height: number, ink: Element, strokes: Spot[][], stroke: Spot[] | null,
 *   pointer: number | null, count: number, cleared: boolean, frame: number | null, at: Spot, data: Data, tell: () => void,
 * }} State
 */

const states = stateOf(begin);
const LONGEST = 190000;
const NEAR = 1.2; // points closer than this to the one before are not noted
const OFF = 0.35; // how far a line may leave the points that it stands for
/** @type {Record<string, Spot>} */
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const FAR = 8; // how far a key moves the pen; with Shift a quarter of it

/** @param {import("@streamlit/component-v2-lib").FrontendRendererArgs<{ drawn: { count: number, path: string } }, Data>} told */
export default function ({ data, parentElement, setStateValue }) {
  const state = states(parentElement, data);
  state.data = data;
  state.tell = () => setStateValue("drawn", { count: state.count, path: large(state) ? written(state) : "" });
  if (!state.stroke) settle(state);
}

/**
 * @param {HTMLElement | ShadowRoot} parentElement
 * @param {Data} data
 */
function begin(parentElement, data) {
  const root = find(parentElement, ".signature");
  const svg = /** @type {SVGSVGElement} */ (root.querySelector("svg"));
  const { width, height } = svg.viewBox.baseVal;
  /** @type {State} */
  const state = {
    root, svg, width, height, ink: find(root, ".ink"), strokes: [], stroke: null, pointer: null, count: -1, cleared: false, frame: null,
    at: [60, height / 2], data, tell: () => {},
  };
  svg.onpointerdown = (event) => {
    if (state.pointer !== null || event.button !== 0) return; // the palm beside the pen does not sign
    event.preventDefault();
    state.pointer = event.pointerId;
    svg.setPointerCapture(event.pointerId);
    state.stroke = [];
    state.strokes.push(state.stroke);
    add(state, event);
    draw(state);
  };
  svg.onpointermove = (event) => {
    if (event.pointerId !== state.pointer) return;
    const between = event.getCoalescedEvents?.() ?? [];
    for (const one of between.length ? between : [event]) add(state, one);
    state.frame ??= requestAnimationFrame(() => draw(state));
  };
  svg.onpointerup = svg.onpointercancel = svg.onlostpointercapture = (event) => {
    if (event.pointerId !== state.pointer) return;
    state.pointer = null;
    end(state);
  };
  svg.onkeydown = (event) => {
    const step = STEPS[event.key];
    if (state.pointer !== null || (!step && event.key !== " " && event.key !== "Enter")) return;
    event.preventDefault();
    if (step) move(state, step, event.shiftKey ? FAR / 4 : FAR);
    else if (!state.stroke) put(state);
    else end(state);
    pen(state);
  };
  svg.onfocus = () => pen(state);
  svg.onblur = () => {
    if (state.stroke && state.pointer === null) end(state);
    pen(state);
  };
  find(root, ".clear").onclick = () => {
    state.strokes = [];
    changed(state, true);
  };
  return state;
}

/** @param {State} state */
function settle(state) {
  const { data, root } = state;
  if (data.count >= state.count) {
    const unfinished = state.strokes.length && !large(state); // too small to be told, and still to be seen
    if (!unfinished && data.path !== written(state)) state.strokes = read(data.path);
    state.count = data.count;
  }
  find(root, ".hint").textContent = `${data.words.hint} ${data.words.keys}`;
  find(root, ".clear").textContent = data.words.clear;
  show(state);
}

/**
 * The pen that the keys move: put down, moved and lifted, it draws as a finger does.
 * @param {State} state
 */
function put(state) {
  state.stroke = [state.at];
  state.strokes.push(state.stroke);
  draw(state);
}

/**
 * @param {State} state
 * @param {Spot} direction
 * @param {number} far
 */
function move(state, [across, down], far) {
  state.at = [within(state.at[0] + across * far, state.width), within(state.at[1] + down * far, state.height)];
  if (!state.stroke) return;
  state.stroke.push(state.at);
  draw(state);
}

/**
 * @param {number} value
 * @param {number} most
 */
function within(value, most) {
  return Math.round(Math.min(Math.max(value, 0), most) * 10) / 10;
}

/** @param {State} state */
function pen(state) {
  const mark = find(state.root, ".pen");
  mark.setAttribute("transform", `translate(${state.at.join(" ")})`);
  mark.classList.toggle("down", state.stroke !== null);
  if (state.stroke) find(state.root, ".state").textContent = state.data.words.down;
}

/**
 * @param {State} state
 * @param {PointerEvent} event
 */
function add(state, event) {
  if (!state.stroke) return;
  const box = state.svg.getBoundingClientRect();
  const x = within(((event.clientX - box.left) / box.width) * state.width, state.width);
  const y = within(((event.clientY - box.top) / box.height) * state.height, state.height);
  const last = state.stroke.at(-1);
  if (!last || Math.hypot(x - last[0], y - last[1]) >= NEAR) state.stroke.push([x, y]);
}

/** @param {State} state */
function end(state) {
  const thinned = thin(state.stroke ?? [], OFF);
  state.strokes[state.strokes.length - 1] = thinned;
  state.stroke = null;
  while (written(state).length > LONGEST) {
    const long = state.strokes.some((stroke) => stroke.length > 2);
    state.strokes = long ? state.strokes.map(halved) : state.strokes.slice(0, -1);
  }
  changed(state, false);
}

/**
 * @param {State} state
 * @param {boolean} cleared
 */
function changed(state, cleared) {
  state.count = Math.max(state.count, 0) + 1;
  state.cleared = cleared;
  state.tell();
  show(state);
}

/**
 * Douglas and Peucker: of a stroke only the points without which it would look different. Without recursion: strokes can be long.
 * @param {Spot[]} stroke
 * @param {number} off
 */
function thin(stroke, off) {
  const keep = new Set([0, stroke.length - 1]);
  /** @type {Spot[]} */
  const open = [[0, stroke.length - 1]];
  while (open.length) {
    const [from, to] = /** @type {Spot} */ (open.pop());
    const [ax, ay] = stroke[from];
    const [bx, by] = stroke[to];
    const long = Math.hypot(bx - ax, by - ay);
    let farthest = 0;
    let at = -1;
    for (let i = from + 1; i < to; i++) {
      const [x, y] = stroke[i];
      const far = long ? Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / long : Math.hypot(x - ax, y - ay);
      if (far > farthest) [farthest, at] = [far, i];
    }
    if (farthest > off) {
      keep.add(at);
      open.push([from, at], [at, to]);
    }
  }
  return stroke.filter((_, place) => keep.has(place));
}

/** @param {Spot[]} stroke */
function halved(stroke) {
  return stroke.filter((_, place) => place % 2 === 0 || place === stroke.length - 1);
}

/** @param {State} state */
function written(state) {
  return state.strokes
    .map((stroke) => {
      const points = stroke.length > 1 ? stroke : [stroke[0], stroke[0]]; // a dot over an i
      return `M ${points.map(([x, y]) => `${x} ${y}`).join(" L ")}`;
    })
    .join(" ");
}

/**
 * @param {string} path
 * @returns {Spot[][]}
 */
function read(path) {
  return path.split("M").slice(1).map((stroke) => stroke.split("L").map((point) => /** @type {Spot} */ (point.trim().split(" ").map(Number))));
}

/** @param {State} state */
function large(state) {
  const points = state.strokes.flat();
  const span = (/** @type {0 | 1} */ at) => points.reduce((most, one) => Math.max(most, one[at]), -Infinity) - points.reduce((least, one) => Math.min(least, one[at]), Infinity);
  return points.length > 1 && Math.max(span(0), span(1)) >= state.data.smallest;
}

/** @param {State} state */
function draw(state) {
  state.frame = null;
  state.ink.setAttribute("d", written(state));
}

/** @param {State} state */
function show(state) {
  const { root, data } = state;
  const said = data.words;
  draw(state);
  const signed = large(state);
  const now = signed ? said.signed : state.cleared ? said.cleared : said.empty;
  root.classList.toggle("signed", signed);
  find(root, ".state").textContent = now;
  find(root, ".clear").hidden = !state.strokes.length && !state.cleared;
  find(root, ".problem").textContent = data.problem && data.count >= state.count ? said.problem : state.strokes.length && !signed ? said.small : "";
  state.svg.setAttribute("aria-label", say(said.pad, { state: now }));
}
