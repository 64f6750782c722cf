// What the loss plot draws of each run, over the x axis that a person chose.

import { lineFrom } from "plm/progress";
import { movingAverage, valueAt } from "plm/smoothing";

/** What a loss can be drawn over: of(point, run); finalOf where a final loss, which knows tokens and FLOPs, is; endOf where a run will end. */
export const XAXES = {
  flops: { label: "training FLOPs", of: (point) => point.computeFlops, endOf: (run) => run.expectedFlops },
  tokens: { label: "training tokens", of: (point) => point.tokens, endOf: (run) => run.budgetTokens },
  epochs: { label: "epochs", of: (point, run) => point.tokens / run.plan.epochTokens, endOf: (run) => run.budgetTokens / run.plan.epochTokens, needs: hasEpochs },
  hours: { label: "hours of training at the run's speed", of: (point, run) => hours(point.tokens, run), endOf: (run) => hours(run.budgetTokens, run), needs: (run) => run.tokensPerSecond > 0 },
  steps: { label: "optimiser steps", of: (point) => point.step, needs: (run) => run.plan != null },
};

/** Steps of files are numbered by the service, so they are no axis; nor are epochs of an unknown corpus. */
export function usefulAxes(runs) {
  return Object.keys(XAXES).filter((x) => !XAXES[x].needs || runs.some(XAXES[x].needs));
}

/** Points know no time, and a run may have waited: so this is the time that its tokens take at the speed of its latest steps. */
function hours(tokens, run) {
  return tokens / run.tokensPerSecond / 3600;
}

function hasEpochs(run) {
  return run.plan?.epochTokens > 0;
}

/**
 * Runs as they are drawn, in the order of the curves.
 *
 * @param model {curves, progress, runs: run id to run}
 * @param x a key of XAXES
 * @param smoothing weight of a moving average; null for the curve that the fits use
 * @returns [{runId, name, family, points: [[x, nats]], steps: the points that were read, line: [[x, nats]], ends: [[x, nats]], uncommitted}]:
 *     uncommitted is null or {points, steps, line}
 */
export function seriesOf({ curves, progress = [], runs }, { x, smoothing }) {
  const steps = new Map(progress.map((run) => [run.runId, run.points]));
  return curves.filter((curve) => !XAXES[x].needs || XAXES[x].needs(runs.get(curve.runId) ?? {})).map((curve) => {
    const run = runs.get(curve.runId) ?? {};
    const place = (point) => XAXES[x].of(point, run);
    const points = curve.points.map((point) => [place(point), point.lossNats]);
    const line = lineOf(curve.points, points, smoothing);
    const ends = endsOf(curve, place, x);
    const news = steps.get(curve.runId);
    return { runId: curve.runId, name: curve.name, family: curve.family, points, steps: curve.points, line, ends, uncommitted: news ? uncommitted(news, line, place) : null };
  });
}

/** The curve of the fits; where too few points for it are there, the points as they are. */
function lineOf(steps, points, smoothing) {
  if (smoothing != null) return movingAverage(points, smoothing);
  const fitted = points.flatMap(([at], i) => (steps[i].smoothedNats == null ? [] : [[at, steps[i].smoothedNats]]));
  return fitted.length > 1 ? fitted : points;
}

/** The finals of a run; its last point where there are none. A final knows no step, so that is read off the curve. */
function endsOf({ finals, points }, place, x) {
  if (!finals.length) return points.slice(-1).map((point) => [place(point), point.lossNats]);
  if (x !== "steps") return finals.map((final) => [place(final), final.lossNats]);
  const stepAt = points.map((point) => [point.tokens, point.step]);
  return finals.map((final) => [valueAt(stepAt, final.tokens), final.lossNats]).filter(([step]) => step != null);
}

function uncommitted(steps, line, place) {
  return { steps, points: steps.map((point) => [place(point), point.lossNats]), line: lineFrom(line.at(-1) ?? null, steps, place) };
}

/** Where unfinished runs are forecast to end, over the axis; nothing over axes on which no end is known. */
export function predictionsOn(x, predictions, runs) {
  const { endOf, needs } = XAXES[x];
  if (!endOf) return [];
  return predictions.filter(({ runId }) => runs.has(runId) && (!needs || needs(runs.get(runId))))
    .map((one) => ({ ...one, at: endOf(runs.get(one.runId)) }));
}

/**
 * Bounds {x, y} that hold what is drawn; far above guessing nothing is to be seen.
 *
 * @param series as of seriesOf
 * @param predictions as of predictionsOn
 * @param references [{name, lossNats}]
 * @param scales {x, y}, each log or linear
 */
export function lossBounds(series, predictions, references, scales) {
  const range = new Range();
  for (const { points, line, ends, uncommitted: news } of series) {
    for (const [x] of [points[0], points.at(-1), news?.points[0], news?.points.at(-1)].filter(Boolean)) range.x(x, scales.x);
    for (const part of [line, ends, news?.line ?? []]) for (const [, y] of part) range.y(y);
  }
  predictions.forEach(({ at, lossNats }) => range.x(at, scales.x).y(lossNats.value));
  return range.bounds(references, scales);
}

class Range {
  constructor() {
    this.xs = [Infinity, -Infinity];
    this.ys = [Infinity, -Infinity];
  }

  x(value, scale) {
    if (scale !== "log" || value > 0) this.xs = [Math.min(this.xs[0], value), Math.max(this.xs[1], value)];
    return this;
  }

  y(value) {
    this.ys = [Math.min(this.ys[0], value), Math.max(this.ys[1], value)];
    return this;
  }

  bounds(references, scales) {
    const named = references.map((line) => line.lossNats);
    const ceiling = Math.max(...named, this.ys[1], 0.1);
    const floor = Math.min(this.ys[0], ...named, ceiling);
    const uniform = references.find((line) => line.name === "uniform");
    const cap = uniform ? Math.min(ceiling, uniform.lossNats * 1.12) : ceiling;
    if (!(this.xs[0] <= this.xs[1])) return { x: [1e9, 1e12], y: [floor * 0.9, cap * 1.03] };
    return { x: padded(this.xs, scales.x), y: [floor * 0.985, cap * 1.012] };
  }
}

function padded([low, high], scale) {
  if (scale === "log") {
    const pad = Math.max(1.06, (high / low) ** 0.035);
    return [low / pad, high * pad];
  }
  const pad = 0.03 * (high - low || high || 1);
  return [Math.min(0, low), high + pad];
}
