import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldNamed, sorted } from "plm/runfields";
import { groupsOf, usefulGroupings } from "plm/rungroups";

const run = (name, size, more = {}) => ({ runId: name, name, size, family: "ESM2", state: "TRAINING", lossNats: null, plan: null, ...more });

test("groups ascend, with their runs in their order and the lowest loss", () => {
  const runs = [run("c", 3e7, { lossNats: 2.7 }), run("a", 8e6), run("b", 3e7, { lossNats: 2.6 })];
  const groups = groupsOf(runs, "size");
  assert.deepEqual(groups.map(({ label, runs: members, bestNats }) => [label, members.map(({ name }) => name), bestNats]), [
    ["8.00M parameters", ["a"], null],
    ["30.0M parameters", ["c", "b"], 2.6],
  ]);
});

test("runs without a value are the last group", () => {
  const groups = groupsOf([run("file", 1), run("two", 1, { plan: { seed: 2 } }), run("ten", 1, { plan: { seed: 10 } })], "seed");
  assert.deepEqual(groups.map(({ label }) => label), ["seed 2", "seed 10", "not known"]);
});

test("only what separates the runs is offered", () => {
  assert.deepEqual(usefulGroupings([run("a", 1), run("b", 2)]), ["size"]);
  assert.deepEqual(usefulGroupings([run("a", 1, { plan: { seed: 1, peakLearningRate: 1e-3 } }), run("b", 1, { plan: { seed: 2, peakLearningRate: 1e-3 }, state: "COMPLETED" })]), ["seed", "state"]);
  assert.deepEqual(usefulGroupings([run("a", 1)]), []);
});

test("fields have the names that people use", () => {
  assert.deepEqual(["LR", "held-out", "params", "verdict", "learning_rate", "C", "nothing"].map(fieldNamed), ["learningRate", "heldOut", "size", "plateau", "learningRate", "flops", undefined]);
});

test("equal runs keep their order when they are sorted, and missing values are last", () => {
  const runs = [run("b", 2), run("a", 1), run("d", 2), run("c", null)];
  assert.deepEqual(sorted(runs, { key: "size", sign: -1 }).map(({ name }) => name), ["b", "d", "a", "c"]);
  assert.deepEqual(sorted(runs, null), runs);
});
