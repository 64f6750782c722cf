// The page of one run: what is known of it, its plots, its evaluations and its recipe.

import { ask } from "plm/ask";
import { offer } from "plm/controls";
import { offerExports } from "plm/exports";
import { count, MISSING, nats, percent, scientific, words } from "plm/format";
import { escape, nameHtml, sentenceHtml } from "plm/names";
import { NoteEditor } from "plm/notes";
import { modelLink } from "plm/pages";
import { epochs, progress } from "plm/runfields";
import { isUnfinished } from "plm/runtable";
import { axesOfRun, METRICS, MetricPlot, RUN_AXES, runSeries } from "plm/runplots";
import { yamlOf } from "plm/yaml";

const REFRESH_MILLIS = 10_000;
const MOST_POINTS = 2000;
const LATEST = 20;
const NO_HISTORY = { changes: [], spans: [], refusals: [] };

export class RunPage {
  /** @param notes of the study */
  constructor(notes) {
    this.pages = { studies: null, models: null };
    this.note = new NoteEditor(document.getElementById("run-note"), notes, "run");
    this.select = document.getElementById("run-x");
    this.select.addEventListener("change", () => this.draw());
    this.yaml = document.getElementById("run-yaml");
    this.copied = document.getElementById("run-copied");
    document.getElementById("run-copy").addEventListener("click", () => this.copy());
    this.plots = new Map(Object.entries(METRICS).map(([name, metric]) => [name, new MetricPlot(document.getElementById(`run-${name}-plot`), metric)]));
    for (const name of this.plots.keys()) {
      const figure = document.getElementById(`run-${name}-plot`).closest("figure");
      offerExports(figure, () => this.rows(name), () => `${this.runId}-${name}`);
    }
  }

  /** @param base address of the study's REST @param back of its page */
  open(base, runId, back) {
    this.close();
    Object.assign(this, { base, runId, detail: null, steps: [], history: NO_HISTORY, data: null });
    this.noted();
    document.getElementById("run-back").href = back;
    document.getElementById("run-title").textContent = runId;
    document.getElementById("run-problem").textContent = "";
    this.timer = setInterval(() => this.isMoving() && this.read(), REFRESH_MILLIS);
    this.read();
  }

  close() {
    clearInterval(this.timer);
    this.runId = null;
  }

  isMoving() {
    return !document.hidden && (!this.detail || isUnfinished(this.detail));
  }

  async read() {
    const { runId } = this;
    const address = `${this.base}/runs/${encodeURIComponent(runId)}`;
    const [detail, steps, history] = await Promise.all([ask(address), ask(`${address}/steps?points=${MOST_POINTS}`), ask(`${address}/history`)]);
    if (runId !== this.runId) return;
    const problem = detail.problem ?? steps.problem ?? history.problem ?? "";
    document.getElementById("run-problem").textContent = problem;
    if (detail.body) this.detail = detail.body;
    if (steps.body) this.steps = steps.body;
    if (history.body) this.history = history.body;
    this.draw();
  }

  /** Notes have come or changed. */
  noted() {
    if (this.runId) this.note.show(this.runId);
  }

  /** What the study's stream says of the run. @param data {study, curves, progress} */
  show(data) {
    if (!this.runId) return;
    this.data = data;
    this.draw();
  }

