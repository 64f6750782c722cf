import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { emptyDocument } from "./document.js";

const asked = [];
const answers = new Map();
const page = emptyDocument();
const heard = {};

class Plot {
  constructor() {
    this.bbox = { left: 0, top: 0, width: 700, height: 400 };
  }

  batch(change) {
    change();
  }

  setScale() {}
  redraw() {}
  destroy() {}
}

Object.assign(globalThis, {
  location: { hash: "#study=a&study=b" },
  history: { replaceState: (state, title, hash) => (globalThis.location.hash = hash) },
  addEventListener: (name, listener) => (heard[name] = listener),
  Option: class { constructor(words, value) { Object.assign(this, { words, value }); } },
  uPlot: Plot,
  ResizeObserver: class { observe() {} },
  getComputedStyle: () => ({ getPropertyValue: () => "#000000" }),
  matchMedia: () => ({ addEventListener: () => {} }),
  fetch: async (address) => {
    asked.push(address);
    const answer = answers.get(address);
    if (!answer) throw new TypeError("no network");
    return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 });
  },
});

const studies = [{ id: "a", best: [] }, { id: "b", best: [] }];
const comparison = { budgetFlops: 2e15, intervals: "", members: [member("a"), member("b")], differences: [], methods: [], caveats: [] };

function member(name) {
  return { name, study: name, family: "x", corpora: [], recipes: [], runs: 1, runsOver: 1, sizes: [1e6], finals: [], envelope: [], law: [], mostComputeFlops: null, atBudget: null, reason: "too few", exponents: {} };
}

/** Everything that waits for an answer goes on. */
async function settle() {
  for (let i = 0; i < 30; i++) await new Promise((done) => setImmediate(done));
}

function seen(hidden) {
  page.hidden = hidden;
  page.listeners.visibilitychange();
}

test("a page that nobody sees asks for nothing, and one that is seen every half minute", async () => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  page.hidden = true;
  page.getElementById("answer-budget").value = "";
  await import("plm/compare");
  await settle();
  assert.deepEqual(asked, []);

  answers.set("/studies", { body: studies });
  answers.set("/comparisons?study=a&study=b", { body: comparison });
  seen(false);
  await settle();
  assert.deepEqual(asked, ["/studies", "/comparisons?study=a&study=b"]);
  assert.equal(page.getElementById("compare-results").hidden, false);
  assert.match(page.querySelector("#compare-members tbody").innerHTML, /too few/);
  assert.equal(page.getElementById("answer-budget").placeholder, "2.0e15");
  assert.equal(page.getElementById("connection").dataset.state, "live");

  mock.timers.tick(29_000);
  await settle();
  assert.equal(asked.length, 2);
  mock.timers.tick(1000);
  await settle();
  assert.equal(asked.length, 4);

  seen(true);
  mock.timers.tick(120_000);
  await settle();
  assert.equal(asked.length, 4);
  seen(false);
  await settle();
  assert.equal(asked.length, 6);
});

test("a budget is asked for once its typing ends, a refusal stands beside it and leaves the field", async () => {
  answers.set("/comparisons?study=a&study=b&budgetFlops=1e40", { status: 422, body: { detail: "the budget is too far" } });
  const field = page.getElementById("answer-budget");
  for (const text of ["1e4", "1e40"]) {
    field.value = text;
    field.listeners.input();
  }
  mock.timers.tick(400);
  await settle();
  assert.equal(globalThis.location.hash, "#study=a&study=b&budget=1e40");
  assert.equal(page.getElementById("compare-problem").textContent, "the budget is too far");
  assert.equal(page.getElementById("compare-answer").hidden, false);
  assert.equal(page.getElementById("compare-results").hidden, true);
  page.getElementById("answer-usual").listeners.click();
  mock.timers.tick(400);
  await settle();
  assert.equal(page.getElementById("compare-problem").hidden, true);
  assert.equal(page.getElementById("compare-results").hidden, false);
});

test("another address is another comparison, and one member alone a hint", async () => {
  globalThis.location.hash = "#study=a";
  const before = asked.length;
  heard.hashchange();
  await settle();
  assert.deepEqual(asked.slice(before), ["/studies"]);
  assert.equal(page.getElementById("compare-hint").hidden, false);
  assert.equal(page.getElementById("compare-results").hidden, true);
});

test("a server that is away is said, and what is shown stays", async () => {
  globalThis.location.hash = "#study=a&study=b";
  heard.hashchange();
  await settle();
  answers.clear();
  mock.timers.tick(30_000);
  await settle();
  assert.equal(page.getElementById("connection").dataset.state, "lost");
  assert.equal(page.getElementById("compare-results").hidden, false);
});
