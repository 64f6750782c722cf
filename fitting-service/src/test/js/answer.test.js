import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { BudgetField, budgetOf, cost, showAge, showAnswer, showWeights } from "plm/answer";
import { emptyDocument, wordsOf } from "./document.js";

let page;
beforeEach(() => (page = emptyDocument()));

const estimate = (value) => ({ value, low: value / 2, high: 2 * value, level: 0.95 });
const best = { parameters: estimate(1e6), tokens: estimate(2e7), tokensPerParameter: estimate(20), lossNats: { value: 2.6, low: 2.5, high: 2.7, level: 0.95 }, halfSize: { costsNats: { value: 0.0123, low: 0.004, high: 0.0206, level: 0.95 }, computeShare: 0.91, computeShareLow: 0.85, computeShareHigh: 0.97 }, twiceSize: { costsNats: { value: 0.02, low: -0.01, high: 0.05, level: 0.95 }, computeShare: 0.86, computeShareLow: null, computeShareHigh: 1 } };
const from = { losses: 28, beyond: 10, weights: { HOFFMANN: 0.25, TIED: 0.75 }, ageSeconds: 4, current: true };
const sheet = { study: "s", family: "ESM2", budgetFlops: 1.2e14, outcome: "FITTED", best, from };
const field = { shown: [], show: (usual) => field.shown.push(usual) };
const lines = () => page.getElementById("answer-lines").innerHTML;

test("a budget is read as people write it", () => {
  assert.deepEqual(["1e15", "3 × 10^15", "2x10**14", "10^12", "3,000,000", " 1.5E3 "].map(budgetOf), [1e15, 3e15, 2e14, 1e12, 3e6, 1500]);
  assert.deepEqual(["", "lots", "-1", "0", "1e999", "NaN"].map(budgetOf), [null, null, null, null, null, null]);
});

test("every number of the answer stands with its interval, and beside it what other sizes cost", () => {
  showAnswer({ budget: null, sheets: [{ family: "ESM2", at: Date.now(), sheet }] }, field, true);
  const words = wordsOf(lines());
  assert.match(words, /1\.00M parameters500K to 2\.00M/);
  assert.match(words, /20\.0M tokens10\.0M to 40\.0M/);
  assert.match(words, /20 tokens per parameter10 to 40/);
  assert.match(words, /2\.600 nats2\.500 to 2\.700/);
  assert.match(words, /half the size: \+0\.012 nats \+0\.004 to \+0\.021, as if 9 % of the budget were wasted, 3 % to 15 %twice/);
  assert.match(words, /twice the size: \+0\.020 nats −0\.010 to \+0\.050, as if 14 % of the budget were wasted, 0 % to more than 99\.99 %; it may be better/);
  assert.match(page.getElementById("answer-from").textContent, /1\.2 × 10¹⁴ FLOPs as 6 N D, 10 times what was trained, from 28 final losses/);
  assert.equal(page.getElementById("answer-age").textContent, "computed 4 s ago");
  assert.equal(field.shown.at(-1), 1.2e14);
});

test("what is not decided has its reason and no number", () => {
  showAnswer({ budget: null, sheets: [{ family: "ESM2", sheet: { ...sheet, best: null, from: null, reason: "only <2> sizes" } }] }, field, true);
  assert.match(lines(), /not decided yet <small>only &lt;2&gt; sizes/);
  assert.doesNotMatch(wordsOf(lines()), /parameters/);
  showAnswer(null, field, true);
  assert.match(wordsOf(lines()), /not decided yet no fit has been computed/);
});

test("runs that would decide stand with their cost", () => {
  const decidingRuns = [{ parameters: 5e6, tokens: 4e7, computeFlops: 1.2e15, widthBefore: 1.75, widthAfter: 1.3 }];
  showAnswer({ budget: null, sheets: [{ family: "ESM2", at: Date.now(), sheet: { ...sheet, decidingRuns } }] }, field, true);
  assert.match(wordsOf(lines()), /each alone5\.00M parameters, 40\.0M tokens: 1\.2 × 10¹⁵ FLOPs parameters within a factor of 1\.3 instead of 1\.8/);
  const few = [{ ...decidingRuns[0], widthBefore: 0, widthAfter: 0 }];
  showAnswer({ budget: null, sheets: [{ family: "ESM2", sheet: { ...sheet, best: null, from: null, reason: "too few", decidingRuns: few } }] }, field, true);
  assert.match(wordsOf(lines()), /too fewRuns that would be enough, together5\.00M parameters/);
});

test("several families have a line each, a refused budget says why", () => {
  showAnswer({ budget: 1e30, sheets: [{ family: "ESM2", sheet }, { family: "<b>", problem: "the budget is too far" }] }, field, true);
  assert.equal(lines().match(/class="line"/g).length, 2);
  assert.match(lines(), /title="&lt;b&gt;"/);
  assert.match(wordsOf(lines()), /no answer the budget is too far/);
});

test("an answer that could not be had anew stays and says so; a report has no age", () => {
  showAnswer({ budget: null, sheets: [{ family: "ESM2", at: Date.now() - 60_000, sheet, lost: "the server cannot be reached" }] }, field, true);
  assert.match(wordsOf(lines()), /1\.00M parameters/);
  assert.equal(page.getElementById("answer-age").textContent, "computed 1 min 4 s ago; no newer answer: the server cannot be reached");
  showAge({ sheets: [{ family: "ESM2", sheet }] }, false);
  assert.equal(page.getElementById("answer-age").textContent, "");
});

test("a little waste is told from none, and a better size from a worse one", () => {
  const size = (value, low, high, computeShare) => ({ costsNats: { value, low, high, level: 0.95 }, computeShare, computeShareLow: 0.9, computeShareHigh: 1 });
  assert.match(wordsOf(cost(size(0.0004, 0.0001, 0.01, 0.996))), /^\+0\.000 nats \+0\.000 to \+0\.010, as if 0\.4 % of the budget were wasted, 0 % to 10 %$/);
  assert.match(wordsOf(cost(size(-0.002, -0.006, 0.002, 1))), /^−0\.002 nats −0\.006 to \+0\.002, as if 0 % .*; it may be better$/);
});

test("the field asks for what is a number, and for the usual budget where it is empty", () => {
  const asked = [];
  const made = new BudgetField((budget) => asked.push(budget));
  const type = (text) => {
    made.field.value = text;
    made.field.listeners.input();
  };
  type("1e15");
  type("1e15x");
  assert.equal(page.getElementById("answer-problem").textContent, "'1e15x' is no number of FLOPs, as 3e15 is");
  assert.equal(page.getElementById("answer-problem").hidden, false);
  page.getElementById("answer-usual").listeners.click();
  assert.deepEqual(asked, [1e15, null]);
  assert.equal(page.getElementById("answer-problem").hidden, true);
  made.show(1.2345e14);
  assert.equal(made.field.placeholder, "1.2e14");
  assert.equal(new BudgetField(undefined).field.readOnly, true);
});

test("the laws stand with their shares, the heaviest first", () => {
  showWeights(sheet);
  assert.match(page.getElementById("weights").textContent, /weighs Hoffmann's law with alpha = beta 75 % and Hoffmann's law 25 %,/);
  showWeights(null);
  assert.equal(page.getElementById("weights").textContent, "");
});
