import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf, describeComparison } from "plm/compareplot";
import { choicesOf, hashOf, isEnough, memberOf, requestOf, stateOf } from "plm/comparestate";
import { caveatsHtml, comparisonRows, differencesHead, differencesHtml, membersHtml, signed, times, verdictsHtml } from "plm/comparetables";
import { compareHref } from "plm/studies";
import { wordsOf } from "./document.js";

const estimate = (value, low, high) => ({ value, low, high, level: 0.95 });
const exponents = { a1: { a: null, b: null, reason: "only <2> sizes" }, a3: { a: estimate(0.5, 0.45, 0.55), b: estimate(0.5, 0.45, 0.55), reason: null } };
const member = (name, more = {}) => ({
  name, study: name, family: "ESM2", corpora: ["c-1"], recipes: ["serrano"], task: "MASKED", runs: 6, runsOver: 5, sizes: [1e6, 2e6, 8e6],
  finals: [{ computeFlops: 1e14, parameters: 1e6, tokens: 1e7, lossNats: 2.9 }, { computeFlops: 1e15, parameters: 2e6, tokens: 1e8, lossNats: 2.6 }],
  envelope: [{ computeFlops: 1e14, lossNats: 2.9 }, { computeFlops: 1e15, lossNats: 2.6 }],
  law: [{ computeFlops: 1e14, lossNats: estimate(2.9, 2.8, 3) }, { computeFlops: 2e15, lossNats: estimate(2.5, 2.4, 2.6) }],
  outcome: "FITTED", reason: null, mostComputeFlops: 1e15, beyond: 2,
  atBudget: { lossNats: estimate(2.5, 2.4, 2.6), parameters: estimate(3e6, 2e6, 5e6), tokens: estimate(1e8, 5e7, 2e8), sizeReason: null }, exponents, ...more,
});
const pair = (other, more = {}) => ({
  first: "a", other, comparable: "SAME", verdict: "BETTER", sentence: `${other} is better than a.`, lossNats: estimate(-0.0512, -0.07, -0.03), computeFactor: estimate(2.04, 1.4, 2.9), reason: null,
  exponents: { a1: { a: null, b: null, reason: "a: only <2> sizes" }, a3: { a: estimate(0.06, -0.01, 0.13), b: estimate(-0.06, -0.13, 0.01), reason: null } }, ...more,
});
const methods = [{ key: "a1", name: "Envelope", detail: "approach 1" }, { key: "a3", name: "Hoffmann", detail: "approach 3" }];
const answer = (members, differences) => ({ budgetFlops: 2e15, intervals: "in quadrature", members, differences, methods, caveats: ["a & b are <not> alike"] });
const both = answer([member("a"), member("b")], [pair("b")]);

