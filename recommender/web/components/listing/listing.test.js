// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { mounted } from "../shared/testing.js";
import listing from "./listing.js";

const table = '<table><caption>Visits</caption><tr><th><a href="?record=7" data-open="7">Ada</a></th></tr></table>';

test("a link opens its record here, and is a link as any other with a key held down", () => {
  const list = mounted(listing, new URL("listing.html", import.meta.url));
  list.show({ id: "1", html: table, part: "" });
  const pressed = (/** @type {MouseEventInit} */ how) => {
    const event = new MouseEvent("click", { cancelable: true, ...how });
    list.find("a").dispatchEvent(event);
    return event.defaultPrevented;
  };

  assert.equal(pressed({}), true);
  assert.deepEqual(list.told, [{ name: "open", value: "7" }]);
  for (const how of [{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { altKey: true }, { button: 1 }]) assert.equal(pressed(how), false);
  assert.equal(list.told.length, 1);
});

test("the caption takes the focus where another part of the list is shown, and only there", () => {
  const list = mounted(listing, new URL("listing.html", import.meta.url));

  list.show({ id: "1", html: table, part: "1" });
  assert.equal(document.activeElement, document.body);
  list.show({ id: "2", html: table, part: "1" });
  assert.equal(document.activeElement, document.body);
  list.show({ id: "3", html: table, part: "2" });
  assert.equal(document.activeElement, list.find("caption"));
});
