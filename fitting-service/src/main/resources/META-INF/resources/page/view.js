// The whole page from one data object {study, curves, frontier}; used live and in reports alike.

import { BudgetField, showAge, showAnswer, showWeights } from "plm/answer";
import { showBudgets } from "plm/budgets";
import { CalibrationPlot, describeCalibration, showCalibration } from "plm/calibration";
import { comparisonOf, showComparison } from "plm/comparison";
import { showFindings } from "plm/findings";
import { count, nats, scientific } from "plm/format";
import { describeLoss, LossPlot } from "plm/lossplot";
import { methodLabel, showMethods, showPooled } from "plm/methods";
import { showInfluence, showModels } from "plm/models";
import { nameHtml, shortName } from "plm/names";
import { isUnfinished, RunTable, withPredictions } from "plm/runtable";
import { describeSize, SizePlot } from "plm/sizeplot";
import { showCards, showMethod, showProgress } from "plm/summary";
import { onThemeChange, runColours } from "plm/theme";

export class View {
  /** @param ask called with the budget that a person sets, null for the usual one; nothing in a report, which answers no questions */
  constructor(ask) {
    this.live = Boolean(ask);
    this.field = new BudgetField(ask);
    document.body.classList.toggle("report", !ask);
    if (ask) setInterval(() => showAge(this.data?.answers, true), 1000);
    this.calibrationHost = document.getElementById("calibration-plot");
    this.calibration = null;
    this.lossHost = document.getElementById("loss-plot");
    this.sizeHost = document.getElementById("size-plot");
    this.tip = document.createElement("div");
    this.tip.className = "tip";
    this.tip.hidden = true;
    this.lossHost.append(this.tip);
    this.loss = new LossPlot(this.lossHost, (found) => this.point(found));
    this.size = new SizePlot(this.sizeHost);
    this.runs = new RunTable((runId) => this.loss.highlight(runId), (found) => this.loss.only(found));
    this.data = null;
    this.family = null;
    this.picker = document.getElementById("families");
    this.picker.addEventListener("change", () => {
      this.family = this.picker.value;
      if (this.data) this.show(this.data);
    });
    onThemeChange(() => this.data && this.show(this.data));
  }

  show(data) {
    this.data = data;
    const { study } = data;
    const family = this.choose(study.families ?? []);
    const together = (data.families ?? []).find((sheet) => sheet.family === family);
    const frontier = bestFrontier(ofFamily(data.frontier, family), together);
    const colours = runColours(study.runs, family);
    const order = new Map(study.runs.map((run, i) => [run.runId, i]));
    const known = data.curves.filter((curve) => order.has(curve.runId)).sort((one, other) => order.get(one.runId) - order.get(other.runId));
    const curves = known.filter((curve) => curve.family !== family).concat(known.filter((curve) => curve.family === family));
    const others = (together?.frontiers ?? []).filter((one) => one.method !== frontier?.method && one.line);
    const comparison = comparisonOf(study, family);
    const progress = (data.progress ?? []).filter((run) => order.has(run.runId));
    const unfinished = new Set(study.runs.filter(isUnfinished).map((run) => run.runId));
    const forecasts = (data.runForecasts ?? []).filter((run) => unfinished.has(run.runId));
    const predictions = forecasts.filter((run) => run.lossNats);
    const model = { curves, progress, predictions, frontier, others, fits: together?.fits ?? [], references: comparison?.lines ?? [], colours, family };
    const members = study.runs.filter((run) => run.family === family);
    showProgress(study);
    document.body.classList.toggle("imported", Boolean(study.imported));
    this.forecast(data, family);
    showCards(study, members, comparison);
    showComparison(comparison, study.references, study.runs);
    showMethod(frontier, together);
    showMethods(together);
    showPooled(together?.pooled);
    showInfluence(together?.influence);
    showModels(together?.catalog, together?.fits);
    showFindings(data.findings);
    this.runs.show(withPredictions(study.runs, forecasts), colours);
    showBudgets(frontier?.points ?? []);
    showLegends(members, colours, { family: study.runs.length > members.length, uncommitted: progress.length > 0, predicted: predictions.length > 0, frontier, others, fits: together?.fits });
    document.getElementById("loss-note").textContent = lossNote(study, curves);
    this.loss.show(model);
    this.size.show(model);
    this.lossHost.setAttribute("aria-label", describeLoss(model));
    this.sizeHost.setAttribute("aria-label", describeSize(model));
    document.documentElement.dataset.points = String(curves.reduce((sum, curve) => sum + curve.points.length, 0));
  }

