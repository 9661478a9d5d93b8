// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { after, mounted, press, type } from "../shared/testing.js";
import injectionChart from "./injection_chart.js";

const html = `<div class="chart"><p class="problem" hidden></p><div class="bar"><label></label><input id="next"><span class="unit"></span>
  <p class="total"></p><p class="wrong" id="next-wrong"></p><p class="hint" id="next-hint"></p></div>
  <div class="sides"><span></span><span></span></div><svg><g class="place" data-area="lips" data-sides="1"><path class="area"/>
  <path class="hit"/></g></svg><div class="others"></div><div class="marks"></div><p class="under"></p><button class="undo"></button>
  <p class="status"></p><div class="beside"></div><div class="legend"></div><div class="panel" hidden></div><div class="adding"></div><div class="list"></div></div>`;
const words = new Proxy({}, { get: (_, name) => ({ removed: "{number} gone, {total}", countSeveral: "{numbers} to {place}" })[String(name)] ?? String(name) });
const product = { letter: "A", name: "Toxin", shape: 0, colour: "#000" };
const data = {
  count: 0, problem: "", points: [], typed: [], unit: ["unit", "units"], most: 3, decimal: ".", product, others: [], proposed: [], beside: {},
  areas: [{ id: "lips", label: "Lips" }], regions: { Mouth: ["lips"] }, words,
};
const point = (/** @type {string} */ amount, x = 0.5) => ({ area: "lips", x, y: 0.5, amount });

/** @param {object} [more] */
function begun(more = {}) {
  const chart = mounted(injectionChart, html);
  const svg = chart.find("svg");
  Object.defineProperty(svg, "viewBox", { value: { baseVal: { width: 200, height: 200 } } });
  svg.getBoundingClientRect = () => ({ left: 0, top: 0, width: 200, height: 200 });
  for (const path of chart.all("path")) {
    const within = (/** @type {DOMPoint} */ { x, y }) => x > 50 && x < 150 && y > 50 && y < 150;
    const outline = { getTotalLength: () => 3, getPointAtLength: () => ({ x: 50, y: 50 }) };
    Object.assign(path, { isPointInFill: within, getBBox: () => ({ x: 50, y: 50, width: 100, height: 100 }), ...outline });
  }
  chart.show({ ...data, ...more });
  /** @type {(x: number, y: number) => void} */
  const tap = (clientX, clientY) => svg.onclick({ clientX, clientY });
  const last = () => chart.told.at(-1)?.value;
  return { ...chart, tap, last };
}

test("a tap notes a point of the amount that stands in the field", () => {
  const chart = begun();

  type(chart.find("#next"), "2.5");
  chart.tap(100, 60);

  assert.deepEqual(chart.last(), { count: 1, points: [{ area: "lips", x: 0.5, y: 0.3, amount: "2.5" }], typed: [] });
  assert.equal(chart.text(".total strong"), "2.5 units");
});

test("without an amount, or beside every place, nothing is noted", () => {
  const chart = begun();

  chart.tap(100, 60);
  assert.equal(chart.text("#next-wrong"), "wrongAmount");
  type(chart.find("#next"), "1");
  chart.tap(199, 199);

  assert.deepEqual([chart.told, chart.text(".status")], [[], "nowhere"]);
});

test("amounts are added up as they are written", () => {
  const chart = begun({ points: [point("0.1"), point("0.2"), point("0.003")] });

  assert.equal(chart.text(".total strong"), "0.303 units");
});

for (const [typed, decimal, amount] of /** @type {const} */ ([
  ["0,5", ",", "0.5"], ["0.5", ",", "0.5"], ["1.000", ",", null], ["1.000", ".", "1"], ["1000", ".", "1000"], ["1000.1", ".", null],
  ["0", ".", null], ["-1", ".", null], ["1e3", ".", null], [".5", ".", "0.5"], ["1.2345", ".", null],
])) {
  test(`"${typed}" where the decimal mark is "${decimal}" is ${amount ?? "no amount"}`, () => {
    const chart = begun({ decimal });

    type(chart.find("#next"), typed);
    chart.tap(100, 60);

    assert.equal(chart.last()?.points[0].amount ?? null, amount);
  });
}

test("there are at most so many points", () => {
  const chart = begun({ points: [point("1"), point("1"), point("1")] });

  type(chart.find("#next"), "1");
  chart.tap(100, 60);

  assert.deepEqual([chart.told.length, chart.text(".status")], [0, "full"]);
});

test("a point is removed by a key, and had back", () => {
  const chart = begun({ points: [point("1", 0.4), point("2", 0.6)] });

  press(chart.all(".mark")[0], "Delete");
  assert.deepEqual(chart.last().points, [point("2", 0.6)]);
  assert.equal(chart.text(".status"), "1 gone, 2 units");

  chart.find(".undo").click();
  assert.deepEqual(chart.last().points, [point("1", 0.4), point("2", 0.6)]);
  assert.equal(chart.last().count, 2);
});

test("an arrow key held down is one message, and its last step is told before the focus goes", async () => {
  const chart = begun({ points: [point("1")] });

  for (let step = 0; step < 5; step++) press(chart.find(".mark"), "ArrowRight");
  assert.equal(chart.told.length, 0);
  chart.find(".chart").dispatchEvent(new Event("focusout"));

  assert.deepEqual(chart.told.map(({ value }) => value.points), [[point("1", 0.55)]]);
  await after(210);
  assert.equal(chart.told.length, 1);
});

test("what is typed for a point and is no amount is told, and the old amount stays", () => {
  const chart = begun({ points: [point("1")] });

  type(chart.find("tbody input"), "x");

  assert.deepEqual(chart.last(), { count: 1, points: [point("1")], typed: [[1, "x"]] });
  assert.equal(chart.text("tbody .wrong"), "wrongAmount. keptOld");
});

test("an answer that is older than the last change is not taken over", () => {
  const chart = begun();
  type(chart.find("#next"), "1");
  chart.tap(100, 60);

  chart.show(data);
  assert.equal(chart.all(".mark").length, 1);
  chart.show({ ...data, count: 1 });
  assert.equal(chart.all(".mark").length, 0);
});

test("points close to a place, in places that it reaches, are counted to it in one press, which can be undone", () => {
  const near = (/** @type {number} */ x) => ({ area: "chin", x, y: 0.25, amount: "4" });
  const far = { area: "chin", x: 0.9, y: 0.9, amount: "4" };
  const areas = [{ id: "lips", label: "Lips" }, { id: "chin", label: "Chin (not agreed)" }, { id: "nose", label: "Nose" }];
  const chart = begun({ areas, points: [near(0.3), far, near(0.25), { ...near(0.2), area: "nose" }], beside: { lips: ["chin"] } });
  const offered = () => chart.all(".beside button").map((one) => one.textContent);

  assert.deepEqual(offered(), ["1, 3 to Lips"]);
  chart.find(".beside button").click();

  assert.deepEqual(chart.last().points.map((/** @type {{ area: string }} */ one) => one.area), ["lips", "chin", "lips", "nose"]);
  assert.deepEqual(offered(), []);
  assert.equal(chart.text(".status"), "counted");
  chart.find(".undo").click();
  assert.deepEqual(offered(), ["1, 3 to Lips"]);
});

test("what is proposed is drawn with its amounts and is not told", () => {
  const chart = begun({ proposed: [point("4"), point("2.5")] });

  assert.deepEqual(chart.all(".others .proposed").map((one) => one.textContent), ["4", "2.5"]);
  assert.equal(chart.text(".total strong"), "0 units");
  assert.deepEqual([chart.told, chart.all(".mark")], [[], []]);
});
