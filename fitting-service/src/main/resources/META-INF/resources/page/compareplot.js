// All frontiers of a comparison on one plot: loss against compute, 6 N D.

import { nats, scientific } from "plm/format";
import { LogPlot } from "plm/logplot";
import { visible } from "plm/names";
import { categoryColour, colour } from "plm/theme";
import { decimalLabels, evenTicks, logTicks, powerLabels } from "plm/ticks";

/** Lines that lie on each other are seen all: each is narrower than the one before. */
const WIDEST = 5;
const NARROWER = 0.5;

/** An end of an interval may move the axis so far beyond what is drawn. */
const ROOM = 1.15;

export class ComparePlot {
  constructor(host) {
    this.host = host;
    this.answer = null;
    this.scales = { x: "log", y: "log" };
    this.plot = new LogPlot(host, axesOf(this.scales), (painter) => this.paint(painter), () => {});
  }

  /** @param answer of GET /comparisons @param scales {x, y}, each log or linear */
  show(answer, scales) {
    this.answer = answer;
    if (scales.x !== this.scales.x || scales.y !== this.scales.y) {
      this.scales = scales;
      this.plot.zoom = { x: null, y: null };
      this.plot.rescale(axesOf(scales));
    }
    this.plot.show(boundsOf(answer, scales));
    this.host.setAttribute("aria-label", describeComparison(answer));
  }

  paint(painter) {
    const { answer } = this;
    if (!answer) return;
    painter.clipped(() => {
      const { min, max } = painter.plot.scales.y;
      if (answer.budgetFlops) painter.line([[answer.budgetFlops, min], [answer.budgetFlops, max]], { stroke: colour("--quiet"), width: 1, dash: [3, 4] });
      answer.members.forEach((member, place) => paintFaint(painter, member, categoryColour(place)));
      answer.members.forEach((member, place) => paintBold(painter, member, answer.budgetFlops, { stroke: categoryColour(place), width: WIDEST - NARROWER * place }));
    });
  }
}

function axesOf({ x, y }) {
  return {
    xLabel: "training FLOPs, 6 N D",
    yLabel: "nats",
    xTicks: x === "log" ? logTicks : evenTicks,
    xTexts: powerLabelsOrNone,
    yTicks: y === "log" ? logTicks : evenTicks,
    yTexts: decimalLabels,
    xScale: x,
    yScale: y,
  };
}

/** A linear axis may begin at 0, which is no power. */
function powerLabelsOrNone(ticks) {
  const labels = powerLabels(ticks.filter((tick) => tick > 0));
  return ticks.map((tick) => (tick > 0 ? labels.shift() : "0"));
}

function paintFaint(painter, { finals, law }, stroke) {
  painter.band(law.map(({ computeFlops, lossNats }) => [computeFlops, lossNats.low, lossNats.high]), { fill: stroke, alpha: 0.08 });
  painter.dots(finals.map(({ computeFlops, lossNats }) => [computeFlops, lossNats]), { fill: stroke, size: 4, alpha: 0.4 });
}

function paintBold(painter, { envelope, law, atBudget }, budget, { stroke, width }) {
  painter.line(law.map(({ computeFlops, lossNats }) => [computeFlops, lossNats.value]), { stroke, width: 1.6, dash: [6, 4] });
  painter.line(envelope.map(({ computeFlops, lossNats }) => [computeFlops, lossNats]), { stroke, width });
  if (!atBudget) return;
  const { value, low, high } = atBudget.lossNats;
  painter.line([[budget, low], [budget, high]], { stroke, width: 1.6 });
  for (const end of [low, high]) painter.cap(budget, end, { stroke, half: 5, width: 1.6 });
  painter.diamond(budget, value, { fill: stroke, radius: 5.5 });
}

/** Bounds {x, y} that hold all members; intervals that are very wide are cut. */
export function boundsOf({ members, budgetFlops }, scales) {
  const points = members.flatMap(({ finals, envelope, law }) => [
    ...finals.map(({ computeFlops, lossNats }) => [computeFlops, lossNats]),
    ...envelope.map(({ computeFlops, lossNats }) => [computeFlops, lossNats]),
    ...law.map(({ computeFlops, lossNats }) => [computeFlops, lossNats.value]),
  ]);
  if (!points.length) return { x: [1e9, 1e12], y: [2, 3] };
  const xs = points.map(([x]) => x).concat(budgetFlops ?? []);
  const ys = points.map(([, y]) => y);
  const [least, most] = [Math.min(...ys), Math.max(...ys)];
  const ends = members.flatMap(({ atBudget }) => (atBudget ? [Math.max(atBudget.lossNats.low, least / ROOM), Math.min(atBudget.lossNats.high, most * ROOM)] : []));
  return { x: padded(Math.min(...xs), Math.max(...xs), scales.x, 0.035), y: padded(Math.min(least, ...ends), Math.max(most, ...ends), scales.y, 0.04) };
}

function padded(low, high, scale, share) {
  if (scale === "log") {
    const pad = Math.max(1.01, (high / low) ** share);
    return [low / pad, high * pad];
  }
  const pad = share * (high - low || high);
  return [Math.max(0, low - pad), high + pad];
}

/** What a screen reader says of the plot. */
export function describeComparison({ members, budgetFlops }) {
  const said = members.map(({ name, atBudget, envelope }) => {
    const so = envelope.length ? `lowest ${nats(envelope.at(-1).lossNats)} nats so far` : "no loss yet";
    return `${visible(name)}: ${so}${atBudget ? `, ${nats(atBudget.lossNats.value)} forecast at the budget` : ""}`;
  });
  return `Loss against training FLOPs of ${members.length} members${budgetFlops ? `, budget ${scientific(budgetFlops)}` : ""}: ${said.join("; ")}`;
}
