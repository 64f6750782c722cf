import assert from "node:assert/strict";
import { test } from "node:test";

import { numberOf, paperHtml } from "plm/papers";
import { wordsOf } from "./document.js";

const row = (more) => ({ place: "Table 1", quantity: "alpha_N", published: "0.0063", here: null, words: null, reason: null, ...more });
const paper = (rows) => ({ paper: "p", title: "A <paper>", family: "ESM2", rows, caveats: ["It is <odd>."] });

test("each figure of a paper stands beside the study's own, or the reason why there is none", () => {
  const html = paperHtml(paper([
    row({ here: { value: 0.52, low: 0.4, high: 0.6, level: 0.95 } }),
    row({ words: "4.85e79, without an interval" }),
    row({ reason: "three sizes are needed" }),
  ]), false);
  assert.match(html, /<b>0.52<\/b> <small>/);
  assert.match(html, /4.85e79, without an interval/);
  assert.match(html, /three sizes are needed/);
  assert.match(html, /A &lt;paper&gt;/);
  assert.match(html, /It is &lt;odd&gt;\./);
  assert.doesNotMatch(html, /beside/);
  assert.match(wordsOf(paperHtml(paper([]), true)), /beside ESM2/);
});

test("numbers of any size are readable", () => {
  assert.deepEqual([0, 0.27, 0.0063, 12.5, -2220000, 5.06e10].map(numberOf), ["0", "0.27", "0.0063", "12.5", "-2.2 × 10⁶", "5.1 × 10¹⁰"]);
});
