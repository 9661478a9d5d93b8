// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { after, mounted, type } from "../components/shared/testing.js";

const { find } = mounted(() => {}, `<div id="opening"><section data-title="Start"><h1>Start</h1><button data-for="begin-start">Start now</button>
  </section><section data-title="Age" hidden><h1>Age</h1><input><button data-on>Continue</button><button data-back>Back</button></section>
  <p class="wait" data-said="Loading" data-late="It takes long"></p></div><div id="root"></div>
  <template id="late"><link rel="modulepreload" href="x.js"></template>`);
find("#late").content.append(Object.assign(document.createElement("script"), { type: "x/none", id: "theirs" }));
for (const heading of document.querySelectorAll("h1")) heading.tabIndex = -1;
await import("./first_paint.js");

test("what is pressed and typed before the page is there is repeated on it", async () => {
  find('[data-for="begin-start"]').click();
  assert.deepEqual([find("section").hidden, document.title], [true, "Age"]);
  type(find("#opening input"), "40");
  find("[data-on]").click();
  assert.equal(find(".wait").textContent, "Loading");
  assert.equal(find("#root").inert, true);
  await after(60);
  assert.ok(document.head.querySelector("#theirs"), "the scripts run once a press has been answered");

  /** @type {string[]} */
  const pressed = [];
  find("#root").innerHTML = '<div class="stApp" data-test-script-state="notRunning"><div data-testid="stMain"><h1>Start</h1></div></div>';
  const main = find('[data-testid="stMain"]');
  const button = (/** @type {string} */ key) => {
    main.insertAdjacentHTML("beforeend", `<div class="st-key-${key}"><button></button></div>`);
    main.querySelector(`.st-key-${key} button`).onclick = () => pressed.push(key);
  };
  button("begin-start");
  await after(80);
  assert.deepEqual(pressed, ["begin-start"]);

  main.insertAdjacentHTML("beforeend", '<div class="st-key-person-age"><input></div>');
  button("continue-age");
  await after(400);

  assert.equal(main.querySelector("input").value, "40");
  assert.deepEqual(pressed, ["begin-start", "continue-age"]);
  assert.equal(find("#opening"), null);
  assert.equal(find("#root").inert, false);
});
