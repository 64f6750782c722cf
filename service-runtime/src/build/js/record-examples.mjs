// Records the examples of the OpenAPI documents from a running suite:
//
//   node service-runtime/src/build/js/record-examples.mjs HOME FASTA TABLE OTHER_TABLE
//
// HOME is the home folder of a suite that ./frontier up or run started and that may be changed; FASTA a file of proteins, TABLE and OTHER_TABLE
// files of losses (run,N,D,C,loss). Every operation of the three services is asked once, and what it was sent and answered
// is written to META-INF/openapi/examples of its service, lists cut to their first entries. Nothing in them is made up. The home folder should
// be new: ids of a study that was deleted before end in .2.

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const [home, fasta, table, otherTable] = process.argv.slice(2, 6).map((file) => path.resolve(file));
/** With a fifth argument only the schemas that no answer of an operation shows are recorded. */
const onlySchemas = process.argv.length > 6;
const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../../..");
const SERVICES = ["fitting", "dataset", "trainer"];
const LONGEST = 2;
const TEXT_LINES = 6;

const addresses = Object.fromEntries(fs.readFileSync(path.join(home, "addresses.properties"), "utf8").split("\n")
  .map((line) => line.match(/^(\w+)=(.*)$/)).filter((found) => found !== null).map((found) => [found[1], found[2].replaceAll("\\", "")]));

function sleep(seconds) {
  return new Promise((done) => { setTimeout(done, seconds * 1000); });
}

/** Names of this machine, which say nothing to anybody else. */
function neutral(text) {
  return text.replaceAll(fasta, "/data/my.fasta.gz").replaceAll(home, "/data/suite").replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:8080");
}

/** A value with the first entries of its lists. */
function cut(value) {
  if (Array.isArray(value)) {
    return value.slice(0, LONGEST).map(cut);
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cut(one)]));
  }
  return value;
}

function write(service, operation, example) {
  const folder = service === "runtime" ? "service-runtime" : `${service}-service`;
  const file = path.join(ROOT, folder, "src/main/resources/META-INF/openapi/examples", `${operation}.json`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${neutral(JSON.stringify(example, null, 2))}\n`);
  console.log(`${service}: ${operation}`);
}

/** Adds examples of schemas that no answer of an operation shows. */
function writeSchemas(folder, examples) {
  const file = path.join(ROOT, folder, "src/main/resources/META-INF/openapi/schemas.json");
  const known = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
  fs.writeFileSync(file, `${neutral(JSON.stringify({ ...known, ...examples }, null, 2))}\n`);
}

async function ask(service, method, where, { body, type = "application/json", accept } = {}) {
  const content = body === undefined || typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
  const headers = { ...(body === undefined ? {} : { "Content-Type": type }), ...(accept === undefined ? {} : { Accept: accept }) };
  return fetch(addresses[service] + where, { method, headers, body: content });
}

async function json(service, method, where, options) {
  const response = await ask(service, method, where, options);
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${where}: ${response.status} ${text}`);
  }
  return text === "" ? undefined : JSON.parse(text);
}

/** Asks, and writes down what was sent and answered. */
async function record(service, operation, method, where, options = {}) {
  const answer = await json(service, method, where, options);
  const example = {};
  if (options.body !== undefined) {
    example.request = { "application/json": options.body };
  }
  if (answer !== undefined) {
    example.response = { "application/json": cut(options.shown ? options.shown(answer) : answer) };
  }
  write(service, operation, example);
  return answer;
}

async function until(what, holds, seconds = 600) {
  for (let waited = 0; waited < seconds; waited += 0.5) {
    const value = await holds();
    if (value) {
      return value;
    }
    await sleep(0.5);
  }
  throw new Error(`${what} did not come in ${seconds} s`);
}

function firstLines(text) {
  return `${text.trimEnd().split("\n").slice(0, TEXT_LINES).join("\n")}\n`;
}

async function stream(where, seconds) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), seconds * 1000);
  let text = "";
  try {
    const response = await fetch(addresses.fitting + where, { signal: stop.signal });
    for await (const part of response.body) {
      text += new TextDecoder().decode(part);
    }
  } catch (error) {
    if (error.name !== "AbortError") {
      throw error;
    }
  } finally {
    clearTimeout(timer);
  }
  return text;
}