test("the address keeps members, budget and scales, and what it cannot say is left as usual", () => {
  const state = { members: ["a", "b:my group: x"], budget: 1e18, xScale: "linear", yScale: "log" };
  assert.equal(hashOf(state), "#study=a&study=b%3Amy+group%3A+x&budget=1e18&xs=linear");
  assert.deepEqual(stateOf(hashOf(state)), state);
  assert.deepEqual(stateOf("#study=a&study=b&budget=1e18").budget, 1e18);
  assert.deepEqual(stateOf(""), { members: [], budget: null, xScale: "log", yScale: "log" });
  assert.deepEqual(stateOf("#study=a&study=a&study=&budget=-3&xs=cubic"), { members: ["a"], budget: null, xScale: "log", yScale: "log" });
  assert.equal(stateOf(`#${Array.from({ length: 12 }, (_, i) => `study=s${i}`).join("&")}`).members.length, 8);
  assert.equal(requestOf(state), "/comparisons?study=a&study=b%3Amy+group%3A+x&budgetFlops=1e18");
  assert.deepEqual(memberOf("b:my group: x"), { study: "b", family: "my group: x" });
  assert.deepEqual(stateOf(compareHref("a~import").replace(/.*#/, "#")).members, ["a~import"]);
  assert.equal(compareHref(null), "/compare.html");
});

test("a study of several families is offered as a whole and by family, what is chosen is not offered again", () => {
  const studies = [{ id: "a", best: [] }, { id: "b", best: [{ family: "CAUSAL" }, { family: "ESM2" }] }];
  assert.deepEqual(choicesOf(studies, []).map(({ choices }) => choices.map(({ words }) => words)), [["a"], ["b, all families", "b, CAUSAL", "b, ESM2"]]);
  assert.deepEqual(choicesOf(studies, ["a", "b:ESM2"]).map(({ study, choices }) => [study, choices.map(({ key }) => key)]), [["b", ["b", "b:CAUSAL"]]]);
  assert.deepEqual([[], ["a"], ["b"], ["b:ESM2"], ["a", "b"]].map((members) => isEnough(members, studies)), [false, false, true, false, true]);
  assert.equal(isEnough(["b"], null), false);
});

test("verdicts and caveats are sentences in which nothing of a file is markup", () => {
  const html = verdictsHtml(answer([], [pair("b"), pair("<c>", { verdict: "NOT_COMPARABLE", sentence: "<c> is not comparable" })]));
  assert.match(html, /data-verdict="BETTER">b is better than a\.<.*data-verdict="NOT_COMPARABLE">&lt;c&gt; is not/);
  assert.equal(caveatsHtml(both), "<li>a &amp; b are &lt;not&gt; alike</li>");
});

test("each member has what was trained and what the budget brings, or why nothing", () => {
  const none = member("c", { outcome: "NOT_IDENTIFIABLE", reason: "a forecast needs at least <10>", mostComputeFlops: null, atBudget: null, corpora: [], recipes: [], sizes: [] });
  const undecided = member("d", { sizes: [1e6], atBudget: { lossNats: estimate(2.5, 2.4, 2.6), parameters: null, tokens: null, sizeReason: "the best size lies \"outside\"" } });
  const html = membersHtml(answer([member("a"), none, undecided], []));
  const said = wordsOf(html);
  for (const words of ["ac-1serrano5 / 61M to 8M3 sizes1.0 × 10¹⁵2.5002.400 to 2.6003.00M2.00M to 5.00M100M50.0M to 200M", "c––5 / 6––a forecast needs at least &lt;10&gt;", "1M1 size"]) assert.ok(said.includes(words), `${words} in ${said}`);
  assert.match(html, /title="the best size lies &quot;outside&quot;">–/);
  assert.match(html, /class="swatch c3"/);
  assert.match(html, /href="\/#a"/);
});

test("a difference is strong where its interval leaves out that there is none, and else not", () => {
  const html = differencesHtml(both);
  assert.match(html, /<td class="n strong">−0\.0512<small>−0\.0700 to −0\.0300<\/small>/);
  assert.match(html, /<td class="n strong">2\.04<small>1\.4 to 2\.9<\/small>/);
  assert.match(html, /<td class="n">\+0\.060<small>−0\.010 to \+0\.130<\/small>/);
  assert.match(wordsOf(html), /a Envelope approach 1only &lt;2&gt; sizesa: only &lt;2&gt; sizes/);
  assert.match(wordsOf(differencesHead(both)), /Quantityab less the first/);
  const weak = differencesHtml(answer(both.members, [pair("b", { lossNats: estimate(0.01, -0.01, 0.03), computeFactor: null, reason: "they do not meet" })]));
  assert.match(weak, /<td class="n">\+0\.0100<small>−0\.0100 to \+0\.0300/);
  assert.match(weak, /class="n why">they do not meet/);
  const pending = answer([member("a", { atBudget: null, reason: "no fit", exponents: { a1: exponents.a1, a3: exponents.a1 } }), member("b")], [pair("b", { lossNats: null, computeFactor: null, reason: "no fit", exponents: pair("b").exponents })]);
  assert.match(wordsOf(differencesHtml(pending)), /at the budgetno fitno fit/);
});

test("signs and factors are readable at any size", () => {
  assert.deepEqual([0.0512, -0.0512, 0, -0.00001].map((value) => signed(value)), ["+0.051", "−0.051", "0.000", "0.000"]);
  assert.deepEqual([2.0449, 1, 0.51, 123.4, 0.0012, 54321].map(times), ["2.04", "1", "0.51", "123", "1.2 × 10⁻³", "5.4 × 10⁴"]);
});

test("the bounds hold every member and its forecast, but not all of an interval without measure", () => {
  const scales = { x: "log", y: "log" };
  const { x, y } = boundsOf(both, scales);
  assert.ok(x[0] < 1e14 && x[1] > 2e15);
  assert.ok(y[0] < 2.4 && y[1] > 2.9 && y[1] < 3.2);
  const wide = member("w", { atBudget: { ...member("w").atBudget, lossNats: estimate(2.5, 0.01, 90) } });
  assert.ok(boundsOf(answer([wide], []), scales).y[1] < 4);
  assert.ok(boundsOf(answer([wide], []), scales).y[0] > 1.9);
  assert.deepEqual(boundsOf(both, { x: "linear", y: "linear" }).x, [1e14 - 0.035 * 1.9e15, 2e15 + 0.035 * 1.9e15]);
  assert.deepEqual(boundsOf(answer([member("n", { finals: [], envelope: [], law: [], atBudget: null })], []), scales), { x: [1e9, 1e12], y: [2, 3] });
});

test("the picture is said in words, and its table has every point", () => {
  assert.match(describeComparison(both), /of 2 members, budget 2\.0 × 10¹⁵: a: lowest 2\.600 nats so far, 2\.500 forecast at the budget; b:/);
  assert.match(describeComparison(answer([member("n", { envelope: [], atBudget: null })], [])), /n: no loss yet$/);
  const rows = comparisonRows(both);
  assert.equal(rows.length, 1 + 2 * (2 + 2 + 2 + 1));
  assert.deepEqual(rows[1], ["a", "final", 1e14, 1e6, 1e7, 2.9, null, null]);
  assert.deepEqual(rows[7], ["a", "at the budget", 2e15, 3e6, 1e8, 2.5, 2.4, 2.6]);
  assert.equal(comparisonRows(answer([member("u", { atBudget: { lossNats: estimate(2, 1, 3), parameters: null, tokens: null } })], [])).at(-1)[3], undefined);
});
