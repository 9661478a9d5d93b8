// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import "../shared/testing.js";
import { freeSpot, placeAt, readPlaces, sideOf } from "./places.js";

/**
 * A place that is a box.
 * @param {string} area
 * @param {number} sides
 * @param {[number, number, number, number]} box
 */
function place(area, sides, [left, top, width, height]) {
  const isPointInFill = (/** @type {{ x: number, y: number }} */ { x, y }) => x >= left && x <= left + width && y >= top && y <= top + height;
  const shape = /** @type {any} */ ({ isPointInFill, getBBox: () => ({ x: left, y: top, width, height }) });
  const outline = [];
  for (let step = 0; step <= 20; step++) {
    const [x, y] = [left + (width * step) / 20, top + (height * step) / 20];
    outline.push({ x, y: top }, { x, y: top + height }, { x: left, y }, { x: left + width, y });
  }
  return { area, sides, group: shape, path: shape, hit: shape, outline };
}

const lips = place("lips", 1, [80, 100, 40, 20]);
const cheeks = place("cheeks", 2, [20, 60, 160, 30]);
const neck = place("neck", 0, [0, 300, 200, 40]);
const places = [lips, cheeks, neck];

test("a tap counts for the place that it is in, else for the nearest within reach", () => {
  assert.equal(placeAt(places, 100, 110)?.area, "lips");
  assert.equal(placeAt(places, 100, 125)?.area, "lips");
  assert.equal(placeAt(places, 100, 95)?.area, "lips");
  assert.equal(placeAt(places, 100, 93)?.area, "cheeks");
  assert.equal(placeAt(places, 100, 200), null);
});

test("a picture below the face is hit or not", () => {
  assert.equal(placeAt(places, 100, 310)?.area, "neck");
  assert.equal(placeAt(places, 100, 295), null);
});

test("the patient looks out of the drawing", () => {
  assert.deepEqual([40, 97, 160].map((x) => sideOf(cheeks, x, 100)), ["right", "middle", "left"]);
  assert.equal(sideOf(neck, 40, 100), "");
  assert.equal(sideOf(undefined, 40, 100), "");
});

test("a point without a tap comes to the middle of its side, then where there is room", () => {
  const first = freeSpot(cheeks, "right", [], 100);
  assert.equal(sideOf(cheeks, first.x, 100), "right");
  assert.ok(Math.abs(first.y - 75) < 2);

  const second = freeSpot(cheeks, "right", [first], 100);
  assert.equal(sideOf(cheeks, second.x, 100), "right");
  assert.ok(Math.hypot(second.x - first.x, second.y - first.y) >= 18);
});

test("where a place is full, a point comes as far from the others as can be", () => {
  const spot = freeSpot(lips, "", [{ x: 80, y: 110 }, { x: 100, y: 110 }], 100);

  assert.ok(spot.x > 115, `${spot.x}`);
});

test("places that are not offered are taken off the drawing", () => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const area of ["lips", "neck"]) {
    svg.insertAdjacentHTML("beforeend", `<g class="place" data-area="${area}" data-sides="1"><path class="area"></path><path class="hit"></path></g>`);
  }
  for (const path of /** @type {NodeListOf<any>} */ (svg.querySelectorAll(".area"))) {
    Object.assign(path, { getTotalLength: () => 9, getPointAtLength: (/** @type {number} */ at) => ({ x: at, y: 0 }) });
  }

  const [found] = readPlaces(svg, new Set(["lips"]));

  assert.deepEqual([found.area, found.sides, found.outline.map(({ x }) => x)], ["lips", 1, [0, 3, 6]]);
  assert.equal(svg.querySelectorAll(".place").length, 1);
});
