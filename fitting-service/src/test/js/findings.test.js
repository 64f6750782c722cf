import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { showFindings } from "plm/findings";
import { emptyDocument } from "./document.js";

let page;
beforeEach(() => (page = emptyDocument()));

function finding(more) {
  return { row: 7, run: "a", field: "loss", sentence: "loss is no number", setApart: true, ...more };
}

test("nothing found is no section", () => {
  for (const sheet of [null, undefined, { total: 0, counts: {}, findings: [] }]) {
    showFindings(sheet);
    assert.equal(page.getElementById("findings-section").hidden, true);
  }
});

test("findings are counted by kind, and what is not shown is said with its address", () => {
  showFindings({ study: "a b", total: 3, counts: { BAD_VALUE: 2, BAD_ROW: 1 }, findings: [finding()] });
  assert.equal(page.getElementById("findings-section").hidden, false);
  assert.equal(
    page.getElementById("findings-note").textContent,
    "3 findings: 2 bad value, 1 bad row. The first 1 are shown; /studies/a%20b/findings?most=10000 has more.",
  );
  showFindings({ study: "x", total: 1, counts: { BAD_ROW: 1 }, findings: [finding()] });
  assert.equal(page.getElementById("findings-note").textContent, "1 finding: 1 bad row.");
});

test("whatever a file's names hold is text", () => {
  showFindings({ study: "x", total: 1, counts: { BAD_VALUE: 1 }, findings: [finding({ run: "<b>", field: "<i>", sentence: "<u>\u202e", setApart: false })] });
  const { innerHTML } = page.querySelector("#findings tbody");
  assert.doesNotMatch(innerHTML, /<[biu]>/);
  assert.match(innerHTML, /&lt;u&gt;\\u202e/);
  assert.match(innerHTML, /<td>used<\/td>/);
});
