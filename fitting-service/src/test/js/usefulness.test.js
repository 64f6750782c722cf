import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { bounds, choices, describe, metricRows, noteHtml, number, secondHtml, Usefulness } from "plm/usefulness";
import { emptyDocument } from "./document.js";

let page;
beforeEach(() => (page = emptyDocument()));

function state(more) {
  return { runId: "a", name: "27K", parameters: 27_000, step: 10, tokens: 1e6, computeFlops: 1e12, lossNats: 2.6, value: 0.3, low: 0.25, high: 0.35, count: 100, ...more };
}

function metric(more) {
  return {
    family: "ESM2", metric: "spearman", subject: "", higherIsBetter: true, states: [state(), state({ runId: "b", name: "<i>", parameters: 54_000, computeFlops: 1e13, lossNats: 2.5, value: 0.4, low: null, high: null })],
    baselines: [{ predictor: "blosum62", value: 0.2, low: null, high: null }], references: [], fromLoss: { outcome: "NOT_PREDICTABLE", reason: "it turns", atBudget: null, curve: [] },
    best: { differ: true, sentence: "two answers." }, ...more,
  };
}

function sheet(metrics, more) {
  return { study: "s", evaluations: [{ name: "scan", kind: "variant-effect", hash: "h", options: {}, files: [], seconds: 1.234, findings: ["row <3> is set apart"], metrics, ...more }] };
}

test("no evaluations are no section", () => {
  new Usefulness(() => Promise.resolve(null)).show({ study: "s", evaluations: [] });
  assert.equal(page.getElementById("usefulness-section").hidden, true);
});

test("a metric is named by its evaluation, what it is, of what, and of which family where there are several", () => {
  const one = choices(sheet([metric(), metric({ metric: "q3", subject: "layer 2" })]));
  assert.deepEqual(one.map(({ words }) => words), ["scan, Spearman's rank correlation", "scan, three-state accuracy (Q3), layer 2"]);
  const two = choices(sheet([metric(), metric({ family: "CAUSAL" })]));
  assert.equal(two[1].words, "scan, Spearman's rank correlation, CAUSAL");
  assert.notEqual(two[0].key, two[1].key);
});

test("the note says whether the loss determines it, what knows nothing reaches, and what was set apart", () => {
  const [evaluation] = sheet([metric()]).evaluations;
  const said = noteHtml(evaluation, evaluation.metrics[0]);
  assert.match(said, /Not predictable from the loss<\/b>: it turns\./);
  assert.match(said, /<b>two answers\.<\/b>/);
  assert.match(said, /blosum62, which knows nothing of the model: 0\.2\./);
  assert.match(said, /Row &lt;3&gt; is set apart\./);
  assert.match(said, /The interval of one scan is over its variants, not over other proteins\./);
  assert.match(noteHtml(evaluation, null), /^Took 1\.23 s/);
  assert.match(noteHtml(evaluation, metric({ fromLoss: { outcome: "PREDICTABLE", reason: null, curve: [] } })), /^It follows the loss/);
});

test("relatives in the corpus are told by identity, or that they are unknown", () => {
  const shares = [{ identity: 0.3, proteins: 30 }, { identity: 0.5, proteins: 20 }, { identity: 0.9, proteins: 1 }];
  const [evaluation] = sheet([metric()], { relatives: { corpus: "c", proteins: 40, shares, unknown: null } }).evaluations;
  assert.match(noteHtml(evaluation, null), /Of its 40 proteins have a relative in the training corpus: 75 % at 30 % identity, 50 % at 50 % identity, 2\.5 % at 90 % identity/);
  assert.match(noteHtml({ ...evaluation, relatives: { shares: [], unknown: "MMseqs2 cannot be <run>" } }, null), /is unknown: MMseqs2 cannot be &lt;run&gt;\./);
  assert.doesNotMatch(noteHtml({ ...evaluation, relatives: null }, null), /relative/);
});

