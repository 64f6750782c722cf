// What a figure shows as a table in CSV, or as a picture in PNG or SVG.

import { button } from "plm/controls";
import { plotOf } from "plm/logplot";

/** Rows of cells as CSV of RFC 4180; numbers as they are, nothing as an empty cell. @param rows [[cell]], the first with the names of the columns */
export function csvOf(rows) {
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(value) {
  const text = value == null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What the loss plot draws, a row per point. @param axis name of the x axis */
export function lossRows(series, axis) {
  const rows = [["run", "run_id", axis, "loss_nats", "kind"]];
  for (const { runId, name, points, line, ends, uncommitted } of series) {
    const put = (places, kind) => places.forEach(([x, y]) => rows.push([name, runId, x, y, kind]));
    put(points, "step");
    put(line, "line");
    put(ends, "final");
    put(uncommitted?.points ?? [], "not committed");
  }
  return rows;
}

/** What the size plot draws. @param model {frontier, others} */
export function sizeRows({ frontier, others }) {
  const rows = [["what", "method", "compute_flops", "parameters", "low", "high"]];
  for (const at of frontier?.envelope ?? []) rows.push(["envelope", "", at.computeFlops, at.parameters, null, null]);
  for (const one of [frontier, ...others].filter((law) => law?.line)) {
    for (const { computeFlops, nOpt } of one.line) if (nOpt) rows.push(["law", one.method, computeFlops, nOpt.value, nOpt.low, nOpt.high]);
  }
  for (const { budgetFlops, nOpt } of frontier?.points ?? []) rows.push(["point", frontier.method, budgetFlops, nOpt.value, nOpt.low, nOpt.high]);
  return rows;
}

/** What the plot of past forecasts draws. */
export function calibrationRows(points) {
  return [["k", "predicted_nats", "low", "high", "actual_nats"], ...points.map(({ k, forecast, lossNats }) => [k, forecast.lossNats, forecast.low, forecast.high, lossNats])];
}

/** The buttons of one figure. @param rows called for the rows of its table @param name of the files, without an ending */
export function offerExports(figure, rows, name) {
  const place = document.createElement("div");
  place.className = "exports";
  place.append(button("CSV", "CSV of what is drawn", () => save(new Blob([csvOf(rows())], { type: "text/csv" }), `${name()}.csv`)));
  place.append(button("PNG", "PNG of the plot", () => savePicture(figure, `${name()}.png`)));
  place.append(button("SVG", "SVG of the plot", () => save(new Blob([drawingOf(figure)], { type: "image/svg+xml" }), `${name()}.svg`)));
  figure.querySelector(".exports-of, figcaption, .legend").append(place);
}

/** The canvas of a plot on the page's own ground, since a canvas has none. */
export function pictureOf(figure) {
  const plot = figure.querySelector(".uplot canvas");
  const picture = document.createElement("canvas");
  Object.assign(picture, { width: plot.width, height: plot.height });
  const ctx = picture.getContext("2d");
  ctx.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--surface").trim();
  ctx.fillRect(0, 0, picture.width, picture.height);
  ctx.drawImage(plot, 0, 0);
  return picture;
}

/** The plot as SVG. */
export function drawingOf(figure) {
  const host = figure.querySelector(".plot");
  return plotOf(host).svg(host.getAttribute("aria-label") ?? "");
}

function savePicture(figure, name) {
  pictureOf(figure).toBlob((blob) => save(blob, name), "image/png");
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
