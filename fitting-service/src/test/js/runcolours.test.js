import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { colouring, usefulColourings } from "plm/runcolours";
import { emptyDocument } from "./document.js";

beforeEach(() => {
  emptyDocument();
  globalThis.getComputedStyle = () => ({ getPropertyValue: (name) => ({ "--size-1": "#000000", "--size-5": "#ffffff" })[name] ?? (name.startsWith("--size") ? "#808080" : name) });
});

const run = (runId, size, family = "ESM2", seed = null) => ({ runId, name: `name of ${runId}`, size, family, plan: seed == null ? null : { seed, peakLearningRate: 1e-3 } });

test("sizes of the family that is shown go from the first colour to the last, and others are quiet", () => {
  const { colours, entries, ordered } = colouring([run("b", 2e6), run("a", 1e6), run("c", 1e6), run("d", 1e6, "CAUSAL")], "size", "ESM2");
  assert.equal(ordered, true);
  assert.deepEqual(entries.map(({ label, runIds }) => [label, runIds]), [["1.00M", ["a", "c"]], ["2.00M", ["b"]]]);
  assert.deepEqual([...colours], [["b", "rgb(255 255 255)"], ["a", "rgb(0 0 0)"], ["c", "rgb(0 0 0)"], ["d", "--other"]]);
});

test("families, seeds and runs have colours that differ, whatever family is shown", () => {
  const runs = Array.from({ length: 30 }, (_, i) => run(`r${i}`, 1e6, i % 2 ? "ESM2" : "CAUSAL", i % 3));
  assert.deepEqual(colouring(runs, "family", "ESM2").entries.map(({ label, colour }) => [label, colour]), [["CAUSAL", "--category-1"], ["ESM2", "--category-2"]]);
  assert.deepEqual(colouring(runs, "seed", "ESM2").entries.map(({ label }) => label), ["seed 0", "seed 1", "seed 2"]);
  const each = colouring(runs, "run", "ESM2");
  assert.equal(new Set(each.colours.values()).size, 30);
  assert.equal(each.entries[0].label, "name of r0");
});

test("what tells no run from another is not offered", () => {
  assert.deepEqual(usefulColourings([run("a", 1), run("b", 2)]), ["size", "run"]);
  assert.deepEqual(usefulColourings([run("a", 1, "ESM2", 1), run("b", 1, "CAUSAL", 2)]), ["size", "family", "seed", "run"]);
});