test("states whose checkpoints were gone are counted", () => {
  const [evaluation] = sheet([metric()], { gone: 3 }).evaluations;
  assert.match(noteHtml(evaluation, null), /3 states were not measured: the checkpoint was gone/);
  assert.match(noteHtml({ ...evaluation, gone: 1 }, null), /One state was not measured/);
  assert.doesNotMatch(noteHtml({ ...evaluation, gone: 0 }, null), /checkpoint/);
});

test("published models are told set by set, and those that are not comparable are named so", () => {
  const [evaluation] = sheet([metric()]).evaluations;
  const one = { source: "a table", data: "217 assays", comparable: false, why: "other assays" };
  const other = { source: "a paper", data: "one <assay>", comparable: true, why: "the same assay" };
  const said = noteHtml(evaluation, metric({ references: [{ ...one, model: "ESM-2 8M", value: 0.226 }, { ...other, model: "ESM-2 8M", value: 0.399 }, { ...one, model: "ESM-2 35M", value: 0.321 }] }));
  assert.match(said, /Published, not comparable \(other assays\): ESM-2 8M 0\.226, ESM-2 35M 0\.321 on 217 assays; a table\./);
  assert.match(said, /Published, drawn as rings over the parameters \(the same assay\): ESM-2 8M 0\.399 on one &lt;assay&gt;; a paper\./);
});

test("bounds hold states, intervals and baselines, and leave room", () => {
  const { x, y } = bounds(metric(), "computeFlops");
  assert.ok(x[0] < 1e12 && x[1] > 1e13 && y[0] < 0.2 && y[1] > 0.4);
  const over = bounds(metric(), "lossNats");
  assert.ok(over.x[0] < 2.5 && over.x[1] > 2.6);
  const none = bounds(metric({ states: [state({ lossNats: null })] }), "lossNats");
  assert.deepEqual(none, { x: [2, 3], y: [0, 1] });
  assert.match(describe(metric(), "tokens"), /^Spearman's rank correlation of 2 states over training tokens, 0\.3 to 0\.4$/);
});

test("over the parameters, published models that compare have room, and no others", () => {
  const references = [{ parameters: 15e9, value: 0.73, comparable: true }, { parameters: 1e12, value: 0.99, comparable: false }];
  const { x, y } = bounds(metric({ references }), "parameters");
  assert.ok(x[1] > 15e9 && x[1] < 1e12 && y[1] > 0.73 && y[1] < 0.99);
  assert.deepEqual(bounds(metric({ references }), "tokens"), bounds(metric(), "tokens"));
});

test("numbers have three digits, or four from ten on", () => {
  assert.deepEqual([0.41234, 11.4312, 0, 123456].map(number), ["0.412", "11.43", "0", "1.2 × 10⁵"]);
});

test("the table of what is drawn has a row for each state", () => {
  const [evaluation] = sheet([metric()]).evaluations;
  const rows = metricRows({ evaluation, metric: metric() });
  assert.equal(rows.length, 3);
  assert.deepEqual(rows[1], ["scan", "spearman", "", "27K", "a", 27_000, 1e6, 1e12, 2.6, 0.3, 0.25, 0.35]);
});

test("a metric whose best state is another than the loss's is a second answer", () => {
  const byMetric = state({ name: "<8K>", value: 0.4, low: 0.38, high: 0.42 });
  const best = { differ: true, sentence: "two answers.", byMetric, byLoss: state() };
  const said = secondHtml(choices(sheet([metric({ best }), metric({ subject: "one scan", best }), metric({ metric: "auc", best: { ...best, differ: false } })])));
  assert.match(said, /^By scan, Spearman&#39;s rank correlation the answer is another: <b>.*&lt;8K&gt;.*<\/b> reached 0\.4 \(0\.38 to 0\.42\), .*27K.* with the lowest loss 0\.3 \(0\.25 to 0\.35\)\.$/);
});
