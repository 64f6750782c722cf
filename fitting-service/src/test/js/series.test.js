import assert from "node:assert/strict";
import { test } from "node:test";
import { lossBounds, predictionsOn, seriesOf, usefulAxes } from "plm/series";

const points = [1, 2, 3, 4].map((step) => ({ step, tokens: 100 * step, computeFlops: 1e9 * step, lossNats: 4 - step / 2, smoothedNats: 4.1 - step / 2 }));
const curve = { runId: "r", name: "run", family: "ESM2", points, finals: [{ tokens: 250, computeFlops: 2.5e9, lossNats: 2.9 }] };
const run = { runId: "r", expectedFlops: 8e9, budgetTokens: 800, plan: { epochTokens: 200 } };
const model = (more = {}) => ({ curves: [curve], runs: new Map([["r", run]]), ...more });

test("a curve lies over FLOPs, tokens, epochs or steps", () => {
  const xs = (x) => seriesOf(model(), { x, smoothing: null })[0].points.map(([at]) => at);
  assert.deepEqual(xs("flops"), [1e9, 2e9, 3e9, 4e9]);
  assert.deepEqual(xs("tokens"), [100, 200, 300, 400]);
  assert.deepEqual(xs("epochs"), [0.5, 1, 1.5, 2]);
  assert.deepEqual(xs("steps"), [1, 2, 3, 4]);
});

test("a final loss is where its tokens are, over steps as well", () => {
  const end = (x) => seriesOf(model(), { x, smoothing: null })[0].ends;
  assert.deepEqual(end("flops"), [[2.5e9, 2.9]]);
  assert.deepEqual(end("epochs"), [[1.25, 2.9]]);
  assert.deepEqual(end("steps"), [[2.5, 2.9]]);
});

test("the line is that of the fits, or a moving average where one is asked for", () => {
  const line = (smoothing) => seriesOf(model(), { x: "steps", smoothing })[0].line.map(([, y]) => Number(y.toFixed(3)));
  assert.deepEqual(line(null), [3.6, 3.1, 2.6, 2.1]);
  assert.deepEqual(line(0), [3.5, 3, 2.5, 2]);
  assert.ok(line(0.9)[3] > 2.5);
});

test("a run without a corpus is on no axis of epochs, and such an axis is not offered for files", () => {
  const file = new Map([["r", { runId: "r", plan: null }]]);
  assert.deepEqual(seriesOf({ ...model(), runs: file }, { x: "epochs", smoothing: null }), []);
  assert.deepEqual(usefulAxes([...file.values()]), ["flops", "tokens"]);
  assert.deepEqual(usefulAxes([run]), ["flops", "tokens", "epochs", "steps"]);
});

test("steps that are not committed go on from the end of the line", () => {
  const progress = [{ runId: "r", points: [{ step: 5, tokens: 500, computeFlops: 5e9, lossNats: 1.9 }] }];
  const [{ uncommitted }] = seriesOf(model({ progress }), { x: "tokens", smoothing: null });
  assert.deepEqual(uncommitted.points, [[500, 1.9]]);
  assert.deepEqual(uncommitted.line.map(([x]) => x), [400, 500]);
  assert.equal(seriesOf(model(), { x: "tokens", smoothing: null })[0].uncommitted, null);
});

test("forecasts stand at the end of the run, and on no axis where that is unknown", () => {
  const predictions = [{ runId: "r", lossNats: { value: 2 } }, { runId: "gone", lossNats: { value: 2 } }];
  const at = (x) => predictionsOn(x, predictions, model().runs).map((one) => one.at);
  assert.deepEqual([at("flops"), at("tokens"), at("epochs"), at("steps")], [[8e9], [800], [4], []]);
});

test("the bounds hold everything that is drawn, and linear axes begin at nothing", () => {
  const series = seriesOf(model(), { x: "flops", smoothing: null });
  const references = [{ name: "uniform", lossNats: 3.367 }];
  const log = lossBounds(series, [{ at: 8e9, lossNats: { value: 1.5 } }], references, { x: "log", y: "log" });
  assert.ok(log.x[0] < 1e9 && log.x[0] > 0 && log.x[1] > 8e9 && log.y[0] < 1.5 && log.y[1] > 3.6);
  const linear = lossBounds(series, [], references, { x: "linear", y: "log" });
  assert.ok(linear.x[0] === 0 && linear.x[1] > 4e9);
});
