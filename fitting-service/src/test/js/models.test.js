import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { comparisonOf, onMask, partsInWords, showComparison, standing } from "plm/comparison";
import { showInfluence, showModels } from "plm/models";
import { emptyDocument, wordsOf } from "./document.js";

let page;
beforeEach(() => (page = emptyDocument()));

const fits = ["a1", "a3"].map((method) => ({ method, words: { name: method, detail: "", sentence: method, used: "" } }));
const place = (method, more = {}) => ({ method, standing: "OVER_TRAINED", tokenFactor: { value: 12.3, low: 9, high: 20 }, extrapolated: false, ...more });
const model = (places) => ({ name: "ESM-2 <650M>", parameters: 652_000_000, tokens: 1e12, computeFlops: 4e21, source: "Lin et al.", places });

test("a known model has its place by each method that placed it", () => {
  showModels({ placed: [model([place("a1"), place("a3", { extrapolated: true })])], outside: 2 }, fits);
  const row = page.querySelector("#models tbody").innerHTML;
  assert.match(row, /ESM-2 &lt;650M&gt;/);
  assert.match(wordsOf(row), /652M.*▲ over trained.*12.*9\.0 to 20.*†/);
  assert.match(page.getElementById("models-note").textContent, /2 further known models lie too far outside/);
  const heads = page.querySelector("#models thead tr").innerHTML.match(/<th/g);
  assert.equal(heads.length, row.match(/<t[hd]/g).length, "as many heads as cells");
});

test("methods that contradict each other give no common standing", () => {
  showModels({ placed: [model([place("a1"), place("a3", { standing: "UNDER_TRAINED" })])], outside: 0 }, fits);
  assert.match(page.querySelector("#models tbody").innerHTML, /data-standing="DISAGREE">methods disagree/);
});

test("no catalog is no section, nothing placed is a sentence", () => {
  showModels(null);
  assert.equal(page.getElementById("models-section").hidden, true);
  showModels({ placed: [], outside: 3 }, fits);
  assert.equal(page.getElementById("models-note").textContent, "3 known models lie too far outside the observed compute to be placed.");
});

test("influence shows the runs that move the exponent most, or why it is not known", () => {
  const runs = Array.from({ length: 10 }, (_, i) => ({ run: `r${i}`, name: `n${i}`, a: 0.5, shiftOfA: 0.01 * (i - 5) }));
  showInfluence({ runs });
  assert.equal(page.getElementById("influence-note").innerHTML, "The 8 that move it most, of 10.");
  assert.match(wordsOf(page.querySelector("#influence tbody").innerHTML), /^n00\.500-0\.050.*n70\.500\+0\.020$/);
  showInfluence({ runs: [], reason: "too <many> runs" });
  assert.equal(page.getElementById("influence-note").innerHTML, "Not computed: too &lt;many&gt; runs.");
  showInfluence(null);
  assert.equal(page.getElementById("influence-section").hidden, true);
});

const lines = [{ name: "frequencies", label: "frequencies", lossNats: 2.7 }];

test("a loss stands above or below the frequencies of its own task", () => {
  const comparison = { family: "ESM2", lines, onMask: [], note: null };
  assert.deepEqual(standing({ heldOutNats: 2.6 }, comparison), ["held-out 2.600, 0.100 below frequencies (2.700)"]);
  assert.deepEqual(standing({ heldOutNats: 2.75, heldOutParts: { mask: { lossNats: 2.9 } } }, comparison), ["held-out 2.750, 0.050 above frequencies (2.700)", "on MASK 2.900"]);
  assert.deepEqual(standing({ heldOutNats: 2.6 }, null), []);
  assert.equal(comparisonOf({ comparisons: [comparison] }, "ESM2"), comparison);
  assert.equal(comparisonOf({}, "ESM2"), null);
  assert.equal(onMask({}), null);
});

test("parts that nobody computed are dashes, and none at all is nothing", () => {
  assert.equal(partsInWords({ heldOutParts: { mask: { lossNats: 2.9, residues: 10 } } }), "on MASK 2.900 nats over 10; on another residue –; on unchanged residues –");
  assert.equal(partsInWords({}), "");
});

test("the sentence under the runs says how the masks were drawn", () => {
  const masked = { masking: { masked: 0.8, random: 0.1 }, selectedResidues: 1000 };
  showComparison({ masked: true, lines, onMask: lines, note: null }, { masked });
  assert.equal(
    page.getElementById("comparison").textContent,
    "Without a network, on the held-out set: frequencies 2.700 nats. On residues that show MASK: frequencies 2.700 nats. The masks are those of every held-out loss: 1000 residues, 80 % MASK, 10 % random, 10 % unchanged.",
  );
});
