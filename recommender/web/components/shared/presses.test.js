// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { after, mounted } from "./testing.js";
import { fill, inPlace, Presses } from "./presses.js";

test("what is drawn waits for the press to end, and only the last of it is drawn", async () => {
  const { holder } = mounted(() => {}, "");
  const presses = new Presses(holder);
  /** @type {number[]} */
  const drawn = [];

  assert.ok(presses.watch());
  assert.equal(presses.watch(), null);
  holder.dispatchEvent(new Event("pointerdown"));
  for (const one of [1, 2]) presses.whenFree(() => drawn.push(one));
  assert.equal(drawn.length, 0);
  window.dispatchEvent(new Event("pointerup"));
  await after(5);
  assert.deepEqual(drawn, [2]);

  presses.leave();
  holder.dispatchEvent(new Event("pointerdown"));
  presses.whenFree(() => drawn.push(3));
  assert.deepEqual(drawn, [2, 3]);
});

test("what stays in a list is never taken out of it", () => {
  const { holder, all } = mounted(() => {}, "<i>a</i><i>b</i><i>c</i>");
  const [a, b, c] = all("i");
  /** @type {Node[]} */
  const removed = [];
  const taken = Node.prototype.removeChild;
  holder.removeChild = (child) => {
    removed.push(child);
    taken.call(holder, child);
    return child;
  };
  const added = document.createElement("i");

  fill(holder, [a, added, c]);

  assert.deepEqual([...holder.children], [a, added, c]);
  assert.equal(b.isConnected, false);
  assert.ok(!removed.includes(a) && !removed.includes(c));
});

test("what is looked at stays where it is when something above it grows", (t) => {
  const { find } = mounted(() => {}, '<div data-testid="stMain"></div><p></p>');
  let top = 100;
  find("p").getBoundingClientRect = () => ({ top });
  const scrolled = t.mock.fn();
  find('[data-testid="stMain"]').scrollBy = scrolled;

  inPlace(find("p"), () => (top = 130));
  inPlace(find("p"), () => {});
  inPlace(null, () => (top = 200));

  assert.deepEqual(scrolled.mock.calls.map((call) => call.arguments), [[{ top: 30, behavior: "instant" }]]);
});
