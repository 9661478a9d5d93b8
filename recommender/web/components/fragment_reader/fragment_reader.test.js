// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { mounted } from "../shared/testing.js";
import fragmentReader from "./fragment_reader.js";

const words = { title: "Answers came", lead: "Open them?", button: "Open", problem: "They cannot be read" };

test("answers leave the address at once and go to the server only when they are asked for", () => {
  location.hash = "#a=1.abcdefghij";
  const reader = mounted(fragmentReader, new URL("fragment_reader.html", import.meta.url));

  const leave = reader.show({ problems: [], longest: 9, words });
  assert.equal(location.hash, "");
  assert.equal(reader.find(".came").hidden, false);
  assert.deepEqual(reader.told, []);

  reader.find("button").click();
  assert.deepEqual(reader.told, [{ name: "opened", value: { text: "#a=1.abcde", number: 1 } }]); // one too long, to be refused
  assert.equal(reader.find(".came").hidden, true);
  leave();
});

test("what is wrong with them is listed, until others come", () => {
  const reader = mounted(fragmentReader, new URL("fragment_reader.html", import.meta.url));
  const leave = reader.show({ problems: ["it is cut off"], longest: 9, words });

  assert.equal(reader.find(".came").hidden, true);
  assert.deepEqual([reader.text(".title"), reader.text("li")], [words.problem, "it is cut off"]);

  location.hash = "#a=1.new";
  window.dispatchEvent(new Event("hashchange"));
  assert.equal(reader.find(".problems").hidden, true);
  assert.equal(reader.find(".came").hidden, false);

  leave();
  location.hash = "#a=1.later";
  window.dispatchEvent(new Event("hashchange"));
  assert.equal(location.hash, "#a=1.later");
  location.hash = "";
});

test("another fragment is left alone", () => {
  location.hash = "#other";
  const reader = mounted(fragmentReader, new URL("fragment_reader.html", import.meta.url));
  reader.show({ problems: [], longest: 9, words })();

  assert.equal(location.hash, "#other");
  location.hash = "";
});
