// How forecasts of this study's own past would have done: predicted against actual losses, and what that comes to by k.

import { nats } from "plm/format";
import { LogPlot } from "plm/logplot";
import { colour } from "plm/theme";
import { decimalLabels, evenTicks } from "plm/ticks";

/** Multiples of the compute that was known, by the palette of sizes. */
const COLOURS = { 2: "--size-1", 3: "--size-2", 10: "--size-3", 30: "--size-4" };

export class CalibrationPlot {
  constructor(host) {
    this.points = [];
    const axes = {
      xLabel: "predicted, nats",
      yLabel: "actual, nats",
      xTicks: evenTicks,
      xTexts: decimalLabels,
      yTicks: evenTicks,
      yTexts: decimalLabels,
    };
    this.plot = new LogPlot(host, axes, (painter) => this.paint(painter), () => {});
  }

  show(points) {
    this.points = points;
    this.plot.show(bounds(points));
  }

  paint(painter) {
    const { x, y } = painter.plot.scales;
    const [low, high] = [Math.max(x.min, y.min), Math.min(x.max, y.max)];
    painter.clipped(() => {
      painter.line([[low, low], [high, high]], { stroke: colour("--quiet"), width: 1, dash: [5, 4] });
      const few = this.points.length <= 150;
      for (const { k, forecast, lossNats } of this.points) {
        const stroke = colour(COLOURS[k] ?? "--quiet");
        painter.line([[forecast.low, lossNats], [forecast.high, lossNats]], { stroke, width: few ? 1.4 : 1, alpha: few ? 0.5 : 0.25 });
      }
      for (const point of this.points) {
        const held = holds(point);
        const fill = held ? colour(COLOURS[point.k] ?? "--quiet") : colour("--surface");
        painter.disc(point.forecast.lossNats, point.lossNats, { fill, stroke: colour(held ? COLOURS[point.k] ?? "--quiet" : "--bad"), radius: few ? 3.4 : 2.4 });
      }
    });
  }
}

export function holds({ forecast, lossNats }) {
  return forecast.low <= lossNats && lossNats <= forecast.high;
}

/** All losses, and nine tenths of the intervals' ends: the widest would squeeze the others. */
function bounds(points) {
  if (!points.length) return { x: [2, 3], y: [2, 3] };
  const actual = sorted(points.map(({ lossNats }) => lossNats));
  const predicted = sorted(points.map(({ forecast }) => forecast.lossNats));
  const lows = sorted(points.map(({ forecast }) => forecast.low));
  const highs = sorted(points.map(({ forecast }) => forecast.high));
  const tenth = Math.floor(points.length / 10);
  const low = Math.min(predicted[0], lows[tenth]);
  const high = Math.max(predicted.at(-1), highs.at(-1 - tenth));
  return { x: padded(low, high), y: padded(actual[0], actual.at(-1)) };
}

function padded(low, high) {
  const pad = Math.max(1.004, (high / low) ** 0.06);
  return [low / pad, high * pad];
}

function sorted(values) {
  return values.sort((one, other) => one - other);
}

/** @param sheet of GET /studies/{id}/backtest, or nothing before the first; @param plot made when it is first needed */
export function showCalibration(sheet, plot) {
  const section = document.getElementById("calibration-section");
  section.hidden = !sheet;
  if (section.hidden) return;
  const any = sheet.rows.length > 0;
  document.getElementById("calibration-panel").hidden = !any;
  document.getElementById("calibration-note").textContent = any ? note(sheet) : `No forecast of the past yet: ${sheet.reason}.`;
  if (!any) return;
  document.querySelector("#calibration tbody").innerHTML = sheet.rows.map((row, i) => line(row, sheet.plain[i], sheet.level)).join("");
  document.getElementById("calibration-legend").innerHTML = sheet.rows.map(({ k }) => `<span><i class="k${k}"></i>${k} times the compute that was known</span>`).join("")
    + `<span><i class="missed"></i>outside its interval</span>`;
  plot().show(sheet.points);
}

function note({ losses, points, level }) {
  const held = points.filter(holds).length;
  return `Larger runs forecast from smaller ones, and what came: ${held} of ${points.length} lie within their ${Math.round(level * 100)} % intervals. From ${losses} final losses.`;
}

/** Widths, scores and errors are of ln L, so they are shares of the loss. */
function line(row, plain, level) {
  const cells = [
    [`${row.k}`, `${row.forecasts} at ${row.cutoffs} cutoffs`],
    [share(row.coverage), plain && share(plain.coverage)],
    [parts(row.medianError), plain && parts(plain.medianError)],
    [parts(row.width), plain && parts(plain.width)],
    [parts(row.intervalScore), plain && parts(plain.intervalScore)],
  ];
  const low = row.coverage < level - 0.1 ? " low" : "";
  return `<tr>${cells.map(([value, beside], i) => `<td class="n${i === 1 ? low : ""}"><b>${value}</b><small>${i > 0 && beside ? `plain ${beside}` : beside ?? ""}</small></td>`).join("")}</tr>`;
}

function share(value) {
  return `${Math.round(value * 100)} %`;
}

function parts(value) {
  return `${(100 * value).toFixed(value < 0.1 ? 2 : 1)} %`;
}

/** What a screen reader says of the plot. */
export function describeCalibration({ points }) {
  const held = points.filter(holds).length;
  const range = points.map(({ lossNats }) => lossNats);
  return `Predicted against actual losses of ${points.length} forecasts, ${nats(Math.min(...range))} to ${nats(Math.max(...range))} nats; ${held} within their intervals`;
}
