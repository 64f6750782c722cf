import assert from "node:assert/strict";
import { test } from "node:test";

import { corpusRequest, duration, evaluation, grid, makespans, problemsByField, request, studyFile, total } from "../../main/resources/META-INF/resources/page/plan.js";

const FIELDS = {
  corpus: "c0ffee",
  id: "",
  family: "esm2",
  kind: "budget",
  budget: " 20 minutes here ",
  devices: "2",
  sizes: "5M..650M, 8",
  unit: "flopBudgets",
  budgets: "1e17, 3e17 1e18",
  maxEpochs: "",
  recipe: "",
  seeds: "",
  learningRates: "",
};

test("a budget is sent with nothing that the form leaves open", () => {
  assert.deepEqual(request(FIELDS), { corpus: "c0ffee", budget: "20 minutes here", devices: 2 });
});

test("a corpus names a held-out set where the form does, and both only for the service to refuse", () => {
  assert.deepEqual(corpusRequest(" /data/a.fasta ", "", " "), { sources: ["/data/a.fasta"] });
  assert.deepEqual(corpusRequest("/a", "5d637487833b6cda", ""), { sources: ["/a"], heldOut: { corpus: "5d637487833b6cda" } });
  assert.deepEqual(corpusRequest("/a", "", "/h.fasta ").heldOut, { sources: ["/h.fasta"] });
  assert.deepEqual(Object.keys(corpusRequest("/a", "x", "/h").heldOut), ["corpus", "sources"]);
});

test("a grid has sizes and one kind of budgets, numbers where they are numbers", () => {
  const stated = { ...FIELDS, kind: "grid", family: "causal", seeds: "1,2", maxEpochs: "4", learningRates: "1e-3" };
  assert.deepEqual(request(stated), {
    corpus: "c0ffee",
    family: "causal",
    sizes: "5M..650M, 8",
    flopBudgets: [1e17, 3e17, 1e18],
    maxEpochs: 4,
    seeds: [1, 2],
    learningRates: [1e-3],
  });
  const listed = { ...FIELDS, kind: "grid", sizes: "5M, 20M", unit: "tokenBudgets", budgets: "20M;4e7" };
  assert.deepEqual(request(listed).sizes, ["5M", "20M"]);
  assert.deepEqual(request(listed).tokenBudgets, ["20M", 4e7]);
});

test("an evaluation has the files and options that were filled in, and says how often within runs", () => {
  const row = { name: " blat ", kind: "variant-effect", files: { scores: "/a.csv /b.csv", wildType: "/w.fasta", reference: " " }, options: "seed=2 scoring=wt-marginals", everyPercent: "10" };
  assert.deepEqual(evaluation(row), {
    name: "blat",
    kind: "variant-effect",
    files: { scores: ["/a.csv", "/b.csv"], wildType: "/w.fasta" },
    options: { seed: 2, scoring: "wt-marginals" },
    everyPercent: 10,
  });
  assert.deepEqual(evaluation({ name: "p", kind: "perplexity", files: { proteins: "/p.fasta" }, options: "", everyPercent: "" }), { name: "p", kind: "perplexity", files: { proteins: "/p.fasta" } });
  assert.deepEqual(request({ ...FIELDS, evaluations: [row] }).evaluations.map(({ name }) => name), ["blat"]);
  assert.equal(request({ ...FIELDS, evaluations: [] }).evaluations, undefined);
});

test("the file is the request, a field a line", () => {
  assert.equal(studyFile({ corpus: "c", flopBudgets: [1, "2G"] }), 'corpus: "c"\nflopBudgets: [1,"2G"]\n');
});

test("problems stand at their fields, and those without one together", () => {
  const problem = {
    detail: "all",
    errors: [
      { field: "flopBudgets[1]", detail: "must exceed" },
      { field: "flopBudgets[2]", detail: "too" },
      { field: "recipe.schedule", detail: "odd" },
      { field: "tokenDropout", detail: "nowhere" },
    ],
  };
  assert.deepEqual(problemsByField(problem, new Set(["budgets", "recipe"]), "flopBudgets"), {
    budgets: "must exceed; too",
    recipe: "odd",
    other: "nowhere",
  });
  assert.deepEqual(problemsByField({ title: "Conflict", detail: "busy" }, new Set(), ""), { other: "busy" });
});

test("the plan says until when how many trainers are done", () => {
  const one = { makespans: [{ trainers: 1, devicesEach: 1, hours: 0.5, idleShare: 0 }] };
  assert.deepEqual(makespans(one), []);
  const several = {
    makespans: [
      { trainers: 1, devicesEach: 1, hours: 9, idleShare: 0 },
      { trainers: 2, devicesEach: 1, hours: 8, idleShare: 0.4 },
      { trainers: 1, devicesEach: 2, hours: 4.5, idleShare: 0 },
    ],
  };
  assert.deepEqual(makespans(several), ["Done in 9.00 h with 1 trainer, 8.00 h with 2 trainers", "Done in 4.50 h with 1 trainer, of 2 devices each, at best"]);
});

test("cells stand under their budgets, those that are left out are empty", () => {
  const preview = {
    budgetField: "flopBudgets",
    budgetValues: [1e12, 4e12],
    expectedFlops: 5e12,
    runs: [
      { name: "5M", parameters: { exact: 5e6 }, deviceHours: 0.5, cells: [{ budget: 0, tokens: 2e4, flops: 9e11, epochs: 0.1, deviceHours: 0.1 }, { budget: 1, tokens: 1e5, flops: 4e12, epochs: 0.5, deviceHours: 0.5 }] },
      { name: "35M", parameters: { exact: 35e6 }, deviceHours: 2.5, cells: [{ budget: 1, tokens: 1e4, flops: 4e12, epochs: 0.05, deviceHours: 2.5 }] },
    ],
  };
  const { heads, rows } = grid(preview);
  assert.deepEqual(heads, ["1.00e+12 FLOPs", "4.00e+12 FLOPs"]);
  assert.deepEqual(rows[0].cells[1], { main: "100K tokens", note: "0.50 epochs, 30.0 min" });
  assert.equal(rows[1].cells[0], null);
  assert.equal(total(preview), "2 runs, 3 cells, 5.00e+12 FLOPs, about 3.00 h of one device");
  assert.equal(duration(100), "4.17 d");
});
