// Loss against compute, tokens, epochs or steps: every chosen run, the envelope with its band, and the losses that need no network.

import { count, nats, scientific, short } from "plm/format";
import { LogPlot } from "plm/logplot";
import { labelReferences, labelSeries, marksOf, paintDots, paintEnds, paintEnvelope, paintLine, paintPrediction, paintReferences, paintUncommitted } from "plm/lossmarks";
import { shortName } from "plm/names";
import { lossBounds, predictionsOn, seriesOf, XAXES } from "plm/series";
import { firstFrom } from "plm/smoothing";
import { colour } from "plm/theme";
import { decimalLabels, evenTicks, logTicks, powerLabels } from "plm/ticks";

const MOST_SPOKEN = 12;
const FEW_PREDICTIONS = 30;

/** Pixels within which the pointer means a point. */
const REACH = 40;

/** How much of the others is seen while some runs are highlighted, and of runs that a search does not find. */
const VEIL = 0.84;
const NOT_FOUND = 0.1;

const USUAL = { x: "flops", xScale: "log", yScale: "log", smoothing: null };

export class LossPlot {
  /**
   * @param onHover called with {x, near} as the pointer moves, else with null: near is {runId, name, point, left, top, uncommitted} or null
   * @param onZoom called with {x, y} where a person zooms
   */
  constructor(host, onHover, onZoom) {
    this.model = null;
    this.series = [];
    this.focus = null;
    this.found = null;
    this.onHover = onHover;
    this.options = USUAL;
    this.plot = new LogPlot(host, axesOf(USUAL), (painter) => this.paint(painter), (at) => this.hover(at), onZoom);
  }

  /**
   * @param model {curves, progress: steps that are not committed [{runId, points}], runs: run id to run, frontier, references: [{name, label,
   *     lossNats}], predictions: [{runId, family, lossNats}], colours, family}
   * @param options {x, xScale, yScale, smoothing} as of a view
   */
  show(model, options = this.options) {
    const { x, xScale, yScale } = this.options;
    this.model = { runs: new Map(), predictions: [], ...model };
    this.options = options;
    this.series = seriesOf(this.model, options);
    this.predictions = predictionsOn(options.x, this.model.predictions, this.model.runs);
    if (options.x !== x || options.xScale !== xScale || options.yScale !== yScale) this.plot.rescale(axesOf(options));
    this.plot.show(lossBounds(this.series, this.predictions, this.model.references, { x: options.xScale, y: options.yScale }));
  }

  /** Dims all runs but these; null dims none. The plot itself stays as it is. @param runIds a set */
  highlight(runIds) {
    if (sameRuns(runIds, this.focus)) return;
    this.focus = runIds;
    this.paintFocus();
  }

  /** Dims all runs but those found; null dims none. */
  only(found) {
    this.found = found;
    this.plot.repaint();
  }

  /** The zoom that a person had before. */
  zoomTo(zoom) {
    this.plot.zoomTo(zoom);
  }

  unzoom() {
    this.plot.unzoom();
  }

  style({ runId, family }) {
    const shade = !this.found || this.found.has(runId) ? 1 : NOT_FOUND;
    return { fill: this.model.colours?.get(runId), own: family === this.model.family, shade };
  }

  hover(at) {
    if (!at || !this.model) this.onHover(null);
    else this.onHover({ x: at.x, near: nearest(at, this.series.filter(({ runId }) => !this.found || this.found.has(runId))) });
  }

  paint(painter) {
    const { model } = this;
    if (!model) return;
    const series = [...this.series].sort((one, other) => this.style(one).shade - this.style(other).shade);
    const marks = marksOf(series);
    const overFlops = this.options.x === "flops";
    painter.clipped(() => {
      paintReferences(painter, model.references);
      for (const one of series) paintDots(painter, one, marks, this.style(one));
      if (overFlops) paintEnvelope(painter, model.frontier);
      for (const one of series) paintEnds(painter, one, marks.final, this.style(one));
      this.paintPredictions(painter, () => true);
      for (const one of series) paintUncommitted(painter, one, marks, this.style(one));
      for (const one of series) paintLine(painter, one, marks.line, this.style(one));
    });
    labelReferences(painter, model.references);
    labelSeries(painter, series.filter((one) => this.style(one).shade === 1), (runId) => model.colours?.get(runId));
    this.paintFocus();
  }

