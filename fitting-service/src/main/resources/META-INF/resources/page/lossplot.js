// Loss against training FLOPs: every run, the envelope with its band, and the losses that need no network.

import { nats, scientific } from "plm/format";
import { LogPlot } from "plm/logplot";
import { shortName } from "plm/names";
import { lineFrom } from "plm/progress";
import { colour, font } from "plm/theme";
import { decimalLabels, evenTicks, logTicks, powerLabels } from "plm/ticks";

/** CSS pixels below which names at the curves' ends hide more than they tell. */
const ROOM_FOR_NAMES = 400;
const MOST_NAMES = 10;
const MOST_SPOKEN = 12;

export class LossPlot {
  /** @param onHover called with {runId, point} or null as the pointer moves */
  constructor(host, onHover) {
    this.model = null;
    this.focus = null;
    this.found = null;
    this.onHover = onHover;
    const axes = {
      xLabel: "training FLOPs",
      yLabel: "nats per residue",
      xTicks: logTicks,
      xTexts: powerLabels,
      yTicks: evenTicks,
      yTexts: decimalLabels,
    };
    this.plot = new LogPlot(host, axes, (painter) => this.paint(painter), (at) => this.hover(at));
  }

  /** @param model {curves, progress: steps that are not committed [{runId, points}], frontier, references: [{name, label, lossNats}], predictions: [{runId, family, expectedFlops, lossNats}], colours, family} */
  show(model) {
    this.model = model;
    this.plot.show(bounds(model));
  }

  /** Dims all runs but one. */
  highlight(runId) {
    if (runId === this.focus) return;
    this.focus = runId;
    this.plot.repaint();
  }

  /** Dims all runs but those found; null dims none. */
  only(found) {
    this.found = found;
    this.plot.repaint();
  }

  shade(runId) {
    if (this.focus != null) return this.focus === runId ? 1 : 0.16;
    return !this.found || this.found.has(runId) ? 1 : 0.1;
  }

  hover(at) {
    const curves = this.model?.curves.filter((curve) => !this.found || this.found.has(curve.runId));
    this.onHover(at && curves ? nearest(at, curves.concat(uncommittedOf(this.model, curves))) : null);
  }

  paint(painter) {
    const { model } = this;
    if (!model) return;
    const shade = (runId) => this.shade(runId);
    const curves = [...model.curves].sort((one, other) => shade(one.runId) - shade(other.runId));
    const marks = marksOf(curves);
    const own = (curve) => curve.family === model.family;
    const colourOf = (curve) => model.colours.get(curve.runId);
    painter.clipped(() => {
      paintReferences(painter, model.references);
      for (const curve of curves) {
        const dots = curve.points.map((point) => [point.computeFlops, point.lossNats]);
        if (dots.length > 1) painter.dots(dots, { fill: colourOf(curve), size: marks.dot, alpha: (own(curve) ? 0.3 : 0.12) * shade(curve.runId) });
      }
      paintEnvelope(painter, model.frontier);
      for (const curve of curves) {
        const radius = this.focus === curve.runId ? Math.max(4, marks.final) : marks.final;
        for (const end of endsOf(curve)) painter.diamond(end.computeFlops, end.lossNats, { fill: colourOf(curve), radius, alpha: shade(curve.runId) });
      }
      paintPredictions(painter, model, (found) => (own(found) ? 1 : 0.5) * shade(found.runId));
      paintUncommitted(painter, uncommittedOf(model, curves), marks, (curve) => (own(curve) ? 1 : 0.5) * shade(curve.runId), colourOf);
      for (const curve of curves) {
        const width = this.focus === curve.runId ? Math.max(3, marks.line) : own(curve) ? marks.line : marks.line * 0.65;
        painter.line(lineOf(curve), { stroke: colourOf(curve), width, dash: own(curve) ? [] : [6, 4], alpha: shade(curve.runId) });
      }
    });
    labelReferences(painter, model.references);
    labelCurves(painter, model, shade);
  }
}

/** The curves of runs that have steps which are not committed, with these steps as their points. */
function uncommittedOf({ progress = [] }, curves) {
  const steps = new Map(progress.map((run) => [run.runId, run.points]));
  return curves.filter((curve) => steps.has(curve.runId))
    .map((curve) => ({ ...curve, points: steps.get(curve.runId), committed: curve, uncommitted: true }));
}

