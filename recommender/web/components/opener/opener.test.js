// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { after, mounted } from "../shared/testing.js";
import opener from "./opener.js";

const words = { button: "Open a file", problem: "It cannot be opened", tooLarge: "It is too large", unreadable: "It cannot be read" };
const data = { problems: [], largest: 5, words };

/** @param {object} file */
async function opened(file) {
  const made = mounted(opener, new URL("opener.html", import.meta.url));
  made.show(data);
  const input = made.find("input");
  Object.defineProperty(input, "files", { value: [file] });
  await input.onchange();
  await after(0);
  return made;
}

test("a file goes to the server as text, with a number", async () => {
  const made = await opened({ size: 5, text: async () => "{}" });

  assert.deepEqual(made.told, [{ name: "opened", value: { text: "{}", number: 1 } }]);
  assert.equal(made.find("input").hasAttribute("aria-invalid"), false);
});

test("a file that is too large is not sent", async () => {
  const made = await opened({ size: 6, text: async () => "{}" });

  assert.deepEqual(made.told, []);
  assert.deepEqual([made.text(".title"), made.text("li")], [words.problem, words.tooLarge]);
  assert.equal(made.find("input").getAttribute("aria-invalid"), "true");
});

test("a file that cannot be read is said to be so", async () => {
  const made = await opened({
    size: 1,
    text: async () => {
      throw new Error("gone");
    },
  });

  assert.deepEqual([made.told, made.text("li")], [[], words.unreadable]);
});

test("what the server found wrong is listed until it is right", () => {
  const made = mounted(opener, new URL("opener.html", import.meta.url));

  made.show({ ...data, problems: ["age is missing", "<b>"] });
  assert.deepEqual(made.all("li").map((one) => one.textContent), ["age is missing", "<b>"]);
  made.show(data);
  assert.deepEqual([made.text(".title"), made.all("li").length, made.find("input").hasAttribute("aria-invalid")], ["", 0, false]);
});
