// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { mounted } from "../shared/testing.js";
import errorSummary from "./error_summary.js";

const data = { title: "There is a problem", count: 1, errors: [{ key: "age", text: "Say your age" }, { key: "", text: "Try again" }] };

test("a link leads to its field, and what is about no field is no link", () => {
  const field = mounted(() => {}, '<div class="st-key-age"><input></div>');
  const summary = mounted(errorSummary, new URL("error_summary.html", import.meta.url));

  summary.show(data);
  summary.find("a").click();

  assert.equal(document.activeElement, field.find("input"));
  assert.deepEqual(summary.all("li").map((one) => [one.textContent, one.querySelector("a") !== null]), [
    ["Say your age", true], ["Try again", false],
  ]);
});

test("it takes the focus when it has something new to say, and not at every rerun", () => {
  const summary = mounted(errorSummary, new URL("error_summary.html", import.meta.url));
  const box = summary.find(".summary");

  summary.show(data);
  assert.equal(document.activeElement, box);
  box.blur();
  summary.show(data);
  assert.notEqual(document.activeElement, box);
  summary.show({ ...data, count: 2 });
  assert.equal(document.activeElement, box);
});
