import assert from "node:assert/strict";
import { test } from "node:test";
import { filterOf, numberOf } from "plm/runfilter";

const runs = [
  { name: "small", family: "ESM2", state: "COMPLETED", size: 8e6, lossNats: 2.9, plateau: { verdict: "NOT_YET" }, plan: { seed: 1, peakLearningRate: 4e-4 } },
  { name: "large", family: "ESM2", state: "TRAINING", size: 35e6, lossNats: 2.7, plateau: null, plan: { seed: 2, peakLearningRate: 1e-3 } },
  { name: "decoder", family: "MODERN_CAUSAL", state: "TRAINING", size: 12e6, lossNats: null, plateau: { verdict: "PLATEAU" }, plan: null },
];

function passed(text) {
  const { matches, problem } = filterOf(text);
  assert.equal(problem, null, text);
  return runs.filter(matches).map(({ name }) => name);
}

test("numbers are read as people write them", () => {
  assert.deepEqual(["10M", "2.8", "3e9", "1.5k", "7b", "40%", ".5", "2T"].map(numberOf), [1e7, 2.8, 3e9, 1500, 7e9, 0.4, 0.5, 2e12]);
  assert.deepEqual(["", "M", "1.2.3", "ten", "1e"].map(numberOf), [null, null, null, null, null]);
});

test("all parts of a filter have to hold", () => {
  assert.deepEqual(passed("size>10M loss<2.8 state=TRAINING family=esm2"), ["large"]);
  assert.deepEqual(passed("size > 10M"), ["large", "decoder"]);
  assert.deepEqual(passed("size>=8M size<=12M"), ["small", "decoder"]);
  assert.deepEqual(passed(""), ["small", "large", "decoder"]);
});

test("words are looked for in name, family, state and verdict, also beside comparisons", () => {
  assert.deepEqual(passed("training"), ["large", "decoder"]);
  assert.deepEqual(passed("TRAIN size<20M"), ["decoder"]);
  assert.deepEqual(passed('"not yet"'), ["small"]);
});

test("text is equal whatever its case and its dashes, and several values are alternatives", () => {
  assert.deepEqual(passed("family=modern-causal"), ["decoder"]);
  assert.deepEqual(passed('family="modern causal"'), ["decoder"]);
  assert.deepEqual(passed("plateau=not_yet,plateau"), ["small", "decoder"]);
  assert.deepEqual(passed("state!=training"), ["small"]);
});

test("a missing value passes no comparison but a difference", () => {
  assert.deepEqual(passed("loss<9"), ["small", "large"]);
  assert.deepEqual(passed("lr>5e-4"), ["large"]);
  assert.deepEqual(passed("seed=1,2"), ["small", "large"]);
  assert.deepEqual(passed("seed!=2"), ["small", "decoder"]);
});

test("a number is equal to what is shown of it", () => {
  runs[0].size = 8_012_345;
  assert.deepEqual(passed("size=8M"), ["small"]);
  assert.deepEqual(passed("size=9M"), []);
});

test("what cannot be read is a sentence that names it", () => {
  const problem = (text) => {
    const { matches, problem: said } = filterOf(text);
    assert.equal(matches, null);
    return said;
  };
  assert.match(problem("siz>10M"), /there is no field 'siz'; the fields are name, .*size/);
  assert.match(problem("loss<low"), /'low' is no number, as 10M, 2.8 or 3e9 are/);
  assert.match(problem("state<TRAINING"), /state is text, so it takes = or !=, not </);
  assert.match(problem("size>"), /says no value after >/);
  assert.match(problem("small >3"), /there is no field 'small'/);
  assert.match(problem(">3"), /names no field before >/);
  assert.match(problem("loss<2,3"), /takes one number, not 2/);
});
