// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { mounted, press } from "../shared/testing.js";
import signaturePad from "./signature_pad.js";
import signatureShown from "./signature_shown.js";

const html =
  '<div class="signature"><p class="hint"></p><svg viewBox="0 0 600 240"><path class="ink"/><circle class="pen"/></svg>' +
  '<p class="problem"></p><p class="state"></p><button class="clear"></button></div>';
const words = {
  hint: "Sign here.", keys: "Or with keys.", down: "The pen is down", empty: "Not signed yet", signed: "Signed", small: "Too small",
  clear: "Clear", cleared: "Cleared", pad: "Box: {state}", problem: "It could not be taken",
};
const data = { count: 0, path: "", problem: false, smallest: 40, words };

function begun() {
  const pad = mounted(signaturePad, html);
  const svg = pad.find("svg");
  Object.defineProperty(svg, "viewBox", { value: { baseVal: { width: 600, height: 240 } } });
  svg.getBoundingClientRect = () => ({ left: 0, top: 0, width: 300, height: 120 }); // half the size of the pad
  svg.setPointerCapture = () => {};
  pad.show(data);
  /** @type {(points: [number, number][]) => void} */
  const draw = (points) => {
    const event = (/** @type {[number, number]} */ [clientX, clientY]) => ({ clientX, clientY, pointerId: 1, button: 0, preventDefault: () => {} });
    svg.onpointerdown(event(points[0]));
    for (const point of points.slice(1)) svg.onpointermove(event(point));
    svg.onpointerup(event(points[0]));
  };
  return { ...pad, svg, draw };
}

test("a stroke is told in the units of the pad, without the points on a straight line", () => {
  const pad = begun();

  pad.draw([[10, 10], [20, 20], [30, 30], [60, 10]]);

  assert.deepEqual(pad.told, [{ name: "drawn", value: { count: 1, path: "M 20 20 L 60 60 L 120 20" } }]);
  assert.equal(pad.text(".state"), "Signed");
  assert.equal(pad.svg.getAttribute("aria-label"), "Box: Signed");
});

test("what is too small is drawn, and not told as a signature", () => {
  const pad = begun();

  pad.draw([[10, 10], [20, 20]]);
  assert.equal(pad.told.at(-1)?.value.path, "");
  assert.equal(pad.text(".problem"), "Too small");

  pad.show({ ...data, count: 1 });
  assert.equal(pad.find(".ink").getAttribute("d"), "M 20 20 L 40 40");
});

test("keys put the pen down, move it and lift it", () => {
  const pad = begun();

  press(pad.svg, " ");
  assert.equal(pad.text(".state"), "The pen is down");
  for (let step = 0; step < 6; step++) press(pad.svg, "ArrowRight");
  press(pad.svg, "ArrowDown", { shiftKey: true });
  press(pad.svg, "Enter");

  assert.deepEqual(pad.told, [{ name: "drawn", value: { count: 1, path: "M 60 120 L 108 120 L 108 122" } }]);
});

test("another finger beside the one that signs draws nothing", () => {
  const pad = begun();
  const event = { clientX: 10, clientY: 10, pointerId: 1, button: 0, preventDefault: () => {} };

  pad.svg.onpointerdown(event);
  pad.svg.onpointerdown({ ...event, pointerId: 2 });
  pad.svg.onpointermove({ ...event, pointerId: 2, clientX: 200 });
  pad.svg.onpointermove({ ...event, clientX: 40 });
  pad.svg.onpointerup(event);

  assert.equal(pad.told.at(-1)?.value.path, "M 20 20 L 80 20");
});

test("a signature is cleared, and one of the server's that is older does not come back", () => {
  const pad = begun();
  pad.draw([[10, 10], [60, 10]]);

  pad.find(".clear").click();
  assert.deepEqual(pad.told.at(-1)?.value, { count: 2, path: "" });
  pad.show({ ...data, count: 1, path: "M 20 20 L 120 20" });
  assert.equal(pad.find(".ink").getAttribute("d"), "");
  assert.equal(pad.text(".state"), "Cleared");

  pad.show({ ...data, count: 2, path: "M 20 20 L 120 20" });
  assert.equal(pad.find(".ink").getAttribute("d"), "M 20 20 L 120 20");
});

test("a signature that is given is shown as the server has it", () => {
  const shown = mounted(signatureShown, '<div class="signature shown"></div>');

  shown.show({ svg: '<svg id="first"></svg>' });
  shown.show({ svg: '<svg id="other"></svg>' });

  assert.deepEqual(shown.all("svg").map((one) => one.id), ["other"]);
});
