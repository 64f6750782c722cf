// Starts the page: as a report when the data are in the document, else live, with the list of studies, a study or a run by the address.

import { ask, change } from "plm/ask";
import { Connection } from "plm/connection";
import { ImportForm } from "plm/importform";
import { Live } from "plm/live";
import { NoteEditor, Notes } from "plm/notes";
import { readPages, showLinks } from "plm/pages";
import { Papers } from "plm/papers";
import { PredictionTable } from "plm/predictions";
import { RunPage } from "plm/runpage";
import { backoff } from "plm/stream";
import { compareHref, StudyList } from "plm/studies";
import { Usefulness } from "plm/usefulness";
import { View } from "plm/view";
import { addressOf, hashOf, PLAIN } from "plm/viewstate";

const POLL_MILLIS = 2000;

/** A link is written when nothing was changed for so long: browsers refuse hundreds of addresses in a row. */
const LINK_MILLIS = 250;

const picker = document.getElementById("studies");

function report(data) {
  picker.replaceChildren(new Option(data.study.study));
  picker.disabled = true;
  document.getElementById("home").removeAttribute("href");
  document.getElementById("compare").remove();
  page("study");
  document.title = `${data.study.study} - plm-frontier`;
  new Connection(() => {}).show("report");
  const link = later(() => replaceHash(hashOf(data.study.study, null, view.state, ids(data))));
  const view = new View({ state: link }, addressOf(location.hash).view);
  view.show({ ...data, answers: { budget: null, sheets: data.answers.map((sheet) => ({ family: sheet.family, sheet })) } });
  new PredictionTable().show(data.predictions);
  new Papers(() => Promise.resolve(data.papers));
  new Usefulness(() => Promise.resolve(data.evaluations)).show(data.evaluations);
}

class LivePage {
  constructor() {
    this.study = null;
    this.run = null;
    this.failures = 0;
    this.since = null;
    this.studies = null;
    this.connection = new Connection(() => (this.study ? this.stream.retry() : this.look()));
    this.link = later(() => this.study && !this.run && this.isAsked() && replaceHash(this.hash(null)));
    this.list = new StudyList();
    this.pages = { studies: null, models: null };
    this.notes = new Notes(() => this.noted());
    this.note = new NoteEditor(document.getElementById("study-note"), this.notes, "study");
    this.runPage = new RunPage(this.notes);
    this.view = new View({ ask: (budget) => this.stream.ask(budget), state: this.link, address: (run) => hashOf(this.study, run, PLAIN, []) }, addressOf(location.hash).view);
    this.stream = new Live({ show: (data, changed) => this.show(data, changed) }, (state, lost) => this.connection.show(state, lost));
    this.predictions = new PredictionTable();
    this.papers = new Papers(async () => (this.study ? (await ask(`${this.stream.base}/papers`)).body : null));
    this.usefulness = new Usefulness(async () => (this.study ? (await ask(`${this.stream.base}/evaluations`)).body : null));
    this.form = new ImportForm((id) => (location.hash = hashOf(id, null, PLAIN, [])));
    picker.addEventListener("change", () => (location.hash = picker.value ? hashOf(picker.value, null, PLAIN, []) : ""));
    addEventListener("hashchange", () => this.go());
    document.addEventListener("visibilitychange", () => document.hidden || this.look());
    document.querySelector("[data-link=delete-import]").addEventListener("click", () => this.deleteImport());
    this.connection.show("connecting");
    this.go();
    this.look();
    this.lead();
  }

  /** Tags of studies, whenever the list is opened. */
  async tag() {
    const { body } = await ask("/notes");
    if (body) this.list.tag(body);
  }

  /** Where the links lead is asked for once. */
  async lead() {
    this.pages = await readPages();
    this.runPage.pages = this.pages;
    this.links();
  }

  links() {
    showLinks(this.pages, this.study, Boolean(this.data?.study.imported));
  }

  /** Notes have come or changed. */
  noted() {
    this.note.show("");
    this.view.tag((runId) => this.notes.of(runId).tags);
    if (this.run) this.runPage.noted();
  }

  async deleteImport() {
    if (!confirm(`Delete the import ${this.study} with its losses and fits? The file itself is not touched.`)) return;
    const { problem } = await change(`/imports/${encodeURIComponent(this.study)}`, { method: "DELETE" });
    document.getElementById("study-said").textContent = problem ?? "";
    if (!problem) location.hash = "";
  }

  /** Whether the address asks for what is shown: a link that was followed just now has changed it already. */
  isAsked() {
    const { study, run } = addressOf(location.hash);
    return study === this.study && !run;
  }