/** Faint and dashed, behind the end of what is committed. */
function paintUncommitted(painter, runs, marks, shade, colourOf) {
  for (const run of runs) {
    const end = lineOf(run.committed).at(-1) ?? null;
    painter.dots(run.points.map((point) => [point.computeFlops, point.lossNats]), { fill: colourOf(run), size: marks.dot, alpha: 0.15 * shade(run) });
    painter.line(lineFrom(end, run.points), { stroke: colourOf(run), width: marks.line * 0.8, dash: [3, 3], alpha: 0.7 * shade(run) });
  }
}

/** Where an unfinished run is forecast to end: faint, an error bar at its planned compute. */
function paintPredictions(painter, { predictions = [], colours }, shade) {
  const marks = predictions.length <= 30 ? { cap: 3.5, radius: 3.5, width: 1.6 } : { cap: 0, radius: 2, width: 1 };
  for (const run of predictions) {
    const { expectedFlops: flops, lossNats: { value, low, high } } = run;
    const style = { stroke: colours.get(run.runId), width: marks.width, alpha: 0.5 * shade(run) };
    painter.line([[flops, low], [flops, high]], style);
    if (marks.cap) [low, high].forEach((end) => painter.cap(flops, end, { ...style, half: marks.cap }));
    painter.disc(flops, value, { fill: colour("--surface"), stroke: style.stroke, radius: marks.radius, alpha: 0.7 * shade(run) });
  }
}

/** Sizes of the marks in pixels: smaller the more curves there are. */
function marksOf(curves) {
  const diamonds = curves.reduce((sum, curve) => sum + endsOf(curve).length, 0);
  return {
    dot: curves.length > 60 ? 1.5 : 2,
    line: curves.length <= 12 ? 2.2 : curves.length <= 60 ? 1.7 : curves.length <= 150 ? 1.3 : 1,
    final: diamonds <= 30 ? 5 : diamonds <= 100 ? 3.6 : diamonds <= 200 ? 2.8 : 2.2,
  };
}

/** The finals of a run; its last point where there are none. */
function endsOf(curve) {
  return curve.finals.length ? curve.finals : curve.points.slice(-1);
}

export function smoothed(curve) {
  return curve.points.filter((point) => point.smoothedNats != null).map((point) => [point.computeFlops, point.smoothedNats]);
}

/** The smoothed curve; where too few points for smoothing are there, the points as they are. */
function lineOf(curve) {
  const line = smoothed(curve);
  return line.length > 1 ? line : curve.points.map((point) => [point.computeFlops, point.lossNats]);
}

function bounds({ curves, progress = [], references, predictions = [] }) {
  const flops = curves.concat(progress).flatMap((curve) => ends(curve.points).map((point) => point.computeFlops))
    .concat(predictions.map((run) => run.expectedFlops));
  const losses = curves.flatMap((curve) => [
    ...curve.points.map((point) => point.smoothedNats ?? point.lossNats),
    ...curve.finals.map((final) => final.lossNats),
  ]).concat(predictions.map((run) => run.lossNats.value), progress.flatMap((run) => lineFrom(null, run.points).map(([, lossNats]) => lossNats)));
  const named = references.map((line) => line.lossNats);
  const ceiling = largest([...named, ...losses, 0.1]);
  const floor = smallest([...losses, ...named, ceiling]);
  const uniform = references.find((line) => line.name === "uniform");
  const cap = uniform ? Math.min(ceiling, uniform.lossNats * 1.12) : ceiling;
  if (!flops.length) return { x: [1e9, 1e12], y: [floor * 0.9, cap * 1.03] };
  const pad = Math.max(1.06, (largest(flops) / smallest(flops)) ** 0.035);
  return { x: [smallest(flops) / pad, largest(flops) * pad], y: [floor * 0.985, cap * 1.012] };
}

/** Of lists too long to be arguments. */
function largest(values) {
  return values.reduce((one, other) => (other > one ? other : one), -Infinity);
}

function smallest(values) {
  return values.reduce((one, other) => (other < one ? other : one), Infinity);
}

function ends(points) {
  return points.length ? [points[0], points[points.length - 1]] : [];
}

function paintReferences(painter, references) {
  const [left, right] = [painter.plot.scales.x.min, painter.plot.scales.x.max];
  for (const { lossNats } of references) {
    painter.line([[left, lossNats], [right, lossNats]], { stroke: colour("--quiet"), width: 1, dash: [5, 4], alpha: 0.8 });
  }
}

