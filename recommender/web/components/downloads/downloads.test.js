// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { after, mounted } from "../shared/testing.js";
import downloads from "./downloads.js";

const inside = {
  lead: "Files cannot be saved here", share: "Share", shareHint: "as a PDF", again: "Share now", others: "Other formats", tried: "It was tried",
};
const pdf = { label: "Save the PDF", hint: "to print", name: "summary.pdf", format: "pdf", main: true };
const text = { label: "Save as text", hint: "", name: "summary.txt", format: "text", main: false };
const data = { files: [pdf, text], made: null, inside };
const content = btoa("Summary");

/** @param {import("node:test").TestContext} t */
function begun(t) {
  const list = mounted(downloads, new URL("downloads.html", import.meta.url));
  /** @type {{ name: string, type: string, size: number }[]} */
  const saved = [];
  /** @type {Blob[]} */
  const blobs = [];
  t.mock.method(URL, "createObjectURL", (/** @type {Blob} */ blob) => `blob:${blobs.push(blob)}`);
  t.mock.method(URL, "revokeObjectURL", () => {});
  t.mock.timers.enable({ apis: ["Date"], now: 1000 });
  const save = (/** @type {Event} */ { target }) => {
    if (!(target instanceof HTMLAnchorElement)) return;
    const blob = blobs[Number(target.href.split(":")[1]) - 1];
    saved.push({ name: target.download, type: blob.type, size: blob.size });
  };
  document.addEventListener("click", save);
  t.after(() => document.removeEventListener("click", save));
  list.show(data);
  return { ...list, saved };
}

test("a press asks for its file, which is saved when it comes", (t) => {
  const list = begun(t);

  list.all("button")[1].click();
  assert.deepEqual(list.told, [{ name: "wanted", value: { format: "text", press: 1000 } }]);
  assert.equal(list.find(".files").getAttribute("aria-busy"), "true");

  list.show({ ...data, made: { format: "text", press: 1000, type: "text/plain", content } });
  assert.deepEqual(list.saved, [{ name: "summary.txt", type: "text/plain", size: 7 }]);
  assert.equal(list.find(".files").getAttribute("aria-busy"), "false");

  list.show({ ...data, made: { format: "text", press: 1000, type: "text/plain", content } }); // the same rerun once more
  assert.equal(list.saved.length, 1);
});

test("a file of a press that nobody made here is not saved", (t) => {
  const list = begun(t);

  list.show({ ...data, made: { format: "pdf", press: 999, type: "application/pdf", content } });

  assert.deepEqual(list.saved, []);
});

test("the buttons stay while their files do", (t) => {
  const list = begun(t);
  const first = list.find("button");

  list.show(data);
  assert.equal(list.find("button"), first);
  list.show({ ...data, files: [text] });
  assert.equal(first.isConnected, false);
});

test("a file that the page holds is saved without the server, and the page is printed", (t) => {
  const list = begun(t);
  const print = t.mock.fn();
  window.print = print;

  list.show({ ...data, files: [{ ...pdf, type: "application/pdf", content }], print: { label: "Print", hint: "" } });
  for (const one of list.all("button")) one.click();

  assert.deepEqual(list.saved, [{ name: "summary.pdf", type: "application/pdf", size: 7 }]);
  assert.deepEqual([list.told, print.mock.callCount()], [[], 1]);
});

test("inside another app it is said so, and a file is shared", async (t) => {
  t.mock.getter(navigator, "userAgent", () => "Mozilla/5.0 (iPhone) WhatsApp");
  /** @type {any[]} */
  const shared = [];
  Object.assign(navigator, { canShare: () => true, share: async (/** @type {any} */ what) => shared.push(what) });
  const list = begun(t);

  assert.equal(list.find(".inside").hidden, false);
  assert.equal(list.text(".inside"), inside.lead);
  list.show({ ...data, files: [{ ...pdf, type: "application/pdf; charset=x", content }] });
  list.find(".files button").click();
  await after(0);

  assert.deepEqual(shared.map(({ files: [file] }) => [file.name, file.type, file.size]), [["summary.pdf", "application/pdf", 7]]);
  assert.deepEqual(list.saved, []);
});

test("where the app shares nothing it is tried, and said so", async (t) => {
  t.mock.getter(navigator, "userAgent", () => "Mozilla/5.0 (iPhone) WhatsApp");
  Object.assign(navigator, { canShare: () => false });
  const list = begun(t);

  list.show({ ...data, files: [{ ...pdf, type: "application/pdf", content }] });
  list.find(".files button").click();
  await after(0);

  assert.deepEqual([list.saved.length, list.text(".said")], [1, inside.tried]);
});

test("the PDF goes to the system's own sheet where there is one, and the other formats are behind one word", async (t) => {
  /** @type {any[]} */
  const shared = [];
  Object.assign(navigator, { canShare: () => true, share: async (/** @type {any} */ what) => shared.push(what) });
  t.after(() => Object.assign(navigator, { canShare: undefined, share: undefined }));
  const list = begun(t);
  const [save, share] = list.all(".files > button");

  assert.deepEqual([save.textContent, share.textContent], ["Save the PDF to print", "Share as a PDF"]);
  assert.equal(list.find("details button").textContent, "Save as text ");
  share.click();
  list.show({ ...data, made: { format: "pdf", press: 1000, type: "application/pdf", content } });
  await after(0);

  assert.deepEqual([shared.map(({ files: [file] }) => file.name), list.saved], [["summary.pdf"], []]);
});
