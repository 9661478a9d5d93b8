// @ts-check
// The face to point at and the list: two views of one choice, kept here and sent to the server after each change.
import { find, make } from "../shared/elements.js";
import { stateOf } from "../shared/state.js";

/**
 * @typedef {{ id: string, label: string, hint: string }} Area
 * @typedef {{ id: string, label: string, colour: string }} Tone
 * @typedef {Record<"chosen" | "nothing" | "list" | "drawing" | "skip" | "tone", string>} Words
 * @typedef {{ chosen: string[], dense: boolean, count: number, areas: Area[], regions: Record<string, string[]>, tone: string, tones: Tone[], words: Words }} Data
 * @typedef {{ chosen: Set<string>, count: number, tone: string }} State
 */

const states = stateOf(begin);

/** @param {import("@streamlit/component-v2-lib").FrontendRendererArgs<{ choice: { places: string[], count: number, tone: string } }, Data>} told */
export default function ({ data, parentElement, setStateValue }) {
  const state = states(parentElement, data);
  if (data.count >= state.count) {
    state.chosen = new Set(data.chosen);
    state.count = data.count;
    state.tone = data.tone;
  } // an older answer than the last click here: keep what was clicked

  const shapes = shapesOf(parentElement);
  const boxes = boxesOf(parentElement);
  const tones = tonesOf(parentElement);
  const tell = () => {
    state.count += 1;
    paint();
    setStateValue("choice", { places: [...state.chosen], count: state.count, tone: state.tone });
  };
  const toggle = (/** @type {string} */ area) => {
    if (!state.chosen.delete(area)) state.chosen.add(area);
    tell();
  };
  const paint = () => {
    find(parentElement, ".picker").dataset.tone = state.tone;
    for (const one of tones) one.checked = one.value === state.tone;
    const named = data.tones.find(({ id }) => id === state.tone)?.label ?? "";
    find(parentElement, ".tones legend").textContent = `${data.words.tone}: ${named}`;
    for (const [area, shape] of shapes) shape.setAttribute("aria-checked", state.chosen.has(area) ? "true" : "false");
    for (const box of boxes) box.checked = state.chosen.has(box.value);
    const names = data.areas.filter((area) => state.chosen.has(area.id)).map((area) => area.label);
    find(parentElement, ".chosen").textContent = names.length ? `${data.words.chosen}: ${names.join(", ")}` : data.words.nothing;
  };
  for (const inset of insetsOf(parentElement)) inset.onclick = () => toggle(inset.dataset.inset ?? "");
  const name = find(parentElement, ".name");
  for (const [area, shape] of shapes) {
    const label = labelOf(data, area);
    shape.onclick = () => toggle(area);
    shape.onkeydown = (event) => {
      if (event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      toggle(area);
    };
    shape.onpointerenter = shape.onfocus = () => { name.textContent = label; };
    shape.onpointerleave = shape.onblur = () => { name.textContent = ""; };
  }
  for (const box of boxes) {
    box.onchange = () => toggle(box.value);
    const line = /** @type {HTMLElement} */ (box.closest("label"));
    line.onpointerenter = () => shapes.get(box.value)?.classList.add("pointed");
    line.onpointerleave = () => shapes.get(box.value)?.classList.remove("pointed");
  }
  for (const one of tones) {
    one.onchange = () => {
      state.tone = one.value;
      tell();
    };
  }
  paint();
}

/** @type {(root: ParentNode) => Map<string, SVGElement>} */
function shapesOf(root) {
  const found = /** @type {NodeListOf<SVGElement>} */ (root.querySelectorAll("[data-area]"));
  return new Map([...found].map((shape) => [shape.dataset.area ?? "", shape]));
}

/** @type {(root: ParentNode) => NodeListOf<HTMLElement>} */
function insetsOf(root) {
  return root.querySelectorAll("[data-inset]");
}

/** @type {(root: ParentNode) => NodeListOf<HTMLInputElement>} */
function boxesOf(root) {
  return root.querySelectorAll(".regions input");
}

/** @type {(root: ParentNode) => NodeListOf<HTMLInputElement>} */
function tonesOf(root) {
  return root.querySelectorAll(".tones input");
}

/** @type {(data: Data, area: string) => string} */
function labelOf(data, area) {
  return data.areas.find(({ id }) => id === area)?.label ?? area;
}

/** @type {(root: HTMLElement | ShadowRoot, data: Data) => State} */
function begin(root, data) {
  find(root, ".picker").classList.toggle("dense", data.dense);
  for (const [area, shape] of shapesOf(root)) shape.setAttribute("aria-label", labelOf(data, area));
  for (const inset of insetsOf(root)) inset.textContent = labelOf(data, inset.dataset.inset ?? "");
  find(root, "svg").setAttribute("aria-label", data.words.drawing);
  find(root, ".tones").append(...data.tones.map(swatch));
  const skip = find(root, ".skip");
  skip.textContent = data.words.skip;
  const details = find(root, "details");
  find(details, "summary").textContent = data.words.list;
  details.open = find(root, ".picker").clientWidth > 560;
  skip.onclick = () => {
    details.open = true;
    find(details, "input").focus();
  };
  find(details, ".regions").replaceChildren(
    ...Object.entries(data.regions).map(([region, ids]) => {
      const group = make("fieldset");
      group.append(make("legend", "", region), ...ids.flatMap((id) => data.areas.filter((area) => area.id === id).map(row)));
      return group;
    })
  );
  return { chosen: new Set(data.chosen), count: data.count, tone: data.tone };
}

/** @type {(tone: Tone) => HTMLElement} */
function swatch(tone) {
  const one = make("input");
  Object.assign(one, { type: "radio", name: "tone", value: tone.id, title: tone.label });
  one.setAttribute("aria-label", tone.label);
  one.style.setProperty("--swatch", tone.colour);
  return one;
}

/** @type {(area: Area) => HTMLElement} */
function row(area) {
  const label = make("label");
  const box = make("input");
  box.type = "checkbox";
  box.value = area.id;
  const text = make("span", "", area.label);
  if (area.hint) text.append(make("small", "", area.hint));
  label.append(box, text);
  return label;
}
