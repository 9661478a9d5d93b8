// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { mounted, press } from "../shared/testing.js";
import facePicker from "./face_picker.js";

const html =
  '<div class="picker"><button type="button" class="skip"></button><p class="chosen" role="status"></p><fieldset class="tones"><legend></legend></fieldset><svg>' +
  '<g role="checkbox" tabindex="0" aria-checked="false" data-area="lips"></g>' +
  '<g role="checkbox" tabindex="0" aria-checked="false" data-area="chin"></g></svg><p class="name"></p>' +
  '<details><summary></summary><div class="regions"></div></details></div>';
const data = {
  chosen: ["lips"], dense: false, count: 0, areas: [{ id: "lips", label: "Lips", hint: "" }, { id: "chin", label: "Chin", hint: "below" }],
  regions: { "Lower face": ["lips", "chin", "unknown"] },
  tone: "paper", tones: [{ id: "paper", label: "Paper", colour: "#fff" }, { id: "dark", label: "Dark", colour: "#543" }],
  words: { tone: "Drawn in", chosen: "Chosen", nothing: "Nothing chosen", list: "As a list", drawing: "A face", skip: "Skip" },
};

function begun() {
  const picker = mounted(facePicker, html);
  picker.show(data);
  return picker;
}

test("the face and the list are two views of one choice", () => {
  const picker = begun();
  const [lips, chin] = picker.all("[data-area]");
  const boxes = picker.all(".regions input");

  assert.deepEqual([lips.getAttribute("aria-checked"), boxes[0].checked], ["true", true]);
  chin.onclick();
  assert.equal(boxes[1].checked, true);
  boxes[0].onchange();
  assert.equal(lips.getAttribute("aria-checked"), "false");

  assert.equal(picker.text(".chosen"), "Chosen: Chin");
  assert.deepEqual(picker.told.at(-1), { name: "choice", value: { places: ["chin"], count: 2, tone: "paper" } });
  assert.deepEqual(boxes.map((one) => one.value), ["lips", "chin"]);
  assert.deepEqual([lips.getAttribute("aria-label"), chin.getAttribute("aria-label")], ["Lips", "Chin"]);
});

test("Space and Enter choose, other keys do not", () => {
  const picker = begun();
  const [lips, chin] = picker.all("[data-area]");

  assert.equal(press(chin, " ").defaultPrevented, true);
  assert.equal(press(lips, "Enter").defaultPrevented, true);
  assert.equal(press(lips, "a").defaultPrevented, false);

  assert.deepEqual(picker.told.map(({ value }) => value.places), [["lips", "chin"], ["chin"]]);
});

test("a tone changes the drawing and no place", () => {
  const picker = begun();
  const [, dark] = picker.all(".tones input");

  dark.onchange();

  assert.equal(picker.all(".picker")[0].dataset.tone, "dark");
  assert.equal(picker.text(".tones legend"), "Drawn in: Dark");
  assert.deepEqual(picker.told.at(-1), { name: "choice", value: { places: ["lips"], count: 1, tone: "dark" } });
});

test("an answer of the server that is older than the last press changes nothing", () => {
  const picker = begun();
  picker.all("[data-area]")[1].onclick();

  picker.show({ ...data, count: 0 });
  assert.equal(picker.text(".chosen"), "Chosen: Lips, Chin");
  picker.show({ ...data, count: 1, chosen: [] });
  assert.equal(picker.text(".chosen"), "Nothing chosen");
});
