// The page of a study from one data object {study, curves, frontier}; used live and in reports alike.

import { BudgetField, showAge, showAnswer, showWeights } from "plm/answer";
import { showBudgets } from "plm/budgets";
import { CalibrationPlot, describeCalibration, showCalibration } from "plm/calibration";
import { isChosen } from "plm/choice";
import { comparisonOf, showComparison } from "plm/comparison";
import { calibrationRows, offerExports, sizeRows } from "plm/exports";
import { showFindings } from "plm/findings";
import { showSizeLegend } from "plm/legend";
import { LossFigure } from "plm/lossfigure";
import { showMethods, showPooled } from "plm/methods";
import { showInfluence, showModels } from "plm/models";
import { shortName } from "plm/names";
import { colouring } from "plm/runcolours";
import { isUnfinished, RunTable, withPredictions } from "plm/runtable";
import { describeSize, SizePlot } from "plm/sizeplot";
import { showCards, showMethod, showProgress } from "plm/summary";
import { onThemeChange } from "plm/theme";
import { PLAIN } from "plm/viewstate";

/** Parts of the view of which both plots depend. */
const DRAWN = ["chosen", "colour", "x", "xScale", "yScale", "smoothing"];

export class View {
  /**
   * @param on {ask: called with the budget that a person sets, null for the usual one; nothing in a report, which answers no questions; state:
   *     called when a person has changed the view; address: of a run's own page by its id, nothing where there is none}
   * @param state what a person has set before, see viewstate
   */
  constructor({ ask, state = () => {}, address }, before = PLAIN) {
    this.live = Boolean(ask);
    this.state = before;
    this.onState = state;
    this.field = new BudgetField(ask);
    document.body.classList.toggle("report", !ask);
    if (ask) setInterval(() => document.hidden || showAge(this.data?.answers, true), 1000);
    this.calibrationHost = document.getElementById("calibration-plot");
    this.calibration = null;
    this.sizeHost = document.getElementById("size-plot");
    const name = () => this.data?.study.study ?? "study";
    this.loss = new LossFigure((part) => this.change(part), name);
    this.size = new SizePlot(this.sizeHost);
    this.runs = new RunTable(before, {
      focus: (runId) => this.loss.plot.highlight(runId == null ? null : new Set([runId])),
      found: (found) => this.loss.plot.only(found),
      state: (part) => this.change(part),
    }, address);
    offerExports(this.sizeHost.closest("figure"), () => sizeRows(this.model), () => `${name()}-size`);
    offerExports(this.calibrationHost.closest("figure"), () => calibrationRows(this.calibration?.points ?? []), () => `${name()}-calibration`);
    this.data = null;
    this.tagsOf = null;
    this.family = null;
    this.picker = document.getElementById("families");
    this.picker.addEventListener("change", () => {
      this.family = this.picker.value;
      if (this.data) this.show(this.data);
    });
    onThemeChange(() => this.data && this.show(this.data));
  }

  /** Nothing of the study that was shown before stays. */
  clear() {
    this.data = null;
    this.tagsOf = null;
  }

  /** @param tagsOf a run's tags by its id */
  tag(tagsOf) {
    this.tagsOf = tagsOf;
    if (this.data && this.shown) this.listRuns();
  }

  listRuns() {
    const { study, runForecasts } = this.data;
    const unfinished = new Set(study.runs.filter(isUnfinished).map((run) => run.runId));
    const listed = withPredictions(study.runs, (runForecasts ?? []).filter((run) => unfinished.has(run.runId)));
    this.listed = this.tagsOf ? listed.map((run) => tagged(run, this.tagsOf(run.runId))) : listed;
    this.runs.show(this.listed, this.shades.colours);
  }

  /** Another view, as from a link. */
  set(state) {
    this.state = state;
    this.runs.set(state);
    if (this.data) this.show(this.data);
  }

  /** A person has changed a part of the view. */
  change(part) {
    this.state = { ...this.state, ...part };
    this.runs.view = this.state;
    if (this.data && DRAWN.some((name) => name in part)) this.draw();
    if (this.data && "colour" in part) this.runs.show(this.listed, this.shades.colours);
    this.onState();
  }

  /** @param changed names of the parts that are new; nothing where all may be */
  show(data, changed) {
    const known = this.data === data && this.shown;
    this.data = data;
    if (known && changed && [...changed].every((name) => name === "progress")) {
      this.draw();
      return;
    }
    const { study } = data;
    const family = this.choose(study.families ?? []);
    const together = (data.families ?? []).find((sheet) => sheet.family === family);
    const frontier = bestFrontier(ofFamily(data.frontier, family), together);
    const comparison = comparisonOf(study, family);
    const members = study.runs.filter((run) => run.family === family);
    showProgress(study);
    document.body.classList.toggle("imported", Boolean(study.imported));
    document.body.classList.toggle("has-plans", study.runs.some((run) => run.plan));
    this.forecast(data, family);
    showCards(study, members, comparison);
    showComparison(comparison, study.references, study.runs);
    showMethod(frontier, together);
    showMethods(together);
    showPooled(together?.pooled);
    showInfluence(together?.influence);
    showModels(together?.catalog, together?.fits);
    showFindings(data.findings);
    showBudgets(frontier?.points ?? []);
    this.shown = { family, together, frontier, comparison };
    this.draw();
    this.listRuns();
  }

  /** Both plots of the runs that are chosen. */
  draw() {
    const { family, together, frontier, comparison } = this.shown;
    const { study } = this.data;
    this.shades = colouring(study.runs, this.state.colour, family);
    const runs = new Map(study.runs.map((run) => [run.runId, run]));
    const isDrawn = ({ runId }) => runs.has(runId) && isChosen(this.state.chosen, runId);
    const order = new Map(study.runs.map((run, i) => [run.runId, i]));
    const known = this.data.curves.filter(isDrawn).sort((one, other) => order.get(one.runId) - order.get(other.runId));
    const curves = known.filter((curve) => curve.family !== family).concat(known.filter((curve) => curve.family === family));
    this.model = {
      curves,
      runs,
      family,
      frontier,
      colours: this.shades.colours,
      shades: this.shades,
      imported: Boolean(study.imported),
      progress: (this.data.progress ?? []).filter(isDrawn),
      predictions: (this.data.runForecasts ?? []).filter((run) => isDrawn(run) && isUnfinished(runs.get(run.runId)) && run.lossNats),
      others: (together?.frontiers ?? []).filter((one) => one.method !== frontier?.method && one.line),
      fits: together?.fits ?? [],
      references: comparison?.lines ?? [],
    };
    document.documentElement.dataset.curves = String(curves.length);
    document.documentElement.dataset.points = String(curves.reduce((sum, curve) => sum + curve.points.length, 0));
    this.loss.show(this.model, this.state);
    showSizeLegend(frontier, this.model.others, together?.fits);
    this.size.show(this.model);
    this.sizeHost.setAttribute("aria-label", describeSize(this.model));
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
}

/** A run without tags stays the same object, so that its row is not filled anew. */
function tagged(run, tags) {
  return tags.length ? { ...run, tags } : run;
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