function labelReferences(painter, references) {
  const style = { fill: colour("--quiet"), halo: colour("--surface"), font: font(11.5), baseline: "alphabetic" };
  const { left, right, top, bottom } = painter.box;
  const gap = 15 * painter.ratio;
  const labels = references.map(({ name, label, lossNats }) => ({ words: `${label} ${nats(lossNats)}`, y: painter.y(lossNats), right: name === "uniform" }))
    .filter((label) => label.y > top && label.y < bottom)
    .sort((one, other) => one.y - other.y);
  let below = -Infinity;
  labels.forEach((label, i) => {
    const next = labels[i + 1];
    const crowded = next && next.y - label.y < gap;
    let y = crowded || below === -Infinity || label.y - below > gap * 1.6 ? label.y - 4 * painter.ratio : label.y + 13 * painter.ratio;
    y = Math.max(y, below + gap);
    const beside = label.right ? right - 6 * painter.ratio : left + 8 * painter.ratio;
    painter.text(label.words, beside, y, { ...style, align: label.right ? "right" : "left" });
    below = y;
  });
}

function paintEnvelope(painter, frontier) {
  if (!frontier?.envelope) return;
  const band = (frontier.line ?? []).filter((at) => at.lossNats).map((at) => [at.computeFlops, at.lossNats.low, at.lossNats.high]);
  painter.band(band, { fill: colour("--frontier"), alpha: 0.16 });
  const line = frontier.envelope.map((at) => [at.computeFlops, at.lossNats]);
  painter.line(line, { stroke: colour("--frontier"), width: 5.5, alpha: 0.55 });
}

/** Names at the ends of the curves where there is room. */
function labelCurves(painter, model, shade) {
  if (model.curves.length > MOST_NAMES || painter.box.right - painter.box.left < ROOM_FOR_NAMES * painter.ratio) return;
  const taken = [];
  const style = font(11.5, 600);
  for (const curve of [...model.curves].reverse()) {
    const line = smoothed(curve);
    if (!line.length || shade(curve.runId) < 1) continue;
    const [x, y] = line[line.length - 1];
    const name = shortName(curve.name);
    const width = painter.widthOf(name, style);
    const left = Math.min(painter.x(x) + 9 * painter.ratio, painter.box.right - width - 4 * painter.ratio);
    if (painter.x(x) > painter.box.right + 1 || painter.x(x) < painter.box.left) continue;
    const box = [2, -12, 16].map((shift) => labelBox(left, width, painter.y(y) + shift * painter.ratio, painter.ratio))
      .find((free) => !taken.some((other) => overlap(free, other)));
    if (!box) continue;
    taken.push(box);
    painter.text(name, left, (box.top + box.bottom) / 2, { fill: model.colours.get(curve.runId), halo: colour("--surface"), font: style });
  }
}

function labelBox(left, width, middle, ratio) {
  return { left, right: left + width, top: middle - 7.5 * ratio, bottom: middle + 7.5 * ratio };
}

function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/** The run whose curve passes closest to the pointer, within 40 pixels. */
function nearest({ left, top, plot }, curves) {
  let best = null;
  for (const curve of curves) {
    for (const point of curve.points) {
      const dx = plot.valToPos(point.computeFlops, "x") - left;
      const dy = plot.valToPos(point.smoothedNats ?? point.lossNats, "y") - top;
      const distance = dx * dx + dy * dy;
      if (distance < 1600 && (!best || distance < best.distance)) best = { distance, runId: curve.runId, name: curve.name, point, left, top, uncommitted: curve.uncommitted === true };
    }
  }
  return best;
}

/** What a screen reader says of the plot. */
export function describeLoss(model) {
  const drawn = model.curves.filter((curve) => curve.points.length);
  const spoken = drawn.slice(-MOST_SPOKEN).map((curve) => {
    const last = curve.points[curve.points.length - 1];
    return `${shortName(curve.name)}: ${nats(last.smoothedNats ?? last.lossNats)} nats at ${scientific(last.computeFlops)} FLOPs`;
  });
  return `Loss against training FLOPs, ${model.curves.length} runs. ${drawn.length > MOST_SPOKEN ? `The ${MOST_SPOKEN} largest: ` : ""}${spoken.join("; ")}`;
}
