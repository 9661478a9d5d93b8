// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { after, mounted, press, type } from "../shared/testing.js";
import sheet from "./sheet.js";

const words = {
  open: "Open", openLead: "Ask these", openNone: "Nothing is open", atPlaces: "{number} at the places", answered: "Answered",
  takeBack: "Take back", differs: "differs", whole: "A whole number up to {most}", year: "That is a year", read: "Read", readLead: "Confirm",
  yes: "Yes first", allRead: "All read", noToAll: "No to all", didRead: "{number} read", didNo: "{number} denied",
};
const row = {
  ask: "Pregnant?", name: "Are they pregnant?", hint: "", note: "", under: "", most: 0, given: "", differs: false, open: true, typed: "",
  value: null, unread: false, before: "", source: "", denied: false,
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

const yesNo = { ...row, kind: "one", options: [["yes", "Yes"], ["no", "No"]], denied: true };
const asked = ["a", "b", "c"].map((key) => ({ ...yesNo, key, ask: key, name: key }));
/** @param {ReturnType<typeof begun>} shown */
const chosen = (shown) => shown.all(".chip[aria-checked=true]").map((one) => `${one.closest(".row").querySelector(".ask").textContent}:${one.dataset.value}`);

test("no to all answers what is open in its section, stays in its place and is taken back", () => {
  const judged = { ...yesNo, key: "judged", ask: "judged", name: "judged", denied: false };
  const before = { ...yesNo, key: "before", ask: "before", name: "before", before: "no" };
  const was = { ...yesNo, key: "was", ask: "was", name: "was", before: "yes" };
  const shown = begun([...asked, judged, before, was]);

  shown.all(".chip")[0].click(); // of "was": what was "yes" at an earlier visit stands first
  shown.find(".list-read .back:not(.gone)").click();
  shown.find(".list-open .all").click();
  assert.deepEqual(shown.told.at(-1)?.value.slice(2).map((/** @type {unknown[]} */ [, key, value]) => [key, value]), [["a", "no"], ["b", "no"], ["c", "no"], ["before", "no"]]);
  assert.deepEqual(shown.all(".list-open .ask").map((one) => one.textContent), ["a", "b", "c", "judged", "before"]);
  assert.equal(shown.text(".list-open .did"), "4 denied");
  const all = shown.find(".list-open .all");
  assert.ok(all.classList.contains("gone") && all.isConnected); // a second tap finds nothing, and nothing has moved

  shown.find(".list-open .acts .back").click();
  assert.deepEqual(chosen(shown), []);
  assert.ok(!all.classList.contains("gone"));
});

test("what a patient brought is read through a section at once, the yes answers first, and taken back", () => {
  const brought = asked.map((one, place) => ({ ...one, unread: true, value: place === 1 ? "yes" : "no" }));
  const shown = begun(brought);
  const titles = () => shown.all(".list-read h3").map((one) => one.textContent);

  assert.deepEqual([shown.text(".read-title"), titles()], ["Read (3)", ["Yes first", "Health"]]);
  shown.all(".list-read .all")[1].click();
  assert.deepEqual(shown.told.at(-1)?.value, [[1, "a", "no"], [2, "c", "no"]]);
  assert.equal(shown.text(".read-title"), "Read (1)");
  shown.all(".list-read .acts .back")[1].click();
  assert.deepEqual(shown.told.at(-1)?.value.slice(2), [[3, "a", { unread: true }], [4, "c", { unread: true }]]);
  assert.equal(shown.text(".read-title"), "Read (3)");

  shown.find(".list-read .chip[data-value=no]").click(); // the nurse finds otherwise: the row stays where it is
  assert.deepEqual([titles(), chosen(shown)], [["Yes first", "Health"], ["b:no", "a:no", "c:no"]]);
});