  paintPredictions(painter, wanted) {
    for (const one of this.predictions.filter(({ runId }) => wanted(runId))) {
      const { fill, own, shade } = this.style(one);
      paintPrediction(painter, one, this.predictions.length <= FEW_PREDICTIONS, { fill, shade: (own ? 1 : 0.5) * shade });
    }
  }

  /** What is highlighted, over a veil that hides most of the rest. */
  paintFocus() {
    const members = this.series.filter(({ runId }) => this.focus?.has(runId));
    if (!members.length) {
      this.plot.clearOver();
      return;
    }
    this.plot.paintOver((painter) => {
      const { references, frontier } = this.model;
      const marks = marksOf(members);
      painter.clipped(() => {
        painter.veil(colour("--surface"), VEIL);
        paintReferences(painter, references);
        for (const one of members) paintDots(painter, one, marks, { ...this.style(one), shade: 1 });
        if (this.options.x === "flops") paintEnvelope(painter, { envelope: frontier?.envelope });
        for (const one of members) paintEnds(painter, one, Math.max(4, marks.final), { ...this.style(one), shade: 1 });
        this.paintPredictions(painter, (runId) => this.focus.has(runId));
        for (const one of members) paintUncommitted(painter, one, marks, { ...this.style(one), shade: 1 });
        for (const one of members) paintLine(painter, one, members.length === 1 ? 3 : marks.line, { ...this.style(one), shade: 1 });
      });
      labelReferences(painter, references);
      labelSeries(painter, members, (runId) => this.model.colours?.get(runId));
    });
  }
}

function sameRuns(one, other) {
  return one === other || (one?.size === other?.size && one != null && [...one].every((id) => other.has(id)));
}

function axesOf({ x, xScale, yScale }) {
  const large = x === "flops" ? (ticks) => ticks.map((tick) => scientific(tick)) : (ticks) => ticks.map(short);
  return {
    xScale,
    yScale,
    xLabel: XAXES[x].label,
    yLabel: "nats per residue",
    xTicks: xScale === "log" ? logTicks : evenTicks,
    xTexts: xScale === "log" && x === "flops" ? powerLabels : large,
    yTicks: evenTicks,
    yTexts: decimalLabels,
  };
}

/** The run with the point that is closest to the pointer, within reach. Points ascend by x, so only those nearby are looked at. */
function nearest({ left, top, plot }, series) {
  const from = plot.posToVal(left - REACH, "x");
  const to = plot.posToVal(left + REACH, "x");
  let best = null;
  for (const { runId, name, points, steps, uncommitted } of series) {
    for (const part of [{ points, steps, uncommitted: false }, uncommitted && { ...uncommitted, uncommitted: true }].filter(Boolean)) {
      for (let i = firstFrom(part.points, from, ([x]) => x); i < part.points.length && part.points[i][0] <= to; i++) {
        const point = part.steps[i];
        const dx = plot.valToPos(part.points[i][0], "x") - left;
        const dy = plot.valToPos(point.smoothedNats ?? point.lossNats, "y") - top;
        const distance = dx * dx + dy * dy;
        if (distance < REACH * REACH && (!best || distance < best.distance)) best = { distance, runId, name, point, left, top, uncommitted: part.uncommitted };
      }
    }
  }
  return best;
}

/** What a screen reader says of the plot. */
export function describeLoss(model) {
  const drawn = model.curves.filter((curve) => curve.points.length);
  const spoken = drawn.slice(-MOST_SPOKEN).map((curve) => {
    const last = curve.points[curve.points.length - 1];
    return `${shortName(curve.name)}: ${nats(last.smoothedNats ?? last.lossNats)} nats at ${scientific(last.computeFlops)} FLOPs, ${count(last.tokens)} tokens`;
  });
  return `Loss against training FLOPs, ${model.curves.length} runs. ${drawn.length > MOST_SPOKEN ? `The ${MOST_SPOKEN} largest: ` : ""}${spoken.join("; ")}`;
}
