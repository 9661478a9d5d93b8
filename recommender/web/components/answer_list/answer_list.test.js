// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { mounted } from "../shared/testing.js";
import answerList from "./answer_list.js";

const words = { change: "Change", answer: "Answer", open: "Not answered" };
const rows = [
  { question: "How old are you?", answer: "40", step: "age" },
  { question: "<b>Are you pregnant?</b>", answer: "", step: "health" },
];

test("each question has its answer and a button that names it", () => {
  const list = mounted(answerList, new URL("answer_list.html", import.meta.url));

  list.show({ parts: [{ title: "About you", rows }], words });

  assert.equal(list.text("h2"), "About you");
  assert.deepEqual(list.all("dt").map((one) => one.textContent), ["How old are you?", "<b>Are you pregnant?</b>"]);
  assert.deepEqual(list.all("dd:not(.action)").map((one) => [one.textContent, one.className]), [["40", ""], ["Not answered", "open"]]);
  assert.deepEqual(list.all("button").map((one) => one.getAttribute("aria-label")), [
    "Change: How old are you?", "Answer: <b>Are you pregnant?</b>",
  ]);
});

test("a button tells the page of its question", () => {
  const list = mounted(answerList, new URL("answer_list.html", import.meta.url));
  list.show({ parts: [{ title: "About you", rows }], words });

  list.all("button")[1].click();

  assert.deepEqual(list.told, [{ name: "change", value: "health" }]);
});
