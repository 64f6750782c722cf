import assert from "node:assert/strict";
import { test } from "node:test";
import { movingAverage, valueAt } from "plm/smoothing";
import { placeInWords, valuesAt } from "plm/values";

test("the moving average of a constant is the constant from its first point on", () => {
  const line = movingAverage([[1, 3], [2, 3], [3, 3]], 0.95);
  for (const [, y] of line) assert.ok(Math.abs(y - 3) < 1e-12);
});

test("the moving average weighs what was before, by the formula", () => {
  const [[, one], [, two]] = movingAverage([[1, 4], [2, 2]], 0.5);
  assert.equal(one, 4);
  assert.ok(Math.abs(two - (0.5 * 2 + 0.25 * 4) / 0.75) < 1e-12);
  assert.deepEqual(movingAverage([[1, 4], [2, 2]], 0), [[1, 4], [2, 2]]);
});

test("a line has values between its points and none outside", () => {
  const line = [[1, 4], [3, 2], [7, 2]];
  assert.deepEqual([0.9, 1, 2, 3, 5, 7, 7.1].map((x) => valueAt(line, x)), [null, 4, 3, 2, 2, 2, null]);
  assert.equal(valueAt([], 1), null);
  assert.equal(valueAt([[2, 5]], 2), 5);
});

test("the runs at a place come lowest first, without those that do not reach it", () => {
  const series = [{ runId: "a", name: "a", line: [[1, 4], [3, 2]] }, { runId: "b", name: "b", line: [[1, 3], [3, 2.5]] }, { runId: "c", name: "c", line: [[5, 1], [6, 1]] }];
  assert.deepEqual(valuesAt(series, 2).map(({ runId, lossNats }) => [runId, lossNats]), [["b", 2.75], ["a", 3]]);
});

test("a place is said in the unit of its axis", () => {
  assert.deepEqual([placeInWords(3.2e12, "flops"), placeInWords(1.5e6, "tokens"), placeInWords(120.4, "steps"), placeInWords(1.234, "epochs")],
    ["3.20 × 10¹² FLOPs", "1.50M tokens", "120 steps", "1.23 epochs"]);
});
