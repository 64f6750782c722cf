import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { firstOf, showMethods, showPooled, whisker } from "plm/methods";
import { emptyDocument, wordsOf } from "./document.js";

let page;
beforeEach(() => (page = emptyDocument()));

const words = { name: "Envelope", detail: "approach 1", sentence: "lower envelope", used: "curves" };
const estimate = { value: 0.5, low: 0.4, high: 0.6 };

test("a fitted method shows its exponents, one that refused its reason", () => {
  showMethods({
    fits: [
      { method: "a1", words, outcome: "FITTED", a: estimate, b: estimate, used: 12, flags: [], excluded: ["<run>"] },
      { method: "a2", words, outcome: "NOT_IDENTIFIABLE", reason: "two <sizes>" },
    ],
    exponents: null,
  });
  const html = page.querySelector("#methods tbody").innerHTML;
  assert.match(html, /<tr class="fitted" data-method="a1">/);
  assert.match(html, /<tr class="refused" data-method="a2">/);
  assert.match(html, /&lt;run&gt;/);
  assert.match(wordsOf(html), /0\.50 0\.40 to 0\.60.*12 .*not identifiable.*two &lt;sizes&gt;/);
  showMethods({ fits: [] });
  assert.equal(page.getElementById("methods-section").hidden, true);
});

test("a whisker stays in its drawing, wherever the interval lies", () => {
  const drawn = whisker({ value: 0.5, low: -40, high: 7 }, 100);
  assert.match(drawn, /class="span" x1="-6\.0" x2="106\.0"/);
  assert.match(drawn, /cx="50\.0"/);
  assert.match(drawn, /aria-label="0\.50, -40\.00 to 7\.00"/);
});

test("what is not said is counted and stands on hover, as text", () => {
  assert.equal(firstOf(["a", "b"], 2, "; "), "a; b");
  assert.equal(firstOf(["<a>", "b", `"c"`, "d"], 2, "; "), `&lt;a&gt;; b <abbr tabindex="0" title="&quot;c&quot;; d">and 2 more</abbr>`);
});

test("agreement is a sentence without a number of its own, disagreement has its range", () => {
  const line = () => page.getElementById("agreement");
  const fits = [{ method: "a1", words, outcome: "PENDING", reason: "" }];
  const answers = (together, ...all) => ({ together, byMethod: Object.fromEntries(all.map(([low, high], i) => [`a${i + 1}`, { value: (low + high) / 2, low, high }])) });
  showMethods({ fits, exponents: { a: answers(estimate, [0.45, 0.55], [0.5, 0.6]), b: answers(null, [0.1, 0.2]) } });
  assert.equal(line().textContent, "Of a the intervals of 2 methods have a value in common.");
  assert.equal(line().classList.contains("apart"), false);
  showMethods({ fits, exponents: { a: answers(null, [0.08, 0.2], [0.67, 0.74]), b: answers(estimate, [0.1, 0.3], [0.2, 0.4]) } });
  assert.equal(line().textContent, "Of a they have none: the methods disagree, from 0.08 to 0.74 by method. Of b the intervals of 2 methods have a value in common.");
  assert.equal(line().classList.contains("apart"), true);
  showMethods({ fits, exponents: null });
  assert.equal(line().textContent, "");
});

test("the pooled verdict is a sentence, or nothing", () => {
  showPooled({ verdict: "NOT_YET", reason: "it falls" });
  assert.equal(page.getElementById("pooled").textContent, "All runs together: not yet; it falls.");
  showPooled(null);
  assert.equal(page.getElementById("pooled").textContent, "");
});
