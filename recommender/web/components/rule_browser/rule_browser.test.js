// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { after, mounted } from "../shared/testing.js";
import ruleBrowser from "./rule_browser.js";

const brand = btoa(String.fromCharCode(...new TextEncoder().encode("Márca")));
const html = `
  <input><select><option value=""></option><option value="rules"></option><option value="sources"></option></select><button></button>
  <p role="status" data-found="{rules} rules and {sources} sources" data-named="Here: {names}" data-nothing="Nothing"></p>
  <details class="group" data-part="rules"><summary>Rules</summary>
    <details class="entry" id="lips"><summary><b>Lips’ lines</b></summary><dl><dd>a filler</dd></dl></details>
    <details class="entry" id="chin"><summary><b>Chin</b></summary><dl><dd>see <a href="#study">the study</a></dd></dl></details></details>
  <details class="group" data-part="sources"><summary>Sources</summary>
    <details class="entry" id="study"><summary><b>A study</b></summary></details></details>
  <details class="group" data-part="treatments"><summary>Treatments</summary>
    <details class="entry" id="toxin" data-also="${brand}"><summary><b>Anti-wrinkle</b></summary></details></details>`;

function begun() {
  const browser = mounted(ruleBrowser, new URL("rule_browser.html", import.meta.url));
  browser.show({ id: "1", html });
  return {
    ...browser,
    search: (/** @type {string} */ words) => {
      browser.find("input").value = words;
      browser.find("input").oninput();
    },
    shown: () => browser.all(".entry").filter((one) => !one.closest("[hidden]")).map((one) => one.id),
  };
}

test("a search finds words anywhere, whatever their accents, quotes and case", async () => {
  const browser = begun();

  browser.search("LIPS' filler");
  assert.deepEqual(browser.shown(), ["lips"]);
  assert.equal(browser.find('[data-part="rules"]').open, true);
  await after(310);
  assert.equal(browser.text('[role="status"]'), "1 rules and 0 sources");

  browser.search("nobody");
  await after(310);
  assert.deepEqual([browser.shown(), browser.text('[role="status"]')], [[], "Nothing"]);
});

test("a name that stands nowhere on the page leads to the treatment", async () => {
  const browser = begun();

  browser.search("marca");
  await after(310);

  assert.deepEqual([browser.shown(), browser.text('[role="status"]')], [["toxin"], "Here: Anti-wrinkle"]);
});

test("one part alone is searched, and everything comes back as it was", () => {
  const browser = begun();
  browser.find('[data-part="sources"]').open = true;

  browser.find("select").value = "rules";
  browser.find("select").onchange();
  assert.deepEqual(browser.shown(), ["lips", "chin"]);
  assert.equal(browser.find('[data-part="sources"]').open, false);

  browser.find("button").click();
  assert.deepEqual(browser.shown(), ["lips", "chin", "study", "toxin"]);
  assert.deepEqual(browser.all(".group").map((one) => one.open), [false, true, false]);
});

test("a link leads to what a search has hidden", () => {
  const browser = begun();
  browser.search("chin");

  browser.find("a").click();

  assert.deepEqual(browser.shown(), ["chin", "study"]);
  assert.equal(browser.find("#study").open, true);
  assert.equal(document.activeElement, browser.find("#study summary"));
});
