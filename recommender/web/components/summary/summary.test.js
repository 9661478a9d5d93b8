// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { mounted } from "../shared/testing.js";
import summary from "./summary.js";

const html = `<p><a href="#source-1">1</a></p><details id="more"><summary>More</summary>
  <details id="sources"><p id="source-1" tabindex="-1">A study</p></details></details>`;

function begun() {
  const shown = mounted(summary, new URL("summary.html", import.meta.url));
  shown.show({ id: "1", html });
  return shown;
}

test("a source's number leads to the source, however it is folded away", () => {
  const shown = begun();

  shown.find("a").click();

  assert.deepEqual(shown.all("details").map((one) => one.open), [true, true]);
  assert.equal(document.activeElement, shown.find("#source-1"));
});

test("what is unfolded stays unfolded when another result is shown", () => {
  const shown = begun();
  shown.find("#more").open = true;

  shown.show({ id: "2", html });

  assert.deepEqual(shown.all("details").map((one) => one.open), [true, false]);
});

test("paper has everything, and the screen is as before afterwards", () => {
  const shown = begun();
  shown.find("#more").open = true;

  window.dispatchEvent(new Event("beforeprint"));
  assert.deepEqual(shown.all("details").map((one) => one.open), [true, true]);
  window.dispatchEvent(new Event("afterprint"));
  assert.deepEqual(shown.all("details").map((one) => one.open), [true, false]);
});
