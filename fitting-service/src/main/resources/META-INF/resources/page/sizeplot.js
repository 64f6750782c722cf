// Optimal number of parameters against training FLOPs: the runs on the envelope, the fitted law, its band.

import { count, scientific, short } from "plm/format";
import { LogPlot } from "plm/logplot";
import { shortName } from "plm/names";
import { colour, font } from "plm/theme";
import { logTicks, powerLabels } from "plm/ticks";

/** How the laws of methods are told apart; the legend has the same. */
const DASHES = { a1: [12, 4], a2: [6, 4], a3: [2, 3], kaplan: [8, 3, 2, 3] };

/** Where there is no law its reason stands above the sizes: this much of their height. */
const ROOM_FOR_WORDS = 0.6;

/** Letters of a word, which may be a name from a file. */
const LONGEST_WORD = 28;

export class SizePlot {
  constructor(host) {
    this.model = null;
    const axes = {
      xLabel: "training FLOPs",
      yLabel: "parameters",
      xTicks: logTicks,
      xTexts: powerLabels,
      yTicks: logTicks,
      yTexts: (ticks) => ticks.map(short),
    };
    this.plot = new LogPlot(host, axes, (painter) => this.paint(painter), () => {});
  }

  /** @param model {curves, frontier, others, fits, colours}: others are the frontiers of the other methods */
  show(model) {
    this.model = model;
    this.plot.show(bounds(model));
  }

  paint(painter) {
    const { model } = this;
    if (!model) return;
    painter.clipped(() => {
      paintSizes(painter, model);
      if (model.frontier?.line) paintLaw(painter, model);
      for (const other of model.others) painter.line(lawOf(other, model.fits), { stroke: colour("--quiet"), width: 1.6, dash: DASHES[other.method] });
    });
    if (!model.frontier?.line) sayWhy(painter, model.frontier);
  }
}

function bounds({ curves, frontier }) {
  const sizes = curves.map((curve) => curve.size);
  if (!sizes.length) return { x: [1e9, 1e12], y: [1e3, 1e9] };
  const flops = curves.flatMap((curve) => (curve.points.length ? [curve.points[0].computeFlops, curve.points[curve.points.length - 1].computeFlops] : []));
  const lawful = (frontier?.line ?? []).filter((at) => at.nOpt);
  const low = Math.min(...sizes, ...lawful.map((at) => Math.max(at.nOpt.low, Math.min(...sizes) / 4)), 1e12);
  const high = Math.max(...sizes, ...lawful.map((at) => Math.min(at.nOpt.high, Math.max(...sizes) * 4)), 1);
  const x = flops.length ? [Math.min(...flops), Math.max(...flops)] : [1e9, 1e12];
  const pad = Math.max(1.06, (x[1] / x[0]) ** 0.035);
  const room = frontier?.line ? 1 : Math.max(3, (high / low) ** ROOM_FOR_WORDS);
  return { x: [x[0] / pad, x[1] * pad], y: [low / 1.35, high * 1.35 * room] };
}

/** A faint line per size over the FLOPs it has spent, bold where it is the best. */
function paintSizes(painter, { curves, frontier, colours }) {
  for (const curve of curves) {
    if (!curve.points.length) continue;
    const size = curve.size;
    const span = [curve.points[0].computeFlops, curve.points[curve.points.length - 1].computeFlops];
    painter.line(span.map((flops) => [flops, size]), { stroke: colours.get(curve.runId), width: 1.2, alpha: 0.55 });
  }
  for (const piece of pieces(frontier?.envelope ?? [])) {
    painter.line(piece.map((at) => [at.computeFlops, at.parameters]), { stroke: colours.get(piece[0].runId) ?? colour("--ink"), width: 6, alpha: 0.95 });
  }
}

function pieces(envelope) {
  const runs = [];
  for (const at of envelope) {
    const last = runs[runs.length - 1];
    if (last && last[0].runId === at.runId) last.push(at);
    else runs.push([at]);
  }
  return runs;
}

function paintLaw(painter, { frontier, fits }) {
  const band = frontier.method === "a2" ? [] : frontier.line.filter((at) => at.nOpt);
  const law = lawOf(frontier, fits);
  painter.band(band.map((at) => [at.computeFlops, at.nOpt.low, at.nOpt.high]), { fill: colour("--frontier"), alpha: 0.18 });
  painter.line(law, { stroke: colour("--surface"), width: 4.5, alpha: 0.8 });
  painter.line(law, { stroke: colour("--frontier-strong"), width: 2.2 });
  for (const point of frontier.points) {
    painter.line([[point.budgetFlops, point.nOpt.low], [point.budgetFlops, point.nOpt.high]], { stroke: colour("--frontier-strong"), width: 1.2 });
    painter.disc(point.budgetFlops, point.nOpt.value, { fill: colour("--surface"), stroke: colour("--frontier-strong") });
  }
}

/** Points of IsoFLOP are vertices that scatter about its law; the points of the others lie on theirs. */
function lawOf(frontier, fits) {
  const line = frontier.line.filter((at) => at.nOpt).map((at) => [at.computeFlops, at.nOpt.value]);
  const factor = fits.find((fit) => fit.method === frontier.method)?.coefficients?.lnNCoefficient;
  if (frontier.method !== "a2" || factor == null) return line;
  return ends(line).map(([flops]) => [flops, Math.exp(factor + frontier.a.value * Math.log(flops))]);
}

function ends(line) {
  return line.length > 1 ? [line[0], line[line.length - 1]] : line;
}

function sayWhy(painter, frontier) {
  const { left, right, top } = painter.box;
  const style = { fill: colour("--quiet"), halo: colour("--surface"), font: font(13), align: "center" };
  const lines = wrap(painter, `cannot fit yet: ${frontier?.reason ?? "no fit has been computed"}`, style.font, (right - left) * 0.8);
  lines.forEach((line, i) => painter.text(line, (left + right) / 2, top + (i + 1) * 19 * painter.ratio, style));
}

function wrap(painter, words, style, width) {
  const lines = [""];
  for (const word of words.split(" ").map((one) => shortName(one, LONGEST_WORD))) {
    const longer = (lines[lines.length - 1] + " " + word).trim();
    if (painter.widthOf(longer, style) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** What a screen reader says of the plot. */
export function describeSize({ frontier }) {
  if (!frontier?.points) return `Optimal size against compute: cannot fit yet, ${frontier?.reason ?? "no fit has been computed"}`;
  const spoken = frontier.points.map((point) => `${count(point.nOpt.value)} parameters at ${scientific(point.budgetFlops)} FLOPs`);
  return `Optimal number of parameters against training FLOPs: ${spoken.join("; ")}`;
}
