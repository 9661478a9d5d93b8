// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { after, mounted, press, type } from "../shared/testing.js";
import sheet from "./sheet.js";

const words = {
  open: "Open", openLead: "Ask these", openNone: "Nothing is open", atPlaces: "{number} at the places", answered: "Answered",
  takeBack: "Take back", differs: "differs", whole: "A whole number up to {most}", year: "That is a year",
};
const row = {
  ask: "Pregnant?", name: "Are they pregnant?", hint: "", note: "", under: "", most: 0, given: "", differs: false, open: true, typed: "",
  value: null,
};
const pregnant = { ...row, key: "pregnant", kind: "one", options: [["yes", "Yes"], ["no", "No"]] };
const age = { ...row, key: "person.age", ask: "Age", name: "Age", kind: "number", options: [], most: 120 };
const signs = { ...row, key: "signs", ask: "Signs", name: "Signs", kind: "several", options: [["a", "A"], ["b", "B"]], value: [] };
/** @param {object[]} rows */
const parts = (rows) => ({ applied: 0, parts: [{ id: "health", title: "Health", lead: "", stays: false, rows }], words });

/** @param {object[]} rows */
function begun(rows) {
  const shown = mounted(sheet, new URL("sheet.html", import.meta.url));
  shown.show(parts(rows));
  return shown;
}

test("an answer is told with a number, and again until the server has it", () => {
  const shown = begun([pregnant, age]);

  shown.all(".chip")[1].click();
  type(shown.find("input"), "40");
  assert.deepEqual(shown.told.map(({ value }) => value), [[[1, "pregnant", "no"]], [[1, "pregnant", "no"], [2, "person.age", 40]]]);

  shown.show({ ...parts([{ ...pregnant, value: "no" }, age]), applied: 1 });
  assert.equal(shown.find("input").value, "40"); // the server does not have it yet
  shown.all(".chip")[0].click();
  assert.deepEqual(shown.told.at(-1)?.value, [[2, "person.age", 40], [3, "pregnant", "yes"]]);
});

test("an answered row moves to the folded list with the next answer", () => {
  const shown = begun([pregnant, age]);
  const lists = () => [".list-open", ".list-answered"].map((list) => shown.all(`${list} .ask`).map((one) => one.textContent));

  shown.all(".chip")[0].click();
  assert.deepEqual(lists(), [["Pregnant?", "Age"], []]);
  type(shown.find("input"), "40");
  assert.deepEqual(lists(), [["Age"], ["Pregnant?"]]);
  assert.equal(shown.text(".answered h2"), "Answered (1)");

  shown.find(".list-answered .back").click();
  assert.deepEqual(shown.told.at(-1)?.value.at(-1), [3, "pregnant", null]);
  assert.equal(document.activeElement, shown.find(".answered summary"));
});

test("an amount that is none is told, and said to be wrong", () => {
  const shown = begun([age]);

  for (const [typed, said] of [["x", "A whole number up to 120"], ["121", "A whole number up to 120"], ["1984", "That is a year"]]) {
    type(shown.find("input"), typed);
    assert.equal(shown.text(".wrong"), said);
    assert.deepEqual(shown.told.at(-1)?.value.at(-1)[2], { typed });
  }
  assert.equal(shown.find("input").getAttribute("aria-invalid"), "true");

  type(shown.find("input"), "39");
  assert.equal(shown.find("input").hasAttribute("aria-invalid"), false);
});

test("arrow keys move among the answers of a row and give none", () => {
  const shown = begun([pregnant]);
  const [yes, no] = shown.all(".chip");

  yes.focus();
  press(yes, "ArrowRight");
  assert.equal(document.activeElement, no);
  press(no, "ArrowDown");
  assert.equal(document.activeElement, yes);

  assert.deepEqual(shown.told, []);
});

test("a double tap on one of several is one answer", () => {
  const shown = begun([signs]);
  const tap = (/** @type {number} */ timeStamp) => shown.all(".chip")[0].onclick({ detail: 1, timeStamp });

  tap(1000);
  tap(1200);
  assert.deepEqual(shown.told.map(({ value }) => value.at(-1)[2]), [["a"]]);
  tap(2000);
  assert.deepEqual(shown.told.at(-1)?.value.at(-1)[2], []);
});

test("nothing is drawn anew while something is held down", async () => {
  const shown = begun([pregnant]);

  shown.find(".sheet").dispatchEvent(new Event("pointerdown"));
  shown.show(parts([pregnant, age]));
  assert.equal(shown.all(".row").length, 1);

  window.dispatchEvent(new Event("pointerup"));
  await after(5);
  assert.equal(shown.all(".row").length, 2);
});
