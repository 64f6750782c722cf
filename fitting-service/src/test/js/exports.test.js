import assert from "node:assert/strict";
import { test } from "node:test";
import { calibrationRows, csvOf, lossRows, sizeRows } from "plm/exports";

test("cells with commas, quotation marks and line ends are quoted, and nothing is empty", () => {
  assert.equal(csvOf([["a", "b,c"], ['say "x"', null], ["two\nlines", 1e-7]]), 'a,"b,c"\r\n"say ""x""",\r\n"two\nlines",1e-7\r\n');
});

test("the table of the losses has each point of what is drawn", () => {
  const series = [{ runId: "r1", name: "run 1", points: [[1, 3]], line: [[1, 2.9]], ends: [[2, 2.5]], uncommitted: { points: [[3, 2.4]] } }];
  assert.deepEqual(lossRows(series, "training tokens"), [
    ["run", "run_id", "training tokens", "loss_nats", "kind"],
    ["run 1", "r1", 1, 3, "step"],
    ["run 1", "r1", 1, 2.9, "line"],
    ["run 1", "r1", 2, 2.5, "final"],
    ["run 1", "r1", 3, 2.4, "not committed"],
  ]);
});

test("the table of sizes has envelope, laws and points, and of a study without a law the envelope alone", () => {
  const nOpt = { value: 2, low: 1, high: 3 };
  const frontier = { method: "a1", envelope: [{ computeFlops: 10, parameters: 5 }], line: [{ computeFlops: 10, nOpt }, { computeFlops: 20 }], points: [{ budgetFlops: 30, nOpt }] };
  assert.deepEqual(sizeRows({ frontier, others: [] }).slice(1), [["envelope", "", 10, 5, null, null], ["law", "a1", 10, 2, 1, 3], ["point", "a1", 30, 2, 1, 3]]);
  assert.deepEqual(sizeRows({ frontier: { envelope: frontier.envelope }, others: [] }).length, 2);
  assert.deepEqual(sizeRows({ frontier: null, others: [] }).length, 1);
});

test("the table of past forecasts has each forecast with what came", () => {
  assert.deepEqual(calibrationRows([{ k: 3, forecast: { lossNats: 2.5, low: 2.4, high: 2.6 }, lossNats: 2.55 }])[1], [3, 2.5, 2.4, 2.6, 2.55]);
});
