import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { ALL, choose } from "plm/choice";
import { difference } from "plm/runrow";
import { RunTable, withPredictions } from "plm/runtable";
import { PLAIN } from "plm/viewstate";
import { emptyDocument } from "./document.js";

let changes;
let found;
let table;
beforeEach(() => {
  const page = emptyDocument();
  globalThis.addEventListener = () => {};
  globalThis.Option = class {};
  found = [];
  changes = [];
  table = new RunTable(PLAIN, { focus: () => {}, found: (ids) => found.push(ids), state: (part) => changes.push(part) });
  table.body = { rows: [], insertBefore: () => {} };
  table.place = (items) => (table.placed = items);
  page.getElementById("run-search").value = "";
});

function run(name, more = {}) {
  return { runId: `id-${name}`, name, family: "ESM2", size: 1, state: "TRAINING", computeFlops: 0, expectedFlops: 0, lossNats: null, plateau: null, ...more };
}

function names() {
  return table.placed.map(({ run: one, group }) => one?.name ?? `[${group.label}]`);
}

function search(text) {
  document.getElementById("run-search").value = text;
  table.searched();
}

test("columns sort up, down and back to the service's order", () => {
  table.show([run("b", { lossNats: 2 }), run("a", { lossNats: 3 }), run("c", { lossNats: 1 })], new Map());
  table.sortBy("loss");
  assert.deepEqual(names(), ["c", "b", "a"]);
  table.sortBy("loss");
  assert.deepEqual(names(), ["a", "b", "c"]);
  table.sortBy("loss");
  assert.deepEqual(names(), ["b", "a", "c"]);
});

test("missing values come last, up and down", () => {
  table.show([run("none"), run("low", { lossNats: 1 }), run("none too"), run("high", { lossNats: 2 })], new Map());
  table.sortBy("loss");
  assert.deepEqual(names(), ["low", "high", "none", "none too"]);
  table.sortBy("loss");
  assert.deepEqual(names(), ["high", "low", "none", "none too"]);
});

test("names sort as people count", () => {
  table.show(["run-10", "run-9", "run-1"].map((name) => run(name)), new Map());
  table.sortBy("name");
  assert.deepEqual(names(), ["run-1", "run-9", "run-10"]);
});

test("progress sorts by what is shown, also where nothing is expected of a run", () => {
  const runs = [run("none"), run("half", { computeFlops: 5, expectedFlops: 10 }), run("over", { computeFlops: 30, expectedFlops: 10 }), run("full", { computeFlops: 10, expectedFlops: 10 }), run("imported", { computeFlops: 1e12 })];
  table.show(runs, new Map());
  table.sortBy("progress");
  assert.deepEqual(names(), ["none", "imported", "half", "over", "full"]);
});

test("every word of a search has to be there, in name, family, state or verdict", () => {
  table.show([run("alpha", { state: "COMPLETED" }), run("beta", { plateau: { verdict: "NOT_YET" } }), run("alphabet", { family: "RITA" })], new Map());
  search("ALPHA");
  assert.deepEqual(names(), ["alpha", "alphabet"]);
  search(" alpha  rita ");
  assert.deepEqual(names(), ["alphabet"]);
  assert.deepEqual(found.at(-1), new Set(["id-alphabet"]));
  search("not yet");
  assert.deepEqual(names(), ["beta"]);
  search("completed");
  assert.deepEqual(names(), ["alpha"]);
  search("");
  assert.equal(found.at(-1), null);
});

test("runs come in pages of a hundred, and the count says which", () => {
  table.show(Array.from({ length: 250 }, (_, i) => run(`r${i}`)), new Map());
  const said = () => document.getElementById("run-count").textContent;
  const click = (id) => document.getElementById(id).listeners.click();
  assert.equal(said(), "showing 1–100 of 250");
  click("runs-on");
  click("runs-on");
  assert.equal(said(), "showing 201–250 of 250");
  assert.equal(document.getElementById("runs-on").disabled, true);
  click("runs-on");
  assert.equal(names().at(-1), "r249");
  search("r24");
  assert.equal(said(), "showing 1–11 of 11 that match, 250 in all");
  search("zzz");
  assert.equal(said(), "no run matches, 250 in all");
  search("");
  click("runs-all");
  assert.equal(names().length, 250);
});

