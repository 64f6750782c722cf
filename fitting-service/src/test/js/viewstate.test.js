import assert from "node:assert/strict";
import { test } from "node:test";
import { ALL, choiceOf, choiceText, choose, isChosen } from "plm/choice";
import { addressOf, hashOf, PLAIN } from "plm/viewstate";

const known = ["a", "b", "c", "d"];

test("a study alone is its plain view", () => {
  assert.deepEqual(addressOf("#study"), { study: "study", run: null, view: PLAIN });
  assert.equal(hashOf("study", null, PLAIN, known), "#study");
  assert.deepEqual(addressOf(""), { study: null, run: null, view: PLAIN });
  assert.deepEqual(addressOf("#"), { study: null, run: null, view: PLAIN });
});

test("a link has the whole view, and reads as it was written", () => {
  const view = {
    sort: { key: "loss", sign: -1 }, filter: 'size>10M & "not yet"', group: "seed", closed: ["1", "2"], colour: "run", x: "tokens", xScale: "linear", yScale: "linear",
    smoothing: 0.6, chosen: choose(ALL, ["b"], false), baseline: "c", zoom: { x: null, y: [2.5, 3] },
  };
  const hash = hashOf("demo", null, view, known);
  assert.deepEqual(addressOf(hash), { study: "demo", run: null, view });
  assert.deepEqual(addressOf(hashOf("demo", "demo.r-1", view, known)).run, "demo.r-1");
});

test("names with signs of an address stay whole", () => {
  assert.equal(addressOf(hashOf("a?b/c", "d&e", PLAIN, [])).study, "a?b/c");
  assert.equal(addressOf(hashOf("a?b/c", "d&e", PLAIN, [])).run, "d&e");
  assert.equal(addressOf("#100%").study, "100%");
});

test("what a link says and nobody knows is left out", () => {
  assert.deepEqual(addressOf("#s?sort=-nonsense&group=__proto__&colour=constructor&x=parsecs&xs=cubic&smooth=7&zx=-5~1&zy=a~b&runs=perhaps").view, PLAIN);
  assert.deepEqual(addressOf("#s?zx=5~1&zy=3~2.5").view, PLAIN);
});

test("runs are chosen one by one, and the shorter list is written", () => {
  const without = choose(ALL, ["b"], false);
  assert.deepEqual(known.filter((id) => isChosen(without, id)), ["a", "c", "d"]);
  assert.equal(choiceText(without, known), "not:b");
  const one = choose(ALL, ["a", "b", "c"], false);
  assert.equal(choiceText(one, known), "only:d");
  assert.equal(choiceText(choose(one, known, true), known), "");
  assert.deepEqual(known.filter((id) => isChosen(choiceOf("only:d"), id)), ["d"]);
});

test("none is a choice, too, and runs that come later are drawn unless some alone were chosen", () => {
  const none = choose(ALL, known, false);
  assert.equal(choiceText(none, known), "only:");
  assert.deepEqual(known.filter((id) => isChosen(choiceOf("only:"), id)), []);
  assert.ok(isChosen(choose(ALL, ["a"], false), "later"));
  assert.ok(!isChosen(choose(choiceOf("only:a"), ["b"], true), "later"));
  assert.ok(isChosen(choose(choiceOf("only:a"), ["b"], true), "b"));
});