/** The shortest event of each name, its lists cut. */
function events(text) {
  const shortest = new Map();
  for (const event of text.split("\n\n")) {
    const name = event.match(/^event:\s*(.*)$/m)?.[1];
    const data = event.match(/^data:\s*(.*)$/m)?.[1];
    if (name !== undefined && data !== undefined && (!shortest.has(name) || data.length < shortest.get(name).length)) {
      shortest.set(name, data);
    }
  }
  return [...shortest].filter(([name]) => ["study", "progress", "idle"].includes(name))
    .map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(cut(JSON.parse(data)))}\n`).join("\n");
}

async function corpora() {
  const sent = await json("dataset", "POST", "/uploads?name=my.fasta.gz", { body: new Uint8Array(fs.readFileSync(fasta)), type: "application/octet-stream" });
  write("dataset", "uploadFile", { response: { "application/json": sent } });
  const request = { sources: [fasta], heldOutSequences: 200, maxLength: 128 };
  const first = await record("dataset", "buildCorpus", "POST", "/corpora", { body: request });
  const ready = await until("the corpus", async () => {
    const corpus = await json("dataset", "GET", `/corpora/${first.id}`);
    return corpus.state === "READY" && corpus;
  });
  await record("dataset", "getCorpus", "GET", `/corpora/${ready.id}`);
  await record("dataset", "listCorpora", "GET", "/corpora");
  await record("dataset", "verifyCorpus", "POST", `/corpora/${ready.id}/verification`);
  await record("dataset", "repairCorpus", "POST", `/corpora/${ready.id}/repair`);
  await until("the repair", async () => (await json("dataset", "GET", `/corpora/${ready.id}`)).state === "READY");
  const other = await json("dataset", "POST", "/corpora", { body: { ...request, seed: 2 } });
  await record("dataset", "cancelCorpus", "POST", `/corpora/${other.id}/cancel`);
  return ready.id;
}

async function liveStudy(corpus) {
  const request = { id: "tutorial", corpus, shapes: [1, 2, 3].map((n) => ({ family: "ESM2", layers: n, dModel: 16 * n, ffnSize: 64 * n, heads: 2 })),
    tokenBudgets: [200000, 400000, 800000], seeds: [1] };
  const preview = await json("dataset", "POST", "/studies?preview=true", { body: request });
  writeSchemas("dataset-service", { StudyPreview: cut(preview) });
  await record("dataset", "submitStudy", "POST", "/studies", { body: request });
  await record("dataset", "getBacklog", "GET", "/scaling");
  await record("dataset", "getPages", "GET", "/pages");
  const runs = await record("dataset", "listRuns", "GET", "/studies/tutorial/runs");
  const command = (action) => ({ action, reason: "maintenance", by: "me" });
  await record("dataset", "commandRun", "POST", `/runs/${runs.at(-1).runId}/commands`, { body: command("STOP") });
  await record("dataset", "commandStudy", "POST", "/studies/tutorial/commands", { body: command("RESUME") });
  await until("steps that are not committed", async () => (await json("fitting", "GET", "/studies/tutorial/progress").catch(() => [])).length > 0);
  await record("fitting", "getProgress", "GET", "/studies/tutorial/progress");
  await record("fitting", "getRunForecasts", "GET", "/studies/tutorial/run-forecasts");
  write("fitting", "followStudy", { response: { "text/event-stream": events(await stream("/studies/tutorial/live", 20)) } });
  await until("the study", async () => (await json("fitting", "GET", "/studies/tutorial")).state === "COMPLETED");
  await record("dataset", "extendStudy", "POST", "/studies/tutorial/extend", { body: { tokenBudgets: [1600000] } });
  await until("the extension", async () => (await json("fitting", "GET", "/studies/tutorial")).state === "COMPLETED");
  await until("its fit", async () => (await json("fitting", "GET", "/studies/tutorial")).fitIsCurrent);
  await record("dataset", "repairStudy", "POST", "/studies/tutorial/repair");
  await record("dataset", "getStudy", "GET", "/studies/tutorial");
  await record("dataset", "listStudies", "GET", "/studies");
  return runs[0].runId;
}

async function finished(run) {
  await record("fitting", "getStudy", "GET", "/studies/tutorial");
  await record("fitting", "getRun", "GET", `/studies/tutorial/runs/${run}`);
  await record("fitting", "getSteps", "GET", `/studies/tutorial/runs/${run}/steps?points=10`);
  await record("fitting", "getPlateaus", "GET", "/studies/tutorial/plateau");
  await record("fitting", "getRunHistory", "GET", `/studies/tutorial/runs/${run}/history`);
  await record("fitting", "getPapers", "GET", "/studies/tutorial/papers");
  await record("fitting", "getPages", "GET", "/pages");
  await record("fitting", "writeStudyNote", "PUT", "/studies/tutorial/notes", { body: { text: "first try on two cores", tags: ["baseline"] } });
  await record("fitting", "writeRunNote", "PUT", `/studies/tutorial/notes/${run}`, { body: { text: "", tags: ["odd"] } });
  await record("fitting", "getNotes", "GET", "/studies/tutorial/notes");
  await record("fitting", "listNotes", "GET", "/notes");
  await record("fitting", "getPredictions", "GET", "/studies/tutorial/predictions");
  const curves = await json("fitting", "GET", "/studies/tutorial/curves?points=10");
  const csv = await (await ask("fitting", "GET", "/studies/tutorial/curves", { accept: "text/csv" })).text();
  write("fitting", "getCurves", { response: { "application/json": cut(curves), "text/csv": firstLines(csv) } });
  const report = await (await ask("fitting", "GET", "/studies/tutorial/report")).text();
  write("fitting", "getReport", { response: { "text/html": firstLines(report).slice(0, 400) } });
}

async function models(run) {
  const state = (await record("trainer", "listModels", "GET", "/models")).find((model) => model.runId === run);
  await record("trainer", "measurePseudoPerplexity", "GET", `/models/${state.runId}/pseudo-perplexity?sequences=5`);
  const zip = new Uint8Array(await (await ask("trainer", "GET", `/models/${state.runId}`)).arrayBuffer());
  const kept = await json("trainer", "POST", "/models", { body: zip, type: "application/zip" });
  write("trainer", "importModel", { response: { "application/json": cut(kept) } });
}

async function imported() {
  const text = fs.readFileSync(table, "utf8");
  const line = await json("fitting", "POST", "/imports?study=published", { body: text, type: "text/csv" });
  const rows = text.split("\n").slice(1, 4).map((row) => row.split(","));
  const header = text.split("\n")[0].split(",");
  const objects = rows.map((row) => Object.fromEntries(header.map((name, i) => [name, Number.isNaN(Number(row[i])) ? row[i] : Number(row[i])])));
  write("fitting", "importTable", { request: { "text/csv": firstLines(text), "application/json": { study: "published", rows: objects } },
    response: { "application/json": line } });
  await json("fitting", "POST", "/imports?study=other", { body: fs.readFileSync(otherTable, "utf8"), type: "text/csv" });
  await until("fits of the imports", async () => (await json("fitting", "GET", "/studies/published")).fitIsCurrent
    && (await json("fitting", "GET", "/studies/other")).fitIsCurrent);
  const study = "/studies/published";
  const N = Number(objects[0].N);
  const budget = 10 * Math.max(...text.trim().split("\n").slice(1).map((row) => row.split(",")).map((row) => 6 * row[header.indexOf("N")] * row[header.indexOf("D")]));
  const family = (await json("fitting", "GET", "/studies/other")).families[0];
  await record("fitting", "listStudies", "GET", "/studies", { shown: (all) => [...all].reverse() });
  await record("fitting", "getFindings", "GET", `${study}/findings`);
  await record("fitting", "getFrontier", "GET", `${study}/frontier?method=a3`);
  await record("fitting", "getFits", "GET", `${study}/fits?methods=a3,plateau`);
  await record("fitting", "getFamilies", "GET", `${study}/families`);
  await record("fitting", "getRecommendation", "GET", `${study}/recommendation?budgetFlops=${encodeURIComponent(budget)}`);
  await record("fitting", "getAnswer", "GET", `${study}/answer`);
  await record("fitting", "getForecast", "GET", `${study}/forecast?parameters=${N}&tokens=${20 * N}`);
  await record("fitting", "getBacktest", "GET", `${study}/backtest`);
  await record("fitting", "compareStudies", "GET", "/comparisons?study=published&study=other");
  await record("fitting", "getEffectiveCompute", "GET", `${study}/effective-compute?with=other&withFamily=${encodeURIComponent(family)}`);
}

/** A corpus of odd sources with clusters, files with findings, and a study that is not decided: what the schemas above do not show. */
async function schemas() {
  const odd = path.join(home, "odd.fasta");
  const proteins = gunzipSync(fs.readFileSync(fasta)).toString("latin1").split(">").slice(1, 2001).map((one) => `>${one}`);
  fs.writeFileSync(odd, `${proteins.join("")}>odd1\nmkt${"AYIAKQRQISFVKSHFSRQ".repeat(3)}*\n>odd2\n`);
  const plain = await json("dataset", "POST", "/corpora", { body: { sources: [fasta], heldOutSequences: 200, maxLength: 128 } });
  await until("the corpus", async () => (await json("dataset", "GET", `/corpora/${plain.id}`)).state === "READY");
  const request = { sources: [odd], maxLength: 128, deduplicate: true, cluster: { identity: 0.5, coverage: 0.8, method: "LINCLUST" },
    sample: { sequences: 1000, tokens: null }, heldOutIdentity: { most: 0.5, coverage: 0.8 }, heldOut: { corpus: plain.id } };
  const asked = await json("dataset", "POST", "/corpora", { body: { ...request, sample: { sequences: 1000 } } });
  const corpus = await until("the corpus of odd proteins", async () => {
    const look = await json("dataset", "GET", `/corpora/${asked.id}`);
    return look.state !== "INGESTING" && look;
  });
  writeSchemas("dataset-service", { CorpusView: cut(corpus), CorpusRequest: { ...request, sample: { sequences: 1000 } } });
  await json("dataset", "POST", "/studies", { body: { id: "small", corpus: plain.id,
    shapes: [1, 2, 3].map((n) => ({ family: "ESM2", layers: n, dModel: 16 * n, ffnSize: 64 * n, heads: 2 })), tokenBudgets: [100000, 200000, 400000, 800000], seeds: [1] } });
  await until("the study", async () => (await json("fitting", "GET", "/studies/small").catch(() => ({}))).state === "COMPLETED");
  await until("its fit", async () => (await json("fitting", "GET", "/studies/small")).fitIsCurrent);
  const lines = fs.readFileSync(table, "utf8").trim().split("\n");
  const grouped = [`run,group,${lines[0]}`, ...lines.slice(1, 61).map((line, i) => `r${i},${i % 2 ? "b" : "a"},${line}`), "r60,a,7e7,3e9,1.3e18,none"];
  await json("fitting", "POST", "/imports?study=groups", { body: `${grouped.join("\n")}\n`, type: "text/csv" });
  await until("fits of the groups", async () => (await json("fitting", "GET", "/studies/groups")).fitIsCurrent);
  const families = await json("fitting", "GET", "/studies/published/families");
  writeSchemas("fitting-service", {
    FrontierNoAnswer: cut(await json("fitting", "GET", "/studies/small/frontier")),
    AnswerView: cut(await json("fitting", "GET", "/studies/small/answer")),
    FrontierPerFamily: cut(await json("fitting", "GET", "/studies/groups/frontier")),
    StudyView: cut(await json("fitting", "GET", "/studies/groups")),
    FindingView: cut(await json("fitting", "GET", "/studies/groups/findings")),
    FitView: cut((await json("fitting", "GET", "/studies/small/fits?methods=plateau"))[0]),
    FamilyView: cut(families[0]),
  });
}

async function problems() {
  const response = await ask("dataset", "POST", "/studies", { body: { corpus: "my-corpus", tokenBudgets: ["2 M"] } });
  write("runtime", "Problem", { response: { "application/problem+json": await response.json() } });
}

if (!onlySchemas) {
  const corpus = await corpora();
  const run = await liveStudy(corpus);
  await finished(run);
  await models(run);
  await imported();
  await problems();
  await record("dataset", "deleteStudy", "DELETE", "/studies/tutorial?reason=no%20longer%20needed&by=me");
}
await schemas();
console.log(`recorded from ${SERVICES.map((service) => addresses[service]).join(", ")}`);
