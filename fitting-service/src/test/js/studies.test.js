import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { refusal, studyOf, ImportForm } from "plm/importform";
import { age, newestFirst, StudyList } from "plm/studies";
import { emptyDocument, wordsOf } from "./document.js";

let page;
beforeEach(() => (page = emptyDocument()));

const study = (id, more = {}) => ({ id, state: "TRAINING", runs: 5, runsOver: 2, expectedFlops: 10, doneFlops: 4, best: [], updatedAt: null, imported: false, ...more });

test("studies that changed last come first", () => {
  const all = [study("never"), study("old", { updatedAt: "2026-01-01T00:00:00Z" }), study("new", { updatedAt: "2026-01-02T00:00:00Z" }), study("never too")];
  assert.deepEqual(newestFirst(all).map(({ id }) => id), ["new", "old", "never", "never too"]);
});

test("each study has its state, runs, best loss of each family and age", () => {
  const best = [{ family: "CAUSAL", name: "c", lossNats: 2.81 }, { family: "ESM2", name: "e", lossNats: 2.5 }];
  new StudyList().show([study("mine", { best, updatedAt: "2026-01-01T00:00:00Z" })], null, Date.parse("2026-01-01T00:03:10Z"));
  const row = page.querySelector("#study-list tbody").innerHTML;
  const said = wordsOf(row);
  for (const words of ["mine", "training", "2 / 5", "40 %", "2.810 c, CAUSAL", "2.500 e, ESM2", "3 min ago", "trained here"]) assert.ok(said.includes(words), `${words} in ${said}`);
  assert.match(row, /href="#mine"/);
});

test("where there is no study the ways to begin are open", () => {
  const list = new StudyList();
  list.show(null, null);
  assert.notEqual(page.getElementById("start").open, true);
  list.show([], null);
  assert.equal(page.getElementById("start").open, true);
  assert.equal(page.getElementById("studies-section").hidden, true);
  assert.match(page.getElementById("start-title").textContent, /No study yet/);
});

test("an address of a study that is not there is answered with a sentence", () => {
  new StudyList().show([study("other")], "mine");
  assert.match(page.getElementById("studies-note").textContent, /no study mine yet/);
});

test("ages are said in one unit", () => {
  assert.deepEqual([0, 59_000, 61_000, 3_600_000, 47 * 3_600_000, 50 * 3_600_000].map(age), ["0 s ago", "59 s ago", "1 min ago", "1 h ago", "47 h ago", "2 d ago"]);
});

test("a file's name becomes the name of a study", () => {
  assert.deepEqual(["losses.csv", "My Sweep (v2).TSV", "_x.csv.gz", "é.csv"].map(studyOf), ["losses", "my-sweep-v2", "x", "losses"]);
});

test("a refused file says its line and its column", () => {
  assert.equal(refusal(400, { detail: "'x' is not a positive number", row: 12, field: "loss" }), "line 12, column loss: 'x' is not a positive number");
  assert.equal(refusal(409, { detail: "taken" }), "taken");
  assert.equal(refusal(400, { detail: "no rows", field: "body" }), "no rows");
  assert.equal(refusal(502, null), "the service answered 502");
});

test("a file is sent, a token is asked for where the service wants one, and the study is opened", async () => {
  const opened = [];
  const sent = [];
  const form = new ImportForm((id) => opened.push(id));
  const answers = [new Response('{"detail":"this needs the header Authorization"}', { status: 401 }), new Response('{"id":"mine"}', { status: 201 })];
  globalThis.fetch = async (address, request) => {
    sent.push([address, request.headers.Authorization]);
    return answers.shift();
  };
  form.file.files = [{ name: "mine.csv" }];
  form.token.value = "";
  form.picked();
  assert.equal(form.study.value, "mine");
  form.tokenLine.hidden = true;
  await form.post();
  assert.equal(form.tokenLine.hidden, false);
  assert.match(form.said.textContent, /needs the header/);
  form.token.value = " secret ";
  await form.post();
  assert.deepEqual(sent, [["/imports?study=mine", undefined], ["/imports?study=mine", "Bearer secret"]]);
  assert.deepEqual(opened, ["mine"]);
  assert.equal(form.send.disabled, false);
});

test("a server that is away is said", async () => {
  const form = new ImportForm(() => {});
  form.file.files = [{ name: "a.csv" }];
  form.token.value = "";
  form.study.value = "a";
  globalThis.fetch = async () => {
    throw new TypeError("failed to fetch");
  };
  await form.post();
  assert.match(form.said.textContent, /cannot be reached/);
});
