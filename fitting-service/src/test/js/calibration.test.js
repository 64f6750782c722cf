import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { describeCalibration, holds, showCalibration } from "plm/calibration";
import { emptyDocument, wordsOf } from "./document.js";

let page;
beforeEach(() => (page = emptyDocument()));

const point = (k, lossNats, low, high) => ({ k, fitted: 10, lossNats, forecast: { lossNats: (low + high) / 2, low, high } });
const row = (k, more = {}) => ({ k, cutoffs: 2, forecasts: 4, coverage: 0.96, width: 0.0812, intervalScore: 0.12, medianError: 0.0105, ...more });
const sheet = { losses: 28, level: 0.95, rows: [row(2), row(10, { coverage: 0.5 })], plain: [row(2, { coverage: 0.75, intervalScore: 0.35 }), row(10)], points: [point(2, 2.5, 2.4, 2.6), point(2, 2.5, 2.5, 2.6), point(10, 2.2, 2.3, 2.6)] };

test("an interval holds its ends", () => {
  assert.deepEqual(sheet.points.map(holds), [true, true, false]);
});

test("each k has its coverage, error, width and score beside those of plain intervals", () => {
  const shown = [];
  showCalibration(sheet, () => ({ show: (points) => shown.push(points) }));
  assert.equal(page.getElementById("calibration-section").hidden, false);
  const html = page.querySelector("#calibration tbody").innerHTML;
  assert.match(wordsOf(html), /^24 at 2 cutoffs96 %plain 75 %1\.05 %plain 1\.05 %8\.12 %plain 8\.12 %12\.0 %plain 35\.0 %10/);
  assert.equal(html.match(/class="n low"/g).length, 1, "a coverage far below its level is marked");
  assert.match(page.getElementById("calibration-note").textContent, /2 of 3 lie within their 95 % intervals. From 28 final losses/);
  assert.deepEqual(shown, [sheet.points]);
  assert.match(describeCalibration(sheet), /3 forecasts, 2\.200 to 2\.500 nats; 2 within/);
});

test("too few losses say what is missing and make no plot", () => {
  showCalibration({ ...sheet, rows: [], plain: [], points: [], reason: "there are 8 final losses" }, () => assert.fail("no plot"));
  assert.equal(page.getElementById("calibration-panel").hidden, true);
  assert.equal(page.getElementById("calibration-note").textContent, "No forecast of the past yet: there are 8 final losses.");
  showCalibration(null, () => assert.fail("no plot"));
  assert.equal(page.getElementById("calibration-section").hidden, true);
});
