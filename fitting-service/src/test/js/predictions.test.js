import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { PredictionTable } from "plm/predictions";
import { emptyDocument } from "./document.js";

let page;
beforeEach(() => (page = emptyDocument()));

function prediction(more) {
  return {
    name: "27K",
    stagePercent: 60,
    forecast: { outcome: "FITTED", reason: null, lossNats: { value: 2.7, low: 2.6, high: 2.8, level: 0.95 }, losses: 12 },
    outcomeNats: null,
    score: null,
    ...more,
  };
}

function sheet(predictions, more) {
  const summary = { sealed: predictions.length, identified: 0, scored: 0, coverage: null, medianErrorNats: null, meanIntervalScoreNats: null };
  return { reason: null, summary: { ...summary, ...more }, predictions, missed: [], topic: { setApart: 0, repeated: 0 } };
}

test("no predictions are no section", () => {
  for (const nothing of [null, undefined, sheet([])]) {
    new PredictionTable().show(nothing);
    assert.equal(page.getElementById("predictions-section").hidden, true);
  }
});

test("a prediction stands beside what came, the last one first", () => {
  const inside = prediction({ outcomeNats: 2.75, score: { inside: true } });
  const outside = prediction({ name: "<b>", outcomeNats: 2.9, score: { inside: false } });
  const unknown = prediction({ stagePercent: 0, forecast: { outcome: "NOT_IDENTIFIABLE", reason: "too few", lossNats: null, losses: 0 } });
  const data = sheet([inside, outside, prediction(), unknown], { scored: 2, coverage: 0.5, medianErrorNats: 0.125, meanIntervalScoreNats: 2.2 });
  data.missed.push({ runId: "a", stagePercent: 10, reason: "late" });
  new PredictionTable().show(data);
  const rows = page.querySelector("#predictions tbody").innerHTML.split("</tr>").slice(0, -1);
  assert.equal(rows.length, 3);
  assert.match(rows[0], /<td class="n"><\/td><td><\/td>$/);
  assert.match(rows[1], /2\.9.*<td>no<\/td>$/);
  assert.doesNotMatch(rows[1], /<td><b>/);
  assert.match(rows[2], /27K.*60.*2\.7.*2\.6.*2\.8.*2\.75.*<td>yes<\/td>$/);
  const note = page.getElementById("predictions-note").innerHTML;
  assert.match(note, /^4 sealed, 3 of them with an interval\. Of 2 whose outcome is known 50 % lie inside; median error 0\.125/);
  assert.match(note, /1 stage was missed\.$/);
});

test("many are cut with a word", () => {
  new PredictionTable().show(sheet(Array.from({ length: 130 }, (_, i) => prediction({ name: `r${i}` }))));
  const rows = page.querySelector("#predictions tbody").innerHTML;
  assert.match(rows, /r129/);
  assert.doesNotMatch(rows, />r29</);
  assert.match(page.getElementById("predictions-note").innerHTML, /The last 100 are shown\./);
});
