import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import vm from "node:vm";

const MAIN = new URL("../../main/", import.meta.url);
const read = (path) => readFileSync(new URL(path, MAIN), "utf8");
const SCRIPT = new vm.Script(read("resources/META-INF/resources/page/corpora.js").replace(/^import .*;$/gm, ""));

/** As much of an element as the page uses. */
class Element {
  constructor() {
    this.children = [];
    this.style = {};
    this.hidden = false;
    this.textContent = "";
    this.innerHTML = "";
  }

  get rows() {
    return this.children;
  }

  get cells() {
    return this.children;
  }

  get firstChild() {
    return this.children[0];
  }

  append(...more) {
    this.children.push(...more);
  }

  replaceChildren(...all) {
    this.children = all;
    this.innerHTML = "";
  }

  addEventListener() {}

  /** All words in it. */
  get words() {
    return [this.textContent, ...this.children.map((child) => child.words)].filter(Boolean).join(" | ");
  }
}

let elements;
let timers;
let answers;
const studies = [];

/** Opens the page on a corpus; every request is answered by the next of the answers. */
async function open(hash, ...given) {
  answers = given;
  const byId = (id) => elements[id] ?? (elements[id] = new Element());
  SCRIPT.runInNewContext({
    document: { getElementById: byId, createElement: () => new Element() },
    words: (state) => state.toLowerCase(),
    element: (name, text) => Object.assign(new Element(), { textContent: text }),
    navigation: () => {},
    fetch: async (path) => {
      if (path === "/studies") return { status: 200, ok: true, json: async () => studies };
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
    location: { hash },
    addEventListener: () => {},
    setTimeout: (task, pause) => timers.push({ task, pause }),
    Intl,
  });
  await settled();
}

async function settled() {
  for (let i = 0; i < 5; i++) await new Promise((done) => setImmediate(done));
}

async function next() {
  timers.shift().task();
  await settled();
}

const json = (body, status = 200) => new Response(JSON.stringify(body), { status });
const building = { id: "c", state: "INGESTING", findings: [], progress: { phase: "READING", bytesRead: 5e8, bytesTotal: 1e9, sequences: 1000, records: 3, rate: 1e6, secondsLeft: 500 } };

function manifest(more = {}) {
  return {
    tokens: 2_420_000,
    records: 1187,
    paddingShare: 0.005,
    counts: { kept: 20_000, read: 21_000, heldOut: 100, residues: 2_000_000, residuesCut: 20_000, setApart: { TOO_SHORT: 7, DUPLICATE: 900 } },
    references: { uniformNats: 3.367, unigramNats: 2.89, markovNats: 2.85, masked: null },
    lengthHistogram: [{ from: 0, to: 50, count: 10 }, { from: 50, to: 100, count: 30 }],
    residueFrequencies: { A: 0.08, C: 0.01 },
    sources: [{ path: "/data/a.fasta", sha256: "ab", bytes: 1_234_567 }],
    options: { maxLength: 512, sample: null },
    identity: null,
    ...more,
  };
}

beforeEach(() => {
  elements = {};
  timers = [];
});

test("a build is followed until it is done", async () => {
  await open("#c", json([{ id: "c" }]), json(building), json({ id: "c", state: "READY", findings: [], manifest: manifest() }));
  assert.equal(elements.state.textContent, "ingesting");
  assert.equal(elements.bar.style.width, "50%");
  assert.match(elements.pace.textContent, /reading the sources · 500M of 1B bytes · 1,000 records · 3 batches · 1M bytes per second · 500 s left/);
  await next();
  assert.equal(elements.state.textContent, "ready");
  assert.equal(elements.progress.hidden, true);
  assert.match(elements.cards.words, /2\.42M \| 1,187 batches, 0\.5% padding/);
  assert.match(elements.cards.words, /Losses to beat, masked \| not computed/);
  assert.match(elements["left-out"].words, /DUPLICATE.*900.*TOO_SHORT.*7$/);
  assert.match(elements.lengths.innerHTML, /highest bar: 50 to 99: 30/);
  assert.equal(timers.length, 0);
});

test("a page that is open while the service restarts goes on by itself", async () => {
  const unreachable = new TypeError("refused");
  const proxy = new Response("<html>", { status: 502 });
  const starting = json({ detail: "not ready" }, 503);
  await open("#c", unreachable, json([{ id: "c" }]), json(building), unreachable, proxy, starting, json({ ...building, state: "READY", progress: null }));
  assert.match(elements.state.textContent, /cannot be reached, trying again/);
  await next();
  assert.equal(elements.state.textContent, "ingesting");
  for (let i = 0; i < 3; i++) {
    await next();
    assert.match(elements.state.textContent, /cannot be reached, trying again/);
  }
  await next();
  assert.equal(elements.state.textContent, "ready");
  assert.equal(timers.length, 0);
});

test("a corpus that does not exist or failed says why, once", async () => {
  await open("#x", json([]), json({ detail: "no corpus x" }, 404));
  assert.equal(elements.error.textContent, "no corpus x");
  assert.equal(elements.error.hidden, false);
  assert.equal(timers.length, 0);
  await open("#f", json([]), json({ id: "f", state: "FAILED", error: "no proteins", progress: null, findings: [{ type: "EMPTY_FILE", count: 1, files: [{ file: "a", line: 1 }] }] }));
  assert.equal(elements.error.textContent, "no proteins");
  assert.match(elements.findings.words, /EMPTY_FILE \| a:1 \| 1/);
});

test("a corpus without a protein has empty plots and no error", async () => {
  await open("#c", json([]), json({ id: "c", state: "READY", findings: [], manifest: manifest({ lengthHistogram: [], residueFrequencies: {} }) }));
  assert.equal(elements.plots.hidden, false);
  assert.equal(elements.lengths.innerHTML, "");
});

test("no corpus at all is said", async () => {
  await open("", json([]));
  assert.equal(elements.error.hidden, false);
  assert.equal(elements.error.children[1].href, "/study.html");
});

test("the studies that train on a corpus are linked", async () => {
  studies.push({ id: "mine", corpus: "c", state: "TRAINING", runs: [{}, {}] }, { id: "other", corpus: "d", state: "PLANNED", runs: [] });
  await open("#c", json([]), json({ id: "c", state: "READY", findings: [], manifest: manifest() }));
  studies.length = 0;
  const [, line] = elements.used.children;
  assert.equal(elements.used.children.length, 2);
  assert.equal(line.children[0].children[0].href, "/studies.html#mine");
  assert.equal(line.words, "mine | training | 2");
});

test("every reason and every phase of the code is explained on the page", () => {
  const values = (path, name) => {
    const [, body] = read(`java/org/plmfrontier/dataset/${path}`).replace(/\/\*\*.*?\*\//gs, "").match(new RegExp(`enum ${name} \\{([^}]*)\\}`));
    return body.split(",").map((value) => value.trim()).sort();
  };
  const table = (name) => Object.keys(vm.runInNewContext(`(${read("resources/META-INF/resources/page/corpora.js").match(new RegExp(`const ${name} = (\\{.*?\\n\\});`, "s"))[1]})`)).sort();
  assert.deepEqual(table("REASONS"), values("residue/SetApart.java", "SetApart"));
  assert.deepEqual(table("PHASES"), values("corpus/BuildProgress.java", "Phase"));
});
