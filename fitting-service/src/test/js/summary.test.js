import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { showCards, showMethod, showProgress } from "plm/summary";
import { emptyDocument, wordsOf } from "./document.js";

let page;
beforeEach(() => (page = emptyDocument()));

const answer = (value, low, high) => ({ value, low, high, level: 0.95 });
const study = { runs: [{ state: "TRAINING" }, { state: "TRAINING" }, { state: "COMPLETED" }], imported: null };

function cards(exponents, more = {}) {
  showCards(study, more.members ?? [], { exponents, fits: more.fits ?? [], consensus: more.consensus }, more.frontier ?? null, null);
  return page.getElementById("cards").innerHTML;
}

test("a study that is not done is never at 100 percent", () => {
  const share = (doneFlops) => {
    showProgress({ doneFlops, expectedFlops: 1e12, state: "RUNNING", secondsLeft: 90 });
    return page.getElementById("percent").textContent;
  };
  assert.deepEqual([0, 5e11, 9.9999e11, 1e12, 2e12].map(share), ["0.0 %", "50.0 %", "99.9 %", "100 %", "100 %"]);
  assert.equal(page.getElementById("left").textContent, "about 1 min 30 s left");
});

test("what is left is said for every kind of study", () => {
  const left = (more) => {
    showProgress({ doneFlops: 0, expectedFlops: 0, ...more });
    return page.getElementById("left").textContent;
  };
  assert.equal(left({ imported: { rows: 3 } }), "imported");
  assert.equal(left({ state: "COMPLETED" }), "finished");
  assert.equal(left({ state: "STOPPED" }), "stopped");
  assert.equal(left({ state: "RUNNING", secondsLeft: null }), "estimating the time left");
  assert.equal(page.getElementById("percent").textContent, "0.0 %");
});

test("an exponent stands alone only where methods agree on it", () => {
  const both = { a1: answer(0.5, 0.45, 0.55), a3: answer(0.52, 0.5, 0.54) };
  const agreed = cards({ a: { together: answer(0.51, 0.45, 0.55), byMethod: both }, b: { byMethod: {} } });
  assert.match(agreed, /data-agreement="agree"/);
  assert.match(wordsOf(agreed), /a = 0\.51.*0\.45 to 0\.55: 2 methods agree, their 95 % intervals together/);

  const apart = cards({ a: { together: null, byMethod: { a1: answer(0.4, 0.38, 0.42), a3: answer(0.6, 0.58, 0.63) } }, b: { byMethod: {} } });
  assert.match(apart, /data-agreement="disagree"/);
  assert.match(wordsOf(apart), /methods disagree: a from 0\.38 to 0\.63 by method/);
  assert.doesNotMatch(wordsOf(apart), /a = /);
});

test("one method's number comes with its name and its caveats, as text", () => {
  const flags = ["<b>few</b> sizes", "second", "third"].map((sentence) => ({ sentence }));
  const html = cards({ a: { byMethod: { a1: answer(0.5, 0.4, 0.6) } }, b: { byMethod: {} } }, { fits: [{ method: "a1", flags }] });
  assert.match(html, /data-agreement="single"/);
  assert.match(wordsOf(html), /95 % interval 0\.40 to 0\.60, by the .+ alone: no other method answers/);
  assert.match(html, /&lt;b&gt;few&lt;\/b&gt; sizes; second <abbr[^>]*title="third"[^>]*>and 1 more/);
});

test("without any answer the card says why", () => {
  const html = cards({ a: { byMethod: {} }, b: { byMethod: {} } }, { frontier: { reason: "two sizes <3" } });
  assert.match(html, /data-agreement="none"><h2>N<sub>opt<\/sub>/);
  assert.match(html, /cannot fit yet/);
  assert.match(html, /two sizes &lt;3/);
  showCards(study, [], null, null, null);
  assert.match(page.getElementById("cards").innerHTML, /no fit has been computed/);
});

test("exponents may agree where sizes do not, and then it says so", () => {
  const exponents = { a: { together: answer(0.5, 0.4, 0.6), byMethod: { a1: answer(0.5, 0.4, 0.6), a3: answer(0.5, 0.4, 0.6) } }, b: { byMethod: {} } };
  assert.match(wordsOf(cards(exponents, { consensus: { point: null, budgetFlops: 1e20 } })), /no common size at 1\.0 × 10²⁰ FLOPs/);
  assert.doesNotMatch(wordsOf(cards(exponents, { consensus: { point: {}, budgetFlops: 1e20 } })), /no common size/);
});

test("the lowest loss is that of the run that has it, runs are counted by state", () => {
  const members = [{ name: "first", lossNats: 2.6 }, { name: "best", lossNats: 2.5 }, { name: "none", lossNats: null }];
  const words = wordsOf(cards({ a: { byMethod: {} }, b: { byMethod: {} } }, { members }));
  assert.match(words, /Lowest loss now2\.500 natsbest/);
  assert.match(words, /Runs32 training, 1 completed$/);
});

test("the method in words knows every convention and counts points as whole numbers", () => {
  const frontier = { method: "a1", a: answer(0.5, 0.4, 0.6), resamples: 200, seed: 1, eventsSeen: 12, flags: [{ sentence: "<x>" }] };
  for (const [parameters, tokens, compute] of [["TABLE_6", "SEEN", "TABLE_5"], ["EXACT", "SEEN", "EXECUTED"], ["NON_EMBEDDING", "AS_GIVEN", "SIX_ND"], ["AS_GIVEN", "AS_GIVEN", "AS_GIVEN"], ["AS_GIVEN", "AS_GIVEN", "MIXED"]]) {
    showMethod({ ...frontier, convention: { parameters, tokens, compute } }, null);
    const { textContent } = page.getElementById("method");
    assert.doesNotMatch(textContent, /undefined/);
    assert.match(textContent, /200 resamples over runs, seed 1, from 12 points\.$/);
  }
  assert.equal(page.getElementById("flags").innerHTML, "<li>&lt;x&gt;</li>");
});

test("budgets of one method carry a warning where the methods disagree", () => {
  const exponents = { a: { together: null, byMethod: { a1: answer(0.4, 0.3, 0.45), a3: answer(0.6, 0.5, 0.7) } } };
  showMethod({ method: "a1", a: answer(0.4, 0.3, 0.45) }, { exponents });
  const note = page.getElementById("budget-note");
  assert.match(note.textContent, /the methods disagree, see above/);
  assert.equal(note.classList.contains("apart"), true);
  showMethod(null, null);
  assert.equal(note.textContent, "");
  assert.equal(note.classList.contains("apart"), false);
});
