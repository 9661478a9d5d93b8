// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { after, mounted } from "../shared/testing.js";
import handoverLink from "./handover_link.js";

const words = { qr: "A square code", hint: "Hold it up", link: "Link", copy: "Copy", copied: "Copied", notCopied: "Copy it by hand" };
const data = { address: "https://clinic.example/#a=1.x", qr: "<svg></svg>", words };

for (const [allowed, said] of /** @type {const} */ ([[true, "Copied"], [false, "Copy it by hand"]])) {
  test(`a press says "${said}" where copying is ${allowed ? "" : "not "}allowed`, async (t) => {
    const link = mounted(handoverLink, new URL("handover_link.html", import.meta.url));
    link.show(data);
    const write = t.mock.method(navigator.clipboard, "writeText", async () => {
      if (!allowed) throw new Error("not allowed");
    });

    link.find("button").click();
    await after(0);

    assert.deepEqual(write.mock.calls[0].arguments, [data.address]);
    assert.equal(link.text(".done"), said);
    assert.equal(document.activeElement === link.find("input"), !allowed);
  });
}

test("without a code there is no picture", () => {
  const link = mounted(handoverLink, new URL("handover_link.html", import.meta.url));

  link.show({ ...data, qr: "" });
  assert.equal(link.find(".qr").hidden, true);

  link.show({ ...data, address: "https://clinic.example/#a=1.y" });
  assert.equal(link.find(".qr").hidden, false);
  assert.equal(link.find(".qr svg").getAttribute("aria-hidden"), "true");
});
