// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { after, mounted } from "../components/shared/testing.js";

await import("./translated.js");

/** As translators do: an element of their own in the place of a text. @param {Text} text */
function translate(text) {
  const [outer, inner] = [document.createElement("font"), document.createElement("font")];
  inner.textContent = `${text.data} (translated)`;
  outer.append(inner);
  text.replaceWith(outer);
}

/** @param {string} html */
async function translated(html) {
  const { find } = mounted(() => {}, html);
  const holder = find("p");
  const text = holder.firstChild;
  translate(text);
  await after(0);
  return { holder, text };
}

test("a text that changes comes back, to be translated anew", async () => {
  const { holder, text } = await translated("<p>Age</p>");
  assert.equal(holder.textContent, "Age (translated)");

  text.data = "Your age";
  await after(0);

  assert.equal(holder.textContent, "Your age");
});

test("a text that is taken away takes its translation along", async () => {
  const { holder, text } = await translated("<p>Age</p>");

  assert.equal(holder.removeChild(text), text);

  assert.equal(holder.textContent, "");
});

test("what is put before a text is put before its translation", async () => {
  const { holder, text } = await translated("<p>Age</p>");
  const added = document.createElement("b");

  assert.equal(holder.insertBefore(added, text), added);

  assert.equal(holder.firstChild, added);
  assert.equal(holder.textContent, "Age (translated)");
});

test("names of people are left as they are", async () => {
  const { find } = mounted(() => {}, '<div class="st-key-people-1">Rosa Blanco</div>');
  await after(0);

  assert.equal(find("div").getAttribute("translate"), "no");
});