test("print shows all, and the page goes back to where it was", () => {
  table.show(Array.from({ length: 150 }, (_, i) => run(`r${i}`)), new Map());
  table.print(true);
  assert.equal(names().length, 150);
  table.print(false);
  assert.equal(names().length, 100);
});

test("unfinished runs have what they are forecast to end with, finished ones no longer", () => {
  const lossNats = { value: 2.6, low: 2.5, high: 2.7 };
  const forecasts = [{ runId: "id-a", lossNats, reason: null }, { runId: "id-b", lossNats: null, reason: "6 epochs" }, { runId: "id-c", lossNats, reason: null }];
  const [a, b, c, d] = withPredictions([run("a"), run("b", { state: "PLANNED" }), run("c", { state: "COMPLETED" }), run("d")], forecasts);
  assert.deepEqual([a.predicted, b.predicted, b.unpredicted, c.predicted, d.predicted], [lossNats, null, "6 epochs", undefined, undefined]);
  table.show([d, a, b], new Map());
  table.sortBy("predicted");
  assert.deepEqual(names(), ["a", "d", "b"]);
});

test("a filter that cannot be read is said, and the table stays as it was", () => {
  table.show([run("a", { size: 5e6 }), run("b", { size: 2e7 })], new Map());
  search("size>10M");
  assert.deepEqual(names(), ["b"]);
  search("size>10M los<2");
  assert.deepEqual(names(), ["b"]);
  assert.equal(document.getElementById("run-filter-problem").hidden, false);
  assert.match(document.getElementById("run-filter-problem").textContent, /there is no field 'los'/);
  assert.equal(document.getElementById("run-search").attributes.get("aria-invalid"), "true");
  search("size<10M");
  assert.deepEqual(names(), ["a"]);
  assert.equal(document.getElementById("run-filter-problem").hidden, true);
});

test("runs that come under a filter are told, too", () => {
  table.show([run("a", { size: 5e6 })], new Map());
  search("size>10M");
  assert.deepEqual(found.at(-1), new Set());
  table.show([run("a", { size: 5e6 }), run("b", { size: 2e7 })], new Map());
  assert.deepEqual(found.at(-1), new Set(["id-b"]));
});

test("groups stand over their runs and are closed and opened", () => {
  table.show([run("a", { size: 2e6 }), run("b", { size: 1e6 }), run("c", { size: 2e6 })], new Map());
  table.change({ group: "size" });
  assert.deepEqual(names(), ["[1.00M parameters]", "b", "[2.00M parameters]", "a", "c"]);
  assert.equal(document.getElementById("run-count").textContent, "3 in 2 groups");
  table.fold("2000000");
  assert.deepEqual(names(), ["[1.00M parameters]", "b", "[2.00M parameters]"]);
  assert.deepEqual(changes.at(-1), { closed: ["2000000"] });
  table.fold("2000000");
  assert.deepEqual(names().length, 5);
});

test("the baseline's row is first, whatever the order and the filter", () => {
  table.show([run("a", { lossNats: 1 }), run("b", { lossNats: 2 }), run("c", { lossNats: 3 })], new Map());
  table.change({ baseline: "id-c" });
  assert.deepEqual(names(), ["c", "a", "b"]);
  table.sortBy("loss");
  assert.deepEqual(names(), ["c", "a", "b"]);
  search("b");
  assert.deepEqual(names(), ["c", "b"]);
  assert.equal(document.getElementById("run-count").textContent, "showing 1–1 of 1 that match and the baseline, 3 in all");
});

test("all or none of what the filter lets pass is drawn", () => {
  table.show([run("a"), run("b"), run("ab")], new Map());
  search("b");
  document.getElementById("runs-hide").listeners.click();
  assert.deepEqual(changes.at(-1), { chosen: choose(ALL, ["id-b", "id-ab"], false) });
  assert.equal(document.getElementById("runs-drawn").textContent, "1 of 3 drawn");
  document.getElementById("runs-draw").listeners.click();
  assert.equal(document.getElementById("runs-drawn").textContent, "all drawn");
});

test("a difference has its sign and its size", () => {
  assert.deepEqual([0.0123, -0.2, 0.0004, -0.0004].map(difference), ["+0.012", "−0.200", "±0.000", "±0.000"]);
});
