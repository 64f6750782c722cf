import assert from "node:assert/strict";
import { test } from "node:test";

import { tagsHtml, tagsOf } from "plm/notes";
import { linksOf, modelLink } from "plm/pages";
import { filterOf } from "plm/runfilter";
import { seriesOf, usefulAxes } from "plm/series";

test("tags are words, each once, whatever separates them", () => {
  assert.deepEqual(tagsOf(" baseline, lr-sweep;baseline  x "), ["baseline", "lr-sweep", "x"]);
  assert.deepEqual(tagsOf(""), []);
  assert.equal(tagsHtml(["<b>"]), '<span class="tag">&lt;b&gt;</span>');
});

test("runs are found by each of their tags, and by words in them", () => {
  const run = { name: "a", family: "esm2", state: "TRAINING", tags: ["baseline", "lr-sweep"] };
  const bare = { name: "b", family: "esm2", state: "TRAINING" };
  const found = (text) => [run, bare].filter(filterOf(text).matches).map(({ name }) => name);
  assert.deepEqual(found("tag=lr-sweep"), ["a"]);
  assert.deepEqual(found("tags=other,baseline"), ["a"]);
  assert.deepEqual(found("tag!=baseline"), ["b"]);
  assert.deepEqual(found("sweep"), ["a"]);
});

test("links lead to services that are known, and of an import not to its trainer", () => {
  const pages = { studies: "http://h:1", models: "http://h:2" };
  assert.equal(linksOf(pages, "a b", false).study, "http://h:1/studies.html#a%20b");
  assert.equal(linksOf(pages, "a", true).study, null);
  assert.equal(linksOf({ studies: null }, "a", false)["new-study"], null);
  assert.equal(linksOf({ studies: null }, "a", false).csv, "/studies/a/curves?format=csv");
  assert.equal(linksOf(pages, null, false).report, null);
  assert.equal(modelLink(pages, "r/1", 5e6), "http://h:2/models/r%2F1?budget=5000000");
  assert.equal(modelLink({ models: null }, "r"), null);
});

test("hours are those that the tokens take at the run's speed; a run whose speed nobody knows is not drawn over them", () => {
  const runs = new Map([["a", { runId: "a", tokensPerSecond: 1000 }], ["b", { runId: "b" }]]);
  const curve = (runId) => ({ runId, name: runId, family: "esm2", finals: [], points: [{ step: 1, tokens: 3.6e6, computeFlops: 1, lossNats: 3 }] });
  assert.ok(usefulAxes([...runs.values()]).includes("hours"));
  assert.ok(!usefulAxes([{ runId: "b" }]).includes("hours"));
  const series = seriesOf({ curves: [curve("a"), curve("b")], runs }, { x: "hours", smoothing: null });
  assert.deepEqual(series.map(({ runId, points }) => [runId, points]), [["a", [[1, 3]]]]);
});
