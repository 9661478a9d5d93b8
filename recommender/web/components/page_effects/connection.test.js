// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { after, mounted } from "../shared/testing.js";

const { find } = mounted(() => {}, `<div class="stApp" data-test-connection-state="CONNECTED" data-test-script-state="notRunning">
  <div data-testid="stMain"><div class="st-key-name"><input type="text" aria-label="Name"></div>
  <div class="stButton"><button>Save</button></div></div></div>`);
const app = find(".stApp");
/** @type {any[]} */
const asked = [];
let answers = true;
window.fetch = /** @type {any} */ (async (/** @type {any} */ what) => {
  asked.push(String(what));
  if (!answers) throw new Error("nobody answers");
  return { ok: true };
});
const { line } = await import("./connection.js"); // it replaces how the page asks, at once
/** @type {(number | null)[]} */
const told = [];
line({ down: "The connection is lost", lost: "Not saved:", read: "Read", version: 7 }, (version) => told.push(version));
const bar = /** @type {HTMLElement} */ (document.querySelector(".line"));
/** @param {string} state */
const connection = async (state) => {
  app.setAttribute("data-test-connection-state", state);
  await after(0);
};

test("a line that is down for a moment is not spoken of; one that stays down is, until it is back", async () => {
  await connection("DISCONNECTED");
  assert.equal(bar.hidden, true);
  await after(560);
  assert.deepEqual([bar.hidden, bar.textContent], [false, "The connection is lost"]);

  await connection("CONNECTED");
  await after(50);
  assert.equal(bar.hidden, true);
  assert.deepEqual(told, [7]); // which version the page was showing
  await after(350);
});

test("what is pressed while the line is down is not done behind somebody's back", async () => {
  let pressed = 0;
  find("button").onclick = () => (pressed += 1);

  await connection("DISCONNECTED");
  find("button").click();
  await connection("CONNECTED");
  await after(400);
  assert.equal(pressed, 0);

  find("button").click();
  assert.equal(pressed, 1);
});

test("what was typed and has no field any more is shown, and its secrets are not", async () => {
  const field = find("input");
  field.value = "Ada";
  field.dispatchEvent(new Event("input", { bubbles: true }));

  await connection("DISCONNECTED");
  field.closest(".st-key-name").remove();
  await connection("CONNECTED");
  await after(400);

  assert.equal(bar.hidden, false);
  assert.deepEqual([...bar.querySelectorAll("p")].map((one) => one.textContent), ["Not saved:", "Name: Ada"]);
  /** @type {HTMLElement} */ (bar.querySelector("button")).click();
  await after(20);
  assert.equal(bar.hidden, true);
});

test("a question to the server is asked until there is an answer", async () => {
  answers = false;
  const waiting = window.fetch("/_stcore/health");
  await after(20);
  answers = true;
  await after(520);

  assert.equal((await waiting).ok, true);
  assert.deepEqual(asked.filter((one) => one === "/_stcore/health").length, 2);
});