  hash(run) {
    return hashOf(this.study, run, this.view.state, ids(this.data));
  }

  show(data, changed) {
    const first = !this.data;
    this.data = data;
    if (first) this.links();
    if (this.run) this.runPage.show(data);
    else this.view.show(data, changed);
  }

  /** To what the address asks for. */
  go() {
    const { study, run, view } = addressOf(location.hash);
    this.wanted = study;
    if (study !== this.study) this.leave();
    if (study && !this.study && this.knows(study)) this.open(study);
    const back = this.run;
    this.run = this.study ? run : null;
    if (this.run) {
      this.runPage.open(this.stream.base, this.run, back ? document.getElementById("run-back").href : hashOf(study, null, this.view.state, ids(this.data)));
      if (this.data) this.runPage.show(this.data);
    } else {
      this.runPage.close();
      if (this.study) this.view.set(view);
      if (this.study && this.data) this.view.show(this.data);
    }
    if (!this.study) this.tag();
    page(this.run ? "run" : this.study ? "study" : "studies");
    document.getElementById("compare").href = compareHref(this.study);
    document.title = [this.run, this.study ?? "studies", "plm-frontier"].filter(Boolean).join(" - ");
    this.list.show(this.studies, this.wanted);
    this.links();
    this.offer();
  }

  /** Before the list came, a study is taken to be there. */
  knows(id) {
    if (id == null) return false;
    return !this.studies || this.studies.some((study) => study.id === id);
  }

  open(id) {
    this.study = id;
    this.data = null;
    this.view.clear();
    this.notes.open(id);
    this.note.show("");
    this.predictions.follow(id);
    this.stream.open(id);
    this.papers.clear();
    this.usefulness.follow();
    document.querySelector("[data-link=evaluations-csv]").href = `${this.stream.base}/evaluations?format=csv`;
  }

  leave() {
    if (!this.study) return;
    this.study = null;
    this.data = null;
    this.stream.close();
    this.notes.clear();
    this.predictions.stop();
    this.usefulness.stop();
    this.connection.show(this.since ? "connecting" : "live");
  }

  /** Asks for the studies now and then. */
  async look() {
    clearTimeout(this.timer);
    if (document.hidden) return;
    const { studies, reason } = await list();
    clearTimeout(this.timer);
    this.failures = reason ? this.failures + 1 : 0;
    this.since = reason ? (this.since ?? Date.now()) : null;
    const pause = reason ? Math.max(POLL_MILLIS, backoff(this.failures)) : POLL_MILLIS;
    if (studies) this.studies = studies;
    const missed = this.study && !this.data && !this.knows(this.study);
    if (missed) this.leave();
    if (missed || (!this.study && this.knows(this.wanted))) this.go();
    if (!this.study) {
      if (reason) this.connection.show("lost", { since: this.since, reason, next: Date.now() + pause });
      else this.connection.show(this.wanted || !studies.length ? "waiting" : "live");
    }
    this.list.show(this.studies, this.study ? null : this.wanted);
    this.offer();
    this.timer = setTimeout(() => this.look(), pause);
  }

  offer() {
    const known = (this.studies ?? []).map((study) => study.id);
    if (this.study && !known.includes(this.study)) known.push(this.study);
    if (picker.options.length !== known.length + 1 || known.some((id, i) => picker.options[i + 1].value !== id)) {
      picker.replaceChildren(new Option("all studies", ""), ...known.map((id) => new Option(id, id)));
    }
    picker.value = this.study ?? "";
  }
}

function page(name) {
  for (const one of document.querySelectorAll("[data-page]")) one.hidden = one.dataset.page !== name;
  document.body.dataset.shown = name;
}

function ids(data) {
  return (data?.study?.runs ?? []).map((run) => run.runId);
}

/** Where the address cannot be changed, as in some frames, the page works without a link. */
function replaceHash(hash) {
  try {
    if (location.hash !== hash) history.replaceState(null, "", hash);
  } catch (error) {
    if (error.name !== "SecurityError") throw error;
  }
}

function later(act) {
  let timer = null;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, LINK_MILLIS);
  };
}

async function list() {
  try {
    const response = await fetch("/studies", { headers: { Accept: "application/json" } });
    if (!response.ok) return { studies: null, reason: `the server answered ${response.status}` };
    return { studies: await response.json() };
  } catch (error) {
    return { studies: null, reason: error instanceof SyntaxError ? "the server sent no list of studies" : "the server cannot be reached" };
  }
}

const data = document.getElementById("data").textContent.trim();
if (data) report(JSON.parse(data));
else new LivePage();
