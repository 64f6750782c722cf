import assert from "node:assert/strict";
import { test } from "node:test";
import { lineFrom, withNews, withoutCommitted } from "plm/progress";

const points = (...steps) => steps.map((step) => ({ step, computeFlops: step * 10, lossNats: 3 }));
const run = (runId, whole, ...steps) => ({ runId, trainer: "t1", whole, points: points(...steps) });
const curve = (runId, ...steps) => ({ runId, points: points(...steps) });
const steps = (runs) => Object.fromEntries(runs.map(({ runId, points: all }) => [runId, all.map(({ step }) => step)]));

test("further steps stand behind those known, repeated ones once", () => {
  const known = withNews([], [run("a", true, 1, 2), run("b", true, 5)]);
  assert.deepEqual(steps(withNews(known, [run("a", false, 2, 3)])), { a: [1, 2, 3], b: [5] });
});

test("whole ones take the place of those known: the run has another owner, or its slice is tried again", () => {
  const known = withNews([], [run("a", true, 1, 2, 3)]);
  assert.deepEqual(steps(withNews(known, [run("a", true, 2)])), { a: [2] });
  assert.deepEqual(withNews(known, [run("a", true)]), []);
});

test("steps that the curve has are dropped, those of runs without a curve stay", () => {
  const known = withNews([], [run("a", true, 1, 2, 3), run("b", true, 1), run("c", true, 1, 2)]);
  assert.deepEqual(steps(withoutCommitted(known, [curve("a", 1, 2), curve("b"), curve("c", 2)])), { a: [3], b: [1] });
});

test("a run keeps a bounded number of steps, the last among them", () => {
  let known = [];
  for (let step = 1; step <= 5000; step++) known = withNews(known, [run("a", false, step)]);
  assert.ok(known[0].points.length <= 512 && known[0].points.length >= 256, `${known[0].points.length}`);
  assert.equal(known[0].points.at(-1).step, 5000);
  assert.ok(known[0].points[0].step < 50, "old ones are thinned, not cut off");
});

test("the line leads from the end of what is committed through means of neighbours", () => {
  assert.deepEqual(lineFrom([5, 4], points(1, 2)), [[5, 4], [10, 3], [20, 3]]);
  const many = lineFrom(null, Array.from({ length: 480 }, (_, i) => ({ step: i + 1, computeFlops: i + 1, lossNats: i % 2 })));
  assert.equal(many.length, 8);
  assert.ok(many.every(([, nats]) => nats === 0.5));
  assert.deepEqual(many[0], [30.5, 0.5]);
  assert.deepEqual(lineFrom(null, []), []);
});
