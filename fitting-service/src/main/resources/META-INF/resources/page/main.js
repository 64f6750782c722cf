// Starts the page: as a report when the data are in the document, else live.

import { Connection } from "plm/connection";
import { Live } from "plm/live";
import { PredictionTable } from "plm/predictions";
import { backoff } from "plm/stream";
import { View } from "plm/view";

const POLL_MILLIS = 2000;

const picker = document.getElementById("studies");

function report(data) {
  picker.replaceChildren(new Option(data.study.study));
  picker.disabled = true;
  document.title = `${data.study.study} - plm-frontier`;
  new Connection(() => {}).show("report");
  new View().show({ ...data, answers: { budget: null, sheets: data.answers.map((sheet) => ({ family: sheet.family, sheet })) } });
  new PredictionTable().show(data.predictions);
}

function live() {
  const page = { shown: null, failures: 0, since: null, timer: null };
  const connection = new Connection(() => (page.shown ? stream.retry() : look(page, connection, open)));
  const stream = new Live(new View((budget) => stream.ask(budget)), (state, lost) => connection.show(state, lost));
  const predictions = new PredictionTable();
  const open = (id) => {
    page.shown = id;
    predictions.follow(id);
    picker.value = id;
    history.replaceState(null, "", `#${encodeURIComponent(id)}`);
    document.title = `${id} - plm-frontier`;
    stream.open(id);
  };
  picker.addEventListener("change", () => open(picker.value));
  connection.show("connecting");
  look(page, connection, open);
}

/** Asks for the studies now and then, and opens one where none is shown. */
async function look(page, connection, open) {
  clearTimeout(page.timer);
  const { studies, reason } = await list();
  page.failures = reason ? page.failures + 1 : 0;
  page.since = reason ? (page.since ?? Date.now()) : null;
  const pause = reason ? Math.max(POLL_MILLIS, backoff(page.failures)) : POLL_MILLIS;
  offer(studies, page.shown);
  if (!page.shown && studies.length) open(wanted(studies) ?? studies[studies.length - 1].id);
  else if (!page.shown && reason) connection.show("lost", { since: page.since, reason, next: Date.now() + pause });
  else if (!page.shown) connection.show("waiting");
  page.timer = setTimeout(() => look(page, connection, open), pause);
}

function wanted(studies) {
  const ids = studies.map((study) => study.id);
  return ids.find((id) => `#${id}` === location.hash || `#${encodeURIComponent(id)}` === location.hash);
}

async function list() {
  try {
    const response = await fetch("/studies", { headers: { Accept: "application/json" } });
    if (!response.ok) return { studies: [], reason: `the server answered ${response.status}` };
    return { studies: await response.json() };
  } catch (error) {
    return { studies: [], reason: error instanceof SyntaxError ? "the server sent no list of studies" : "the server cannot be reached" };
  }
}

function offer(studies, shown) {
  const ids = studies.map((study) => study.id);
  if (!ids.length || ids.join() === [...picker.options].map((option) => option.value).join()) return;
  if (shown && !ids.includes(shown)) ids.push(shown);
  picker.replaceChildren(...ids.map((id) => new Option(id, id)));
  if (shown) picker.value = shown;
}

const data = document.getElementById("data").textContent.trim();
if (data) report(JSON.parse(data));
else live();
