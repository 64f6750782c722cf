// The marks of the loss plot: points, lines, ends, envelope, forecasts, and what needs no network.

import { nats } from "plm/format";
import { shortName } from "plm/names";
import { colour, font } from "plm/theme";

/** CSS pixels below which names at the curves' ends hide more than they tell. */
const ROOM_FOR_NAMES = 400;
const MOST_NAMES = 10;

/** Points of all runs that are drawn as dots: more are a grey cloud that takes long. */
export const MOST_DOTS = 24_000;

/** Sizes of the marks in pixels: smaller the more curves there are. @param series as of seriesOf */
export function marksOf(series) {
  const curves = series.length;
  const diamonds = series.reduce((sum, { ends }) => sum + ends.length, 0);
  const points = series.reduce((sum, one) => sum + one.points.length, 0);
  return {
    dot: curves > 60 ? 1.5 : 2,
    stride: Math.max(1, Math.ceil(points / MOST_DOTS)),
    line: curves <= 12 ? 2.2 : curves <= 60 ? 1.7 : curves <= 150 ? 1.3 : 1,
    final: diamonds <= 30 ? 5 : diamonds <= 100 ? 3.6 : diamonds <= 200 ? 2.8 : 2.2,
  };
}

/** @param own whether it is of the family that is shown @param shade 0 to 1 */
export function paintDots(painter, one, marks, { fill, own, shade }) {
  if (one.points.length < 2) return;
  const dots = marks.stride > 1 ? one.points.filter((point, i) => i % marks.stride === 0) : one.points;
  painter.dots(dots, { fill, size: marks.dot, alpha: (own ? 0.3 : 0.12) * shade });
}

export function paintEnds(painter, one, radius, { fill, shade }) {
  for (const [x, y] of one.ends) painter.diamond(x, y, { fill, radius, alpha: shade });
}

/** Faint and dashed, behind the end of what is committed. */
export function paintUncommitted(painter, { uncommitted }, marks, { fill, own, shade }) {
  if (!uncommitted) return;
  const alpha = (own ? 1 : 0.5) * shade;
  painter.dots(uncommitted.points, { fill, size: marks.dot, alpha: 0.15 * alpha });
  painter.line(uncommitted.line, { stroke: fill, width: marks.line * 0.8, dash: [3, 3], alpha: 0.7 * alpha });
}

export function paintLine(painter, one, width, { fill, own, shade }) {
  painter.line(one.line, { stroke: fill, width: own ? width : width * 0.65, dash: own ? [] : [6, 4], alpha: shade });
}

/** Where an unfinished run is forecast to end: faint, an error bar at its planned compute. */
export function paintPrediction(painter, { at, lossNats: { value, low, high } }, few, { fill, shade }) {
  const marks = few ? { cap: 3.5, radius: 3.5, width: 1.6 } : { cap: 0, radius: 2, width: 1 };
  const style = { stroke: fill, width: marks.width, alpha: 0.5 * shade };
  painter.line([[at, low], [at, high]], style);
  if (marks.cap) [low, high].forEach((end) => painter.cap(at, end, { ...style, half: marks.cap }));
  painter.disc(at, value, { fill: colour("--surface"), stroke: fill, radius: marks.radius, alpha: 0.7 * shade });
}

export function paintReferences(painter, references) {
  const { min, max } = painter.plot.scales.x;
  for (const { lossNats } of references) {
    painter.line([[min, lossNats], [max, lossNats]], { stroke: colour("--quiet"), width: 1, dash: [5, 4], alpha: 0.8 });
  }
}

export function labelReferences(painter, references) {
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

export function paintEnvelope(painter, frontier) {
  if (!frontier?.envelope) return;
  const band = (frontier.line ?? []).filter((at) => at.lossNats).map((at) => [at.computeFlops, at.lossNats.low, at.lossNats.high]);
  painter.band(band, { fill: colour("--frontier"), alpha: 0.16 });
  const line = frontier.envelope.map((at) => [at.computeFlops, at.lossNats]);
  painter.line(line, { stroke: colour("--frontier"), width: 5.5, alpha: 0.55 });
}

/** Names at the ends of the lines where there is room. @param colourOf of a run id */
export function labelSeries(painter, series, colourOf) {
  if (series.length > MOST_NAMES || painter.box.right - painter.box.left < ROOM_FOR_NAMES * painter.ratio) return;
  const taken = [];
  const style = font(11.5, 600);
  for (const { runId, name, line } of [...series].reverse()) {
    if (!line.length) continue;
    const [x, y] = line[line.length - 1];
    const words = shortName(name);
    const width = painter.widthOf(words, style);
    const left = Math.min(painter.x(x) + 9 * painter.ratio, painter.box.right - width - 4 * painter.ratio);
    if (painter.x(x) > painter.box.right + 1 || painter.x(x) < painter.box.left) continue;
    const box = [2, -12, 16].map((shift) => labelBox(left, width, painter.y(y) + shift * painter.ratio, painter.ratio))
      .find((free) => !taken.some((other) => overlap(free, other)));
    if (!box) continue;
    taken.push(box);
    painter.text(words, left, (box.top + box.bottom) / 2, { fill: colourOf(runId), halo: colour("--surface"), font: style });
  }
}

function labelBox(left, width, middle, ratio) {
  return { left, right: left + width, top: middle - 7.5 * ratio, bottom: middle + 7.5 * ratio };
}

function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
