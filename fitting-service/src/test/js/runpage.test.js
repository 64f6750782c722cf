import assert from "node:assert/strict";
import { test } from "node:test";
import { factsOf, lastSpeed } from "plm/runpage";
import { axesOfRun, METRICS, metricBounds, runSeries } from "plm/runplots";
import { yamlOf } from "plm/yaml";
import { wordsOf } from "./document.js";

const step = (i, more = {}) => ({ step: i, tokens: 100 * i, computeFlops: 1e9 * i, lossNats: 4 - i, learningRate: 1e-3, gradientNorm: 0.5, tokensPerSecond: 1000, at: new Date(i * 3_600_000).toISOString(), ...more });
const run = { runId: "r", name: "run", family: "ESM2", size: 8e6, tokens: 300, budgetTokens: 600, computeFlops: 3e9, expectedFlops: 6e9, lossNats: 2, heldOutNats: 2.1, tokensPerSecond: 1000, plan: { recipe: "serrano", peakLearningRate: 4e-4, seed: 3, epochTokens: 200 }, plateau: null };

test("a run can be drawn over the time since its first step", () => {
  const steps = [step(1), step(2), step(3)];
  assert.deepEqual(axesOfRun(run, steps), ["flops", "tokens", "epochs", "steps", "time"]);
  const curve = { points: [{ step: 2, smoothedNats: 2.5 }], finals: [{ tokens: 250, lossNats: 1.9 }] };
  const { loss, line, ends, uncommitted } = runSeries({ run, steps, curve, progress: [step(4)] }, "time");
  assert.deepEqual(loss, [[0, 3], [1, 2], [2, 1]]);
  assert.deepEqual(line, [[1, 2.5]]);
  assert.deepEqual(ends, [[1.5, 1.9]]);
  assert.deepEqual(uncommitted, []);
});

test("a run of a file is drawn over what files say", () => {
  const steps = [1, 2].map((i) => step(i, { at: null, gradientNorm: null, tokensPerSecond: null }));
  assert.deepEqual(axesOfRun({ ...run, plan: null }, steps), ["flops", "tokens"]);
  const series = runSeries({ run: { ...run, plan: null }, steps, curve: null, progress: [] }, "tokens");
  assert.deepEqual([series.gradientNorm, series.speed, series.learningRate.length], [[], [], 2]);
});

test("steps that are not committed follow the line", () => {
  const series = runSeries({ run, steps: [step(1)], curve: { points: [{ ...step(1), smoothedNats: 3.1 }], finals: [] }, progress: [step(2)] }, "steps");
  assert.deepEqual(series.uncommitted, [[2, 2]]);
  assert.deepEqual(series.uncommittedLine, [[1, 3.1], [2, 2]]);
});

test("bounds of each quantity hold its points, and those of none ascend", () => {
  for (const metric of Object.values(METRICS)) {
    for (const points of [[[1, 2], [3, 5]], [[1, 2]], []]) {
      const { x, y } = metricBounds(points, metric);
      assert.ok(x[0] < x[1] && y[0] < y[1] && (!metric.log || y[0] > 0), JSON.stringify([metric.label, points, x, y]));
      for (const [at, value] of points) assert.ok(x[0] <= at && at <= x[1] && y[0] <= value && value <= y[1]);
    }
  }
});

test("facts are those that are known", () => {
  const said = factsOf(run, { trainer: "trainer-2", slice: 7 }).map(([name, value]) => `${name}: ${wordsOf(value)}`);
  for (const words of ["Tokens: 300 of 600", "Epochs: 1.50", "Recipe: serrano, learning rate 4.0 × 10⁻⁴, seed 3", "Trains now: trainer-2, slice 7", "Speed: 1.00K tokens/s, 1.0 × 10¹⁰ training FLOP/s"]) assert.ok(said.includes(words), `${words} in ${said.join("; ")}`);
  const file = factsOf({ ...run, plan: null, tokensPerSecond: null }, null).map(([name]) => name);
  assert.ok(!["Recipe", "Speed", "Epochs", "Trains now"].some((name) => file.includes(name)));
});

test("a recipe is YAML that reads as it was", () => {
  const recipe = { name: "a: b", seed: 1, epsilon: 1e-8, deterministic: true, decay: "DECOUPLED", weights: null, word: "yes", number: "12", budgets: [{ tokens: 100, endRecord: 8 }, { tokens: 200 }], empty: [], none: {}, left: undefined };
  assert.equal(yamlOf(recipe), `name: "a: b"
seed: 1
epsilon: 1.0e-8
deterministic: true
decay: DECOUPLED
weights: null
word: "yes"
number: "12"
budgets:
  - tokens: 100
    endRecord: 8
  - tokens: 200
empty: []
none: {}
`);
});

test("the share of the device's peak is known where its peak is, and the speed of a run that is over is that of its last steps", () => {
  const device = { name: "NVIDIA H100", peakFlops: 1e11 };
  const facts = (one, on, speed) => new Map(factsOf(one, null, on, speed));
  assert.match(facts(run, device).get("Speed"), /^1\.00K tokens\/s, .* training FLOP\/s, 10 % of the device's peak \(MFU\)$/);
  assert.doesNotMatch(facts(run, { name: "cpu", peakFlops: null }).get("Speed"), /MFU/);
  assert.match(facts(run, { name: "cpu" }).get("Device"), /cpu/);
  const over = { ...run, tokensPerSecond: null };
  assert.equal(facts(over, device).has("Speed"), false);
  assert.equal(lastSpeed([step(1, { tokensPerSecond: 10 }), step(2, { tokensPerSecond: null }), step(3, { tokensPerSecond: 30 }), step(4, { tokensPerSecond: 20 })]), 20);
  assert.match(facts(over, device, lastSpeed([step(1)])).get("Speed"), /10 %/);
});
