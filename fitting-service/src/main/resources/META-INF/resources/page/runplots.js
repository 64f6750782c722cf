// The plots of one run: loss, learning rate, gradient norm and speed, over the same x axis.

import { scientific, short } from "plm/format";
import { LogPlot } from "plm/logplot";
import { lineFrom } from "plm/progress";
import { XAXES } from "plm/series";
import { valueAt } from "plm/smoothing";
import { colour } from "plm/theme";
import { decimalLabels, evenTicks, logTicks } from "plm/ticks";

const HOUR_MILLIS = 3_600_000;

/** Steps of a run have their own time, so none is reckoned. */
const READ = Object.fromEntries(Object.entries(XAXES).filter(([x]) => x !== "hours"));

/** What a run can be drawn over: also the time since its first step, which only its own steps have. */
export const RUN_AXES = { ...READ, time: { label: "hours since the first step", of: (step, run, first) => (Date.parse(step.at) - first) / HOUR_MILLIS, needs: () => false } };

/** Axes of a run: of files steps and times are not known. @param steps of GET /studies/{id}/runs/{run}/steps */
export function axesOfRun(run, steps) {
  const timed = steps.length > 0 && steps.every((step) => step.at);
  return Object.keys(RUN_AXES).filter((x) => (x === "time" ? timed : !RUN_AXES[x].needs || RUN_AXES[x].needs(run)));
}

/**
 * Points of a run over an axis.
 *
 * @param parts {run, steps, curve: of the stream, progress: its steps that are not committed}
 * @returns {loss, line, ends, uncommitted, uncommittedLine, learningRate, gradientNorm, speed}, each [[x, y]]
 */
export function runSeries({ run, steps, curve, progress }, x) {
  const first = Date.parse(steps[0]?.at ?? "");
  const place = (step) => RUN_AXES[x].of(step, run, first);
  const places = steps.map(place);
  const of = (field) => steps.flatMap((step, i) => (step[field] == null ? [] : [[places[i], step[field]]]));
  const xAtStep = steps.map((step, i) => [step.step, places[i]]);
  const xAtTokens = steps.map((step, i) => [step.tokens, places[i]]);
  const smooth = (curve?.points ?? []).flatMap((point) => {
    const at = point.smoothedNats == null ? null : x === "time" ? valueAt(xAtStep, point.step) : place(point);
    return at == null ? [] : [[at, point.smoothedNats]];
  });
  const ends = (curve?.finals ?? []).map((final) => [x === "time" || x === "steps" ? valueAt(xAtTokens, final.tokens) : place(final), final.lossNats]);
  const news = x === "time" ? [] : progress;
  return {
    loss: of("lossNats"),
    line: smooth,
    ends: ends.filter(([at]) => at != null),
    uncommitted: news.map((step) => [place(step), step.lossNats]),
    uncommittedLine: lineFrom(smooth.at(-1) ?? null, news, place),
    learningRate: of("learningRate"),
    gradientNorm: of("gradientNorm"),
    speed: of("tokensPerSecond"),
  };
}

/** One quantity of a run. */
export class MetricPlot {
  /** @param metric {label, log: whether its axis is logarithmic, texts(ticks)} */
  constructor(host, metric) {
    this.metric = metric;
    this.x = "steps";
    this.parts = {};
    this.plot = new LogPlot(host, this.axes(), (painter) => this.paint(painter), () => {});
  }

  axes() {
    const { label, log, texts } = this.metric;
    return {
      xScale: "linear",
      yScale: log ? "log" : "linear",
      xLabel: RUN_AXES[this.x].label,
      yLabel: label,
      xTicks: evenTicks,
      xTexts: this.x === "flops" ? (ticks) => ticks.map((tick) => scientific(tick)) : ["time", "epochs"].includes(this.x) ? decimalLabels : (ticks) => ticks.map(short),
      yTicks: log ? logTicks : evenTicks,
      yTexts: texts,
    };
  }

  /** @param parts {dots, line, ends, uncommitted, uncommittedLine}, each [[x, y]] or nothing */
  show(parts, x) {
    this.parts = parts;
    if (x !== this.x) {
      this.x = x;
      this.plot.rescale(this.axes());
    }
    this.plot.show(metricBounds(Object.values(parts).flat(), this.metric));
  }

  paint(painter) {
    const { dots = [], line = [], ends = [], uncommitted = [], uncommittedLine = [] } = this.parts;
    const ink = colour("--frontier-strong");
    painter.clipped(() => {
      painter.dots(dots, { fill: ink, size: 2, alpha: line.length ? 0.35 : 0.8 });
      painter.dots(uncommitted, { fill: ink, size: 2, alpha: 0.2 });
      painter.line(uncommittedLine, { stroke: ink, width: 1.6, dash: [3, 3], alpha: 0.7 });
      painter.line(line, { stroke: ink, width: 2 });
      for (const [x, y] of ends) painter.diamond(x, y, { fill: ink, radius: 5 });
    });
  }
}

/** Bounds {x, y} of points [[x, y]]. @param metric {log, zero: whether its axis begins at 0} */
export function metricBounds(points, { log, zero }) {
  const shown = points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y) && (!log || y > 0));
  if (!shown.length) return { x: [0, 1], y: log ? [0.1, 1] : [0, 1] };
  const range = (place) => shown.reduce(([low, high], point) => [Math.min(low, point[place]), Math.max(high, point[place])], [Infinity, -Infinity]);
  const [left, right] = range(0);
  const [low, high] = range(1);
  const wide = 0.03 * (right - left || right || 1);
  const y = log ? [low / 1.04, high * 1.04] : [zero ? 0 : low - 0.05 * (high - low || high || 1), high + 0.05 * (high - low || high || 1)];
  return { x: [Math.min(0, left), right + wide], y };
}

/** The plots of a run's page by the end of their hosts' ids. */
export const METRICS = {
  loss: { label: "nats per residue", log: true, texts: decimalLabels },
  learningRate: { label: "learning rate", zero: true, texts: (ticks) => ticks.map((tick) => (tick === 0 ? "0" : Number(tick.toPrecision(3)).toExponential())) },
  gradientNorm: { label: "gradient norm before clipping", log: true, texts: (ticks) => ticks.map((tick) => String(Number(tick.toPrecision(2)))) },
  speed: { label: "tokens per second", zero: true, texts: (ticks) => ticks.map(short) },
};
