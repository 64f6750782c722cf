import assert from "node:assert/strict";
import { test } from "node:test";

import { age, budgetsOf, cellsOf, commandsOf, commandsOfAll, extension, factsOf, loss, rowOf } from "../../main/resources/META-INF/resources/page/actions.js";
import { fileNameOf } from "../../main/resources/META-INF/resources/page/plan.js";

const run = (state, more = {}) => ({ runId: `r-${state}`, name: state, state, parameters: { exact: 8.5e6 }, step: 1200, tokens: 2.5e6, computeFlops: 1e14, expectedFlops: 4e14, epochs: 0.25, ...more });
const study = (runs, more = {}) => ({
  id: "s", state: "TRAINING", corpus: "c", shapes: [{}], tokenBudgets: [1e6, 2e6], flopBudgets: null, tokensPerParameter: null, budget: null,
  recipe: { name: "frontier-default" }, seeds: [7], runs, doneFlops: 1e14, expectedFlops: 4e14, createdAt: "2024-01-01T00:00:00Z", warnings: [], ...more,
});

test("a run that may go on can be stopped, a stopped one resumed, one that is over neither", () => {
  assert.deepEqual(["PLANNED", "TRAINING", "STOPPED", "COMPLETED", "DIVERGED"].map((state) => commandsOf(run(state))), [["STOP"], ["STOP"], ["RESUME"], [], []]);
});

test("a study has the commands of its runs, each once", () => {
  assert.deepEqual(commandsOfAll(study([run("TRAINING"), run("STOPPED"), run("COMPLETED"), run("TRAINING")])), ["STOP", "RESUME"]);
  assert.deepEqual(commandsOfAll(study([run("COMPLETED")])), []);
});

test("an extension has the study's kind of budgets", () => {
  assert.deepEqual(extension(study([]), "4e6, 8e6", ""), { tokenBudgets: [4e6, 8e6] });
  assert.deepEqual(extension(study([], { flopBudgets: [1e15] }), "2e15", "15M causal-35M"), { flopBudgets: [2e15], shapes: ["15M", "causal-35M"] });
  assert.deepEqual(extension(study([], { tokensPerParameter: [20] }), "40", ""), { tokensPerParameter: [40] });
});

test("what is no number goes to the service as it is, and nothing is no extension", () => {
  assert.deepEqual(extension(study([]), "many", ""), { tokenBudgets: ["many"] });
  assert.equal(extension(study([]), "  ", ","), null);
});

test("the list counts what is over and never shows more than everything", () => {
  const row = rowOf(study([run("COMPLETED"), run("DIVERGED"), run("TRAINING")], { doneFlops: 5e14 }), Date.parse("2024-01-01T03:30:00Z"));
  assert.deepEqual(row, { id: "s", state: "training", runs: "2 / 3", done: "100%", corpus: "c", age: "3 h" });
});

test("the sentence names the budgets by their kind", () => {
  assert.match(factsOf(study([run("TRAINING")])), /tokens: 1M, 2M/);
  assert.match(factsOf(study([run("TRAINING")], { flopBudgets: [3e15], budget: "20 minutes here" })), /chosen for 20 minutes here; 1 runs of 1 shapes; FLOPs of a run: 3.00e\+15/);
  assert.deepEqual(budgetsOf(study([], { tokensPerParameter: [20] })), ["tokensPerParameter", "tokens per parameter"]);
});

test("cells of a run are in the order of the table's heads", () => {
  assert.deepEqual(cellsOf(run("TRAINING")), ["training", "8.5M", "25%", "2.5M", "0.25", "1.2K"]);
});

test("what a deletion takes is said before it", () => {
  assert.match(loss(study([run("TRAINING"), run("COMPLETED")])), /^2 runs with 1\.00e\+14 training FLOPs spent.*; 1 that is not over is stopped\. Sealed/);
  assert.doesNotMatch(loss(study([run("COMPLETED")])), /stopped/);
});

test("ages grow from minutes to days", () => {
  assert.deepEqual([59, 60, 48 * 60 - 1, 48 * 60].map((minutes) => age(minutes * 60_000)), ["59 min", "1 h", "47 h", "2 d"]);
  assert.equal(age(-5), "0 min");
});

test("names of files become what the service takes", () => {
  assert.equal(fileNameOf("my proteins (1).fasta.gz"), "my-proteins-1-.fasta.gz");
  assert.equal(fileNameOf("...hidden"), "hidden");
  assert.equal(fileNameOf("Äther.fa"), "A-ther.fa");
  assert.equal(fileNameOf("蛋白"), "proteins.fasta");
  assert.match(fileNameOf(`${"é".repeat(300)}.fasta`), /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/);
});
