// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { mounted } from "../shared/testing.js";
import drawings from "./drawings.js";

test("a drawing is written once, and its caption is text", () => {
  const shown = mounted(drawings, new URL("drawings.html", import.meta.url));
  const data = { id: "1", size: "card", drawings: [{ svg: "<svg></svg>", caption: "<i>at rest</i>" }, { svg: "<svg></svg>", caption: "" }] };

  shown.show(data);
  const first = shown.find("svg");
  shown.show({ ...data, size: "wide" });

  assert.equal(shown.find("svg"), first);
  assert.equal(shown.find(".drawings").dataset.size, "wide");
  assert.deepEqual(shown.all("figcaption").map((one) => one.textContent), ["<i>at rest</i>"]);

  shown.show({ ...data, id: "2" });
  assert.notEqual(shown.find("svg"), first);
});
