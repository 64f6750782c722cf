import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Live, merge } from "plm/live";
import { emptyDocument } from "./document.js";

const points = (...steps) => steps.map((step) => ({ step, lossNats: 1 / step }));
const curve = (runId, ...steps) => ({ runId, points: points(...steps), finals: [] });
const steps = (curves) => Object.fromEntries(curves.map(({ runId, points: all }) => [runId, all.map(({ step }) => step)]));

test("new points stand behind those known, repeated ones once", () => {
  assert.deepEqual(steps(merge([curve("a", 1, 2), curve("b", 1)], [curve("a", 2, 3), curve("c", 5)])), { a: [1, 2, 3], b: [1], c: [5] });
  assert.deepEqual(steps(merge([], [])), {});
});

test("what else is known of a curve is what came last", () => {
  const [merged] = merge([{ ...curve("a", 1), pointsKept: 1 }], [{ ...curve("a", 2), pointsKept: 2, finals: [{ lossNats: 2 }] }]);
  assert.equal(merged.pointsKept, 2);
  assert.equal(merged.finals.length, 1);
});

test("curves are thinned evenly, with their first and last points", () => {
  const long = Array.from({ length: 10_001 }, (_, i) => i + 1);
  const [one] = merge([], [curve("a", ...long)]);
  assert.ok(one.points.length <= 1600 && one.points.length >= 800, `${one.points.length}`);
  assert.equal(one.points[0].step, 1);
  assert.equal(one.points.at(-1).step, 10_001);
  const many = merge([], Array.from({ length: 1000 }, (_, i) => curve(`r${i}`, ...long.slice(0, 500))));
  assert.ok(many.reduce((sum, { points: all }) => sum + all.length, 0) <= 100_000);
  assert.ok(many.every(({ points: all }) => all.at(-1).step === 500));
});

let frames;
let shown;
let live;
beforeEach(() => {
  frames = [];
  shown = [];
  emptyDocument();
  globalThis.requestAnimationFrame = (frame) => frames.push(frame);
  live = new Live({ show: (data) => shown.push(data.study) }, () => {});
  live.data = { study: null, curves: [], progress: [], frontier: null, families: [], findings: null };
});

test("news of one frame are shown once, and nothing before the study is known", () => {
  live.event("frontier", { a: 1 });
  assert.equal(frames.length, 0);
  live.event("study", "s");
  live.event("families", []);
  assert.equal(frames.length, 1);
  frames.pop()();
  assert.deepEqual(shown, ["s"]);
  live.event("idle", []);
  assert.equal(frames.length, 0);
});

test("a frame that was asked for before another study was opened shows nothing", () => {
  live.event("study", "s");
  live.data = { study: null, curves: [], progress: [], frontier: null, families: [], findings: null };
  frames.pop()();
  assert.deepEqual(shown, []);
  live.event("study", "t");
  frames.pop()();
  assert.deepEqual(shown, ["t"]);
});

test("a new connection replaces the curves that are shown, later news add to them", () => {
  live.findings = () => {};
  live.event("curves", [curve("a", 1, 2)]);
  live.begin();
  live.event("curves", [curve("a", 1, 2, 3)]);
  live.event("curves", [curve("a", 4)]);
  assert.deepEqual(steps(live.data.curves), { a: [1, 2, 3, 4] });
});

test("steps that are not committed are shown apart until the curve has them, and a new connection begins without any", () => {
  live.findings = () => {};
  const progress = (whole, ...all) => [{ runId: "a", trainer: "t1", whole, points: points(...all) }];
  live.event("curves", [curve("a", 1)]);
  live.event("progress", progress(true, 1, 2, 3));
  live.event("progress", progress(false, 4));
  assert.deepEqual(steps(live.data.progress), { a: [2, 3, 4] });
  assert.deepEqual(steps(live.data.curves), { a: [1] });
  live.event("curves", [curve("a", 2, 3)]);
  assert.deepEqual(steps(live.data.progress), { a: [4] });
  live.begin();
  assert.deepEqual(live.data.progress, []);
  live.event("progress", progress(true, 2, 5));
  assert.deepEqual(steps(live.data.progress), { a: [2, 5] });
});

test("curves that are read anew keep what came meanwhile, and a failed reading is repeated", async () => {
  live.data.curves = [curve("a", 1, 2, 3)];
  live.stale = true;
  live.read = async () => null;
  await live.refresh();
  assert.equal(live.stale, true);
  live.read = async (path) => {
    assert.equal(path, "/curves?points=400");
    return [{ ...curve("a", 1, 2), pointsKept: 9 }];
  };
  await live.refresh();
  assert.deepEqual(steps(live.data.curves), { a: [1, 2, 3] });
  assert.equal(live.stale, false);
  live.read = () => assert.fail("nothing is stale");
  await live.refresh();
});

test("an answer of an earlier connection is dropped, and so is one that is no JSON", async () => {
  live.base = "/studies/s";
  globalThis.fetch = async () => new Response("[1]");
  assert.deepEqual(await live.read("/x"), [1]);
  globalThis.fetch = async () => {
    live.connection = Symbol("later");
    return new Response("[1]");
  };
  assert.equal(await live.read("/x"), null);
  globalThis.fetch = async () => new Response("<html>");
  assert.equal(await live.read("/x"), null);
  globalThis.fetch = async () => new Response("[]", { status: 503 });
  assert.equal(await live.read("/x"), null);
});

test("it is said which parts are new, also those that came while nobody looked", () => {
  const changes = [];
  live.view.show = (data, changed) => changes.push([...changed]);
  live.findings = () => {};
  live.event("study", "s");
  frames.pop()();
  live.event("progress", []);
  frames.pop()();
  document.hidden = true;
  live.event("frontier", {});
  document.hidden = false;
  live.event("progress", []);
  frames.pop()();
  assert.deepEqual(changes, [["study"], ["progress"], ["frontier", "progress"]]);
});

test("a page that nobody sees draws nothing, and draws once what came meanwhile when it is seen", () => {
  live.read = () => null;
  live.event("study", "s");
  frames.pop()();
  document.hidden = true;
  live.event("frontier", { a: 1 });
  live.event("frontier", { a: 2 });
  assert.equal(frames.length, 0);
  document.hidden = false;
  document.listeners.visibilitychange();
  assert.equal(frames.length, 1);
  frames.pop()();
  assert.deepEqual(shown, ["s", "s"]);
  document.listeners.visibilitychange();
  assert.equal(frames.length, 0);
});