  draw() {
    const { detail, data } = this;
    if (!detail) return;
    const own = (all) => all?.find((one) => one.runId === this.runId);
    const run = own(data?.study?.runs) ?? detail;
    const uncommitted = own(data?.progress);
    const axes = axesOfRun(run, this.steps);
    const x = axes.includes(this.select.value) ? this.select.value : axes.includes("steps") ? "steps" : "tokens";
    offer("run-x", axes.map((axis) => [axis, RUN_AXES[axis].label]), x);
    this.series = runSeries({ run, steps: this.steps, curve: own(data?.curves), progress: uncommitted?.points ?? [] }, x);
    const { loss, line, ends, uncommitted: news, uncommittedLine, ...others } = this.series;
    this.drawn = { loss: { dots: loss, line, ends, uncommitted: news, uncommittedLine } };
    for (const [name, dots] of Object.entries(others)) this.drawn[name] = { dots };
    for (const [name, plot] of this.plots) {
      const host = document.getElementById(`run-${name}-plot`);
      host.closest("figure").hidden = name !== "loss" && !this.drawn[name].dots.length;
      plot.show(this.drawn[name], x);
    }
    this.say(run, detail, uncommitted);
  }

  rows(name) {
    const x = RUN_AXES[this.plots.get(name).x].label;
    return [[x, METRICS[name].label, "kind"], ...Object.entries(this.drawn[name]).flatMap(([kind, points]) => points.map(([at, value]) => [at, value, kind]))];
  }

  say(run, detail, uncommitted) {
    document.getElementById("run-title").innerHTML = nameHtml(run.name);
    const state = document.getElementById("run-state");
    state.textContent = words(run.state);
    state.dataset.state = run.state;
    html("run-facts", factsOf(run, uncommitted, this.history.spans.at(-1)?.device, lastSpeed(this.steps)).map(([name, value]) => `<div><dt>${escape(name)}</dt><dd>${value}</dd></div>`).join(""));
    html("run-change", changeHtml(detail.change));
    this.sayHistory(run);
    document.getElementById("run-evaluations-section").hidden = !detail.evaluations.length;
    html("run-evaluations-body", detail.evaluations.map((evaluation) => evaluationHtml(evaluation, run.plan ? modelLink(this.pages, this.runId, evaluation.budgetTokens) : null)).join(""));
    document.getElementById("run-recipe-section").hidden = !detail.specification;
    const yaml = detail.specification ? yamlOf(detail.specification) : "";
    if (this.yaml.textContent !== yaml) this.yaml.textContent = yaml;
  }

  sayHistory(run) {
    const { changes, spans, refusals } = this.history;
    document.getElementById("run-changes-region").hidden = !changes.length;
    html("run-changes", [...changes].reverse().map(changeRow).join(""));
    document.getElementById("run-spans-section").hidden = !spans.length;
    html("run-spans", spans.map(spanRow).join(""));
    html("run-refusals", refusals.map(({ checkpoint, reason, at }) => `${escape(time(at))}: checkpoint ${nameHtml(checkpoint)} could not be used: ${sentenceHtml(reason)}.`).join(" "));
    const model = document.getElementById("run-model");
    const address = run.plan && run.step > 0 ? modelLink(this.pages, this.runId) : null;
    model.hidden = !address;
    if (address) model.href = address;
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.yaml.textContent);
      this.copied.textContent = "copied";
    } catch {
      getSelection().selectAllChildren(this.yaml);
      this.copied.textContent = "selected: copy it with the keyboard";
    }
  }
}

function html(id, content) {
  const element = document.getElementById(id);
  if (element.dataset.said !== content) element.innerHTML = content;
  element.dataset.said = content;
}

