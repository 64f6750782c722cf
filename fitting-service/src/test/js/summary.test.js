import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { showCards, showMethod, showProgress } from "plm/summary";
import { emptyDocument, wordsOf } from "./document.js";

let page;
beforeEach(() => (page = emptyDocument()));

const answer = (value, low, high) => ({ value, low, high, level: 0.95 });
const study = { runs: [{ state: "TRAINING" }, { state: "TRAINING" }, { state: "COMPLETED" }], imported: null };

test("a study that is not done is never at 100 percent", () => {
  const share = (doneFlops) => {
    showProgress({ doneFlops, expectedFlops: 1e12, state: "RUNNING", secondsLeft: 90 });
    return page.getElementById("percent").textContent;
  };
  assert.deepEqual([0, 5e11, 9.9999e11, 1e12, 2e12].map(share), ["0.0 %", "50.0 %", "99.9 %", "100 %", "100 %"]);
  assert.equal(page.getElementById("left").textContent, "about 1 min 30 s left");
});

test("what is left is said for every kind of study", () => {
  const left = (more) => {
    showProgress({ doneFlops: 0, expectedFlops: 0, ...more });
    return page.getElementById("left").textContent;
  };
  assert.equal(left({ imported: { rows: 3 } }), "imported");
  assert.equal(left({ state: "COMPLETED" }), "finished");
  assert.equal(left({ state: "STOPPED" }), "stopped");
  assert.equal(left({ state: "RUNNING", secondsLeft: null }), "estimating the time left");
  assert.equal(page.getElementById("percent").textContent, "0.0 %");
});

test("the lowest loss is that of the run that has it, runs are counted by state", () => {
  const members = [{ name: "first", lossNats: 2.6 }, { name: "best", lossNats: 2.5 }, { name: "none", lossNats: null }];
  showCards(study, members, null);
  const words = wordsOf(page.getElementById("cards").innerHTML);
  assert.match(words, /Lowest loss now2\.500 natsbest/);
  assert.match(words, /Runs32 training, 1 completed$/);
});

test("the method in words knows every convention and counts points as whole numbers", () => {
  const frontier = { method: "a1", a: answer(0.5, 0.4, 0.6), resamples: 200, seed: 1, eventsSeen: 12, flags: [{ sentence: "<x>" }] };
  for (const [parameters, tokens, compute] of [["TABLE_6", "SEEN", "TABLE_5"], ["EXACT", "SEEN", "EXECUTED"], ["NON_EMBEDDING", "AS_GIVEN", "SIX_ND"], ["AS_GIVEN", "AS_GIVEN", "AS_GIVEN"], ["AS_GIVEN", "AS_GIVEN", "MIXED"]]) {
    showMethod({ ...frontier, convention: { parameters, tokens, compute } }, null);
    const { textContent } = page.getElementById("method");
    assert.doesNotMatch(textContent, /undefined/);
    assert.match(textContent, /200 resamples over runs, seed 1, from 12 points\.$/);
  }
  assert.equal(page.getElementById("flags").innerHTML, "<li>&lt;x&gt;</li>");
});

test("budgets of one method carry a warning where the methods disagree", () => {
  const exponents = { a: { together: null, byMethod: { a1: answer(0.4, 0.3, 0.45), a3: answer(0.6, 0.5, 0.7) } } };
  showMethod({ method: "a1", a: answer(0.4, 0.3, 0.45) }, { exponents });
  const note = page.getElementById("budget-note");
  assert.match(note.textContent, /the methods disagree, see there/);
  assert.equal(note.classList.contains("apart"), true);
  showMethod(null, null);
  assert.equal(note.textContent, "");
  assert.equal(note.classList.contains("apart"), false);
});