  /** The answers of all families; the laws behind them and the past of the one that is shown. Drawn anew only where they are new. */
  forecast({ answers, backtests }, family) {
    const wanted = [answers, backtests, family];
    if (this.forecasted?.every((one, i) => one === wanted[i])) return;
    this.forecasted = wanted;
    showAnswer(answers, this.field, this.live);
    showWeights(answers?.sheets.find((one) => one.family === family)?.sheet);
    const past = (backtests ?? []).find((one) => one.family === family);
    showCalibration(past, () => (this.calibration ??= new CalibrationPlot(this.calibrationHost)));
    if (past?.points.length) this.calibrationHost.setAttribute("aria-label", describeCalibration(past));
  }

  /** The family that is shown; the chooser is there only where there are several. */
  choose(families) {
    if (!families.includes(this.family)) this.family = families[0] ?? null;
    const several = families.length > 1;
    document.getElementById("family-picker").hidden = !several;
    document.body.classList.toggle("mixed", several);
    if ([...this.picker.options].map((option) => option.value).join("\n") !== families.join("\n")) {
      this.picker.replaceChildren(...families.map((family) => new Option(shortName(family, 40), family)));
    }
    this.picker.value = this.family ?? "";
    return this.family;
  }

  point(found) {
    this.tip.hidden = !found;
    this.loss.highlight(found?.runId ?? null);
    if (!found) return;
    const { point, name, left, top, uncommitted } = found;
    this.tip.innerHTML = `<b>${nameHtml(name)}</b>, step ${point.step}<br>${count(point.tokens)} tokens, ${scientific(point.computeFlops)} FLOPs<br>`
      + `loss ${nats(point.lossNats)}${point.smoothedNats == null ? "" : `, smoothed <b>${nats(point.smoothedNats)}</b>`}`
      + (uncommitted ? "<br>not yet committed" : "");
    const box = this.lossHost.querySelector(".u-over");
    const { offsetWidth: width, offsetHeight: height } = this.tip;
    const beside = left + 14 + width > box.clientWidth ? left - 14 - width : left + 14;
    const room = this.lossHost.clientWidth - width;
    this.tip.style.left = `${Math.max(0, Math.min(room, box.offsetLeft + beside))}px`;
    this.tip.style.top = `${box.offsetTop + Math.max(0, Math.min(top + 12, box.clientHeight - height))}px`;
  }
}

/** A mixed study has one frontier per family. */
function ofFamily(frontier, family) {
  return frontier?.families ? frontier.families.find((sheet) => sheet.family === family) : frontier;
}

/** Where no law leads through the envelope, the next method's frontier is drawn, and the envelope all the same. */
function bestFrontier(envelope, together) {
  if (envelope?.points) return envelope;
  const frontiers = together?.frontiers ?? [];
  const next = frontiers.find((one) => one.method === "a3") ?? frontiers[0];
  return next ? { ...next, envelope: envelope?.envelope ?? [] } : envelope;
}

/** What the marks of the plot are, and what of the curves it leaves out. */
function lossNote({ imported }, curves) {
  const marks = imported
    ? "Faint points: rows of the file. Lines: smoothed. Diamonds: the last loss of each run."
    : "Faint points: training loss of each step. Lines: smoothed. Diamonds: held-out proteins.";
  const most = curves.reduce((sum, curve) => Math.max(sum, curve.points.length), 0);
  const thinned = curves.some((curve) => curve.pointsKept > curve.points.length);
  return thinned ? `${marks} At most ${most} points of each run are drawn.` : marks;
}

/** The legends are about sizes: runs of one size have one colour. */
function showLegends(runs, colours, { family, uncommitted, predicted, frontier, others, fits }) {
  if (!runs.length) return;
  const sizes = new Map(runs.map((run) => [run.size, colours.get(run.runId)]));
  const marks = sizes.size <= 8
    ? [...sizes].map(([size, colour]) => entry(count(size), "", { background: colour }))
    : [ramp([...sizes.keys()], [...sizes.values()])];
  if (family) marks.push(entry("other families", "other"));
  if (uncommitted) marks.push(entry("not yet committed", "uncommitted"));
  if (predicted) marks.push(entry("predicted end, 95 %", "predicted"));
  document.getElementById("loss-legend").replaceChildren(...marks, entry("envelope and band", "envelope"));
  const laws = others.map((other) => entry(methodLabel(other.method, fits), `dashed ${other.method}`));
  if (frontier?.line) laws.unshift(entry(others.length ? methodLabel(frontier.method, fits) : "fitted law and band", "law"));
  document.getElementById("size-legend").replaceChildren(...laws, entry("best size so far", "best"));
}

function ramp(sizes, colours) {
  const low = count(sizes.reduce((one, other) => Math.min(one, other)));
  const high = count(sizes.reduce((one, other) => Math.max(one, other)));
  const item = entry(`${high} parameters`, "", { background: `linear-gradient(90deg,${colours.join(",")})` });
  item.className = "ramp";
  item.prepend(low);
  return item;
}

function entry(words, kind, style = {}) {
  const item = document.createElement("span");
  const mark = document.createElement("i");
  mark.className = kind;
  Object.assign(mark.style, style);
  item.append(mark, words);
  return item;
}
