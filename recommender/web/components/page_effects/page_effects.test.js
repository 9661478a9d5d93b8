// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { mounted } from "../shared/testing.js";

const app = mounted(() => {}, `<div class="stApp" data-test-connection-state="CONNECTED" data-test-script-state="notRunning">
  <div data-testid="stMain"><div class="st-key-bar"></div><h1>Where?</h1><div class="st-key-age"><input></div>
  <div class="st-key-sex"><div role="radiogroup"></div></div><div class="st-key-group"></div>
  <div class="st-key-to-check"><button>Check</button></div><div class="st-key-language-es"><button>Español</button></div></div></div>`);
const render = (await import("./page_effects.js")).default; // it looks for the application at once
const effects = mounted(render, "");
const leave = {
  after: 600, to: "/?left", warning: 60, at_once: false, returns: false, words: { title: "Still there?", soon: "Soon", stay: "Stay", leave: "Leave" },
};
const data = {
  page: "age", error: false, leave: null, cleared: "", line: { down: "Down", lost: "Lost", read: "Read", version: null },
  language: "en", languages: { "language-es": "es" },
  fields: [
    { key: "age", described: "hint", invalid: true, numeric: true }, { key: "sex", described: "other" },
    { key: "group", role: "group", name: "Health" }, { key: "to-check", current: true },
  ],
};
const show = (/** @type {object} */ more) => effects.show({ effects: [{ ...data, ...more }] });

test("hints and errors are tied to their fields, groups named, the current page marked", () => {
  show({});

  const input = app.find("input");
  assert.deepEqual(["aria-describedby", "aria-invalid", "inputmode"].map((one) => input.getAttribute(one)), ["hint", "true", "numeric"]);
  assert.equal(app.find('[role="radiogroup"]').getAttribute("aria-describedby"), "other");
  assert.deepEqual(["role", "aria-label"].map((one) => app.find(".st-key-group").getAttribute(one)), ["group", "Health"]);
  assert.equal(app.find(".st-key-to-check button").getAttribute("aria-current"), "page");
  assert.deepEqual([document.documentElement.lang, app.find(".st-key-language-es button").getAttribute("lang")], ["en", "es"]);

  show({ fields: data.fields.slice(1) });
  assert.deepEqual(["aria-describedby", "aria-invalid"].map((one) => input.getAttribute(one)), [null, null]); // it is right now
});

test("the focus goes to the heading of another page, and not where there is an error", () => {
  show({});
  app.find("input").focus();
  show({ page: "sex", error: true });
  assert.equal(document.activeElement, app.find("input"));
  show({ page: "check" });
  assert.equal(document.activeElement, app.find("h1"));

  app.find("input").focus();
  show({ page: "check" });
  assert.equal(document.activeElement, app.find("input"));
  show({ page: "check", language: "es" }); // the button of the language is gone
  assert.equal(document.activeElement, app.find("h1"));
});

test("whoever does nothing is asked, may stay, and is left otherwise", (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  HTMLDialogElement.prototype.showModal = function () {
    this.setAttribute("open", "");
  };
  HTMLDialogElement.prototype.close = function () {
    this.removeAttribute("open");
  };
  const replaced = t.mock.fn();
  window.location.replace = replaced;
  const look = () => document.dispatchEvent(new Event("visibilitychange"));
  window.dispatchEvent(new Event("keydown"));
  show({ leave });

  t.mock.timers.tick(539_000);
  look();
  assert.equal(document.querySelector("dialog"), null);
  t.mock.timers.tick(2_000);
  look();
  assert.equal(document.querySelector("dialog h2")?.textContent, "Still there?");

  /** @type {HTMLElement} */ (document.querySelector("dialog .stay")).click();
  assert.equal(document.querySelector("dialog")?.open, false);
  assert.equal(effects.told.at(-1)?.name, "stayed");

  t.mock.timers.tick(541_000);
  look();
  t.mock.timers.tick(60_000);
  look();
  assert.deepEqual(replaced.mock.calls.map((call) => call.arguments), [["/?left"]]);
});

test("answers that were deleted are forgotten by the browser too", (t) => {
  const replaced = t.mock.fn();
  window.location.replace = replaced;
  window.sessionStorage.setItem("kept", "1");
  window.localStorage.setItem("kept", "1");

  show({ cleared: "/?cleared" });

  assert.deepEqual([window.sessionStorage.length, window.localStorage.length], [0, 0]);
});