/** What is known of a run, as [name, HTML]. @param uncommitted what its trainer says of the slice that it trains, or nothing */
export function factsOf(run, uncommitted, device, latest = null) {
  const speed = run.tokensPerSecond ?? latest;
  const facts = [
    ["Family", nameHtml(run.family)],
    ["Parameters", count(run.size)],
    ["Tokens", run.plan ? `${count(run.tokens)} of ${count(run.budgetTokens)}` : count(run.tokens)],
    ["FLOPs", run.plan ? `${scientific(run.computeFlops)} of ${scientific(run.expectedFlops)}, ${percent(progress(run))}` : scientific(run.computeFlops)],
    ["Loss", `${nats(run.lossNats)} nats, held-out ${nats(run.heldOutNats)}`],
  ];
  if (run.shape) facts.push(["Shape", `${run.shape.layers} ${run.shape.layers === 1 ? "layer" : "layers"}, width ${run.shape.dModel}, ${run.shape.heads} heads`]);
  if (epochs(run) != null) facts.push(["Epochs", epochs(run).toFixed(2)]);
  if (run.plan) facts.push(["Recipe", `${nameHtml(run.plan.recipe)}, learning rate ${scientific(run.plan.peakLearningRate)}, seed ${run.plan.seed}`]);
  if (speed != null) facts.push(["Speed", `${count(speed)} tokens/s, ${scientific(flopsPerSecond(run, speed))} training FLOP/s${utilisation(run, speed, device)}`]);
  if (run.plateau) facts.push(["Plateau", `${escape(words(run.plateau.verdict))}: ${sentenceHtml(run.plateau.reason)}`]);
  if (device) facts.push(["Device", nameHtml(device.name)]);
  if (uncommitted) facts.push(["Trains now", `${nameHtml(uncommitted.trainer)}${uncommitted.slice == null ? "" : `, slice ${uncommitted.slice}`}`]);
  return facts;
}

/** Median tokens per second of the latest steps; null where no step has one. @param steps of GET /studies/{id}/runs/{run}/steps */
export function lastSpeed(steps) {
  const speeds = steps.slice(-LATEST).flatMap((step) => step.tokensPerSecond ?? []).sort((one, other) => one - other);
  return speeds.length ? speeds[Math.floor(speeds.length / 2)] : null;
}

/** FLOPs of the model alone, without padding, per second. */
function flopsPerSecond(run, speed) {
  return run.tokens > 0 ? (run.computeFlops / run.tokens) * speed : null;
}

/** Share of the device's peak (MFU, Chowdhery et al. 2022), where the peak is known. */
function utilisation(run, speed, device) {
  return device?.peakFlops && run.tokens > 0 ? `, ${percent(flopsPerSecond(run, speed) / device.peakFlops)} of the device's peak (MFU)` : "";
}

function time(at) {
  return new Date(at).toLocaleString();
}

function changeRow({ state, step, reason, at }) {
  return `<tr><td>${escape(time(at))}</td><td><span class="state" data-state="${escape(state)}">${escape(words(state))}</span></td><td class="n">${step}</td><td>${sentenceHtml(reason)}</td></tr>`;
}

function spanRow({ trainer, device, firstSlice, lastSlice, step, tokens, checkpoint, from, to }) {
  return `<tr><th scope="row">${nameHtml(trainer)}</th><td>${device ? nameHtml(device.name) : MISSING}</td><td class="n">${firstSlice === lastSlice ? firstSlice : `${firstSlice} to ${lastSlice}`}</td>`
    + `<td class="n">${step}</td><td class="n">${count(tokens)}</td><td>${escape(time(from))}${from === to ? "" : ` to ${escape(time(to))}`}</td><td>${nameHtml(checkpoint)}</td></tr>`;
}

function changeHtml(change) {
  if (!change) return "No change of its state was published yet.";
  const reason = change.reason ? `: ${sentenceHtml(change.reason)}` : "";
  return `<b>${escape(words(change.state))}</b> at step ${change.step}, ${escape(new Date(change.at).toLocaleString())}${reason}.`;
}

function evaluationHtml({ budgetTokens, tokens, computeFlops, lossNats, parts }, model) {
  const part = (name) => `<td class="n">${parts?.[name] ? nats(parts[name].lossNats) : MISSING}</td>`;
  return `<tr><td class="n">${count(budgetTokens)}</td><td class="n">${count(tokens)}</td><td class="n">${scientific(computeFlops)}</td>`
    + `<td class="n"><b>${nats(lossNats)}</b></td>${part("mask")}${part("random")}${part("unchanged")}<td>${model ? `<a href="${escape(model)}">model</a>` : ""}</td></tr>`;
}
