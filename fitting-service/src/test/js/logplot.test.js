import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { CalibrationPlot } from "plm/calibration";
import { LogPlot } from "plm/logplot";
import { LossPlot } from "plm/lossplot";
import { SizePlot } from "plm/sizeplot";
import { emptyDocument } from "./document.js";

let plots;
let painted;

/** As much of uPlot as the plots use, with the scales that it was given. */
class Plot {
  constructor(options) {
    this.options = options;
    this.given = {};
    this.redrawn = 0;
    this.bbox = { left: 0, top: 0, width: 700, height: 400 };
    plots.push(this);
  }

  batch(change) {
    change();
  }

  setScale(key, range) {
    this.given[key] = range;
  }

  redraw() {
    this.redrawn += 1;
  }

  setSelect(select) {
    this.select = select;
  }

  destroy() {
    this.destroyed = true;
  }

  setSize(size) {
    this.size = size;
  }

  posToVal(position) {
    return position * 10;
  }
}

beforeEach(() => {
  emptyDocument();
  plots = [];
  painted = [];
  globalThis.uPlot = Plot;
  globalThis.devicePixelRatio = 2;
  globalThis.ResizeObserver = class {
    constructor(resized) {
      this.resized = resized;
    }

    observe(host) {
      host.resized = this.resized;
    }
  };
  globalThis.matchMedia = () => ({ addEventListener: () => {} });
  globalThis.getComputedStyle = () => ({ getPropertyValue: () => " #123456 " });
});

const axes = { xLabel: "x", yLabel: "y", xTicks: (...all) => all, xTexts: String, yTicks: (...all) => all, yTexts: String };

function plot(host = { clientWidth: 700, clientHeight: 400 }, onZoom = () => {}) {
  const hovered = [];
  const made = new LogPlot(host, axes, (painter) => painted.push(painter), (at) => hovered.push(at), onZoom);
  return { made, hovered, drawn: plots.at(-1), host };
}

const LEFT_OUT = { left: 0, top: 0, width: 0, height: 0 };

function drag(drawn, select) {
  drawn.select = { ...LEFT_OUT, ...select };
  drawn.options.hooks.setSelect[0](drawn);
}

test("bounds are given to both scales, and a zoom by hand stays until it is left", () => {
  const zooms = [];
  const { made, drawn } = plot(undefined, (zoom) => zooms.push(zoom));
  made.show({ x: [1e9, 1e12], y: [2, 3] });
  assert.deepEqual(drawn.given, { x: { min: 1e9, max: 1e12 }, y: { min: 2, max: 3 } });
  drag(drawn, { left: 10, width: 20, height: 200 });
  made.show({ x: [1e9, 1e13], y: [2, 4] });
  assert.deepEqual(drawn.given, { x: { min: 100, max: 300 }, y: { min: 2, max: 4 } }, "zoomed over x, and y follows the bounds");
  drawn.options.cursor.bind.dblclick()();
  assert.deepEqual(drawn.given, { x: { min: 1e9, max: 1e13 }, y: { min: 2, max: 4 } }, "a double click goes to the newest bounds");
  assert.deepEqual(zooms, [{ x: [100, 300], y: null }, { x: null, y: null }]);
});

test("a drag upwards zooms the losses alone, and one over a corner both", () => {
  const { made, drawn } = plot();
  made.show({ x: [1e9, 1e12], y: [2, 3] });
  drag(drawn, { top: 5, width: 350, height: 10 });
  assert.deepEqual(drawn.given, { x: { min: 1e9, max: 1e12 }, y: { min: 150, max: 50 } });
  drag(drawn, { left: 1, top: 5, width: 2, height: 10 });
  assert.deepEqual(drawn.given.x, { min: 10, max: 30 });
});

test("a click that selects nothing is no zoom", () => {
  const { made, drawn } = plot();
  drag(drawn, {});
  made.show({ x: [1, 2], y: [3, 4] });
  assert.deepEqual(drawn.given.x, { min: 1, max: 2 });
});

test("linear axes are another plot, since a scale keeps its kind", () => {
  const { made, drawn } = plot();
  assert.deepEqual([drawn.options.scales.x.distr, drawn.options.scales.y.distr], [3, 3]);
  made.rescale({ ...axes, xScale: "linear" });
  assert.equal(drawn.destroyed, true);
  assert.deepEqual([plots.at(-1).options.scales.x.distr, plots.at(-1).options.scales.y.distr], [1, 3]);
  made.show({ x: [0, 5], y: [1, 2] });
  assert.deepEqual(plots.at(-1).given.x, { min: 0, max: 5 });
});

test("the pointer is told in the plot's units, and its leaving as nothing", () => {
  const { hovered, drawn } = plot();
  const move = (cursor) => drawn.options.hooks.setCursor[0](Object.assign(drawn, { cursor }));
  move({ left: 3, top: 4 });
  move({ left: -10, top: -10 });
  move({ left: null, top: null });
  assert.deepEqual(hovered.map((at) => at && [at.left, at.top, at.x, at.y]), [[3, 4, 30, 40], null, null]);
});

test("as many ticks are wanted as there is room for, in pixels of the style sheet", () => {
  const { drawn } = plot();
  const [x, y] = drawn.options.axes;
  assert.equal(x.splits(drawn, 0, 1, 10)[2], 4);
  assert.equal(y.splits(drawn, 1, 1, 10)[2], 3);
  drawn.bbox = { width: 7400, height: 5600 };
  assert.equal(x.splits(drawn, 0, 1, 10)[2], 50);
  assert.equal(y.splits(drawn, 1, 1, 10)[2], 50);
});

test("a host that is hidden leaves the size as it was", () => {
  const { host, drawn } = plot();
  Object.assign(host, { clientWidth: 0, clientHeight: 0 });
  host.resized();
  assert.equal(drawn.size, undefined);
  Object.assign(host, { clientWidth: 300, clientHeight: 200 });
  host.resized();
  assert.deepEqual(drawn.size, { width: 300, height: 200 });
});

function boundsOf(Kind, model) {
  const shown = new Kind({ clientWidth: 700, clientHeight: 400 }, () => {});
  shown.show(model);
  const { x, y } = plots.at(-1).given;
  return { x: [x.min, x.max], y: [y.min, y.max] };
}

function holds(bounds, [x, y]) {
  return bounds.x[0] < x && x < bounds.x[1] && bounds.y[0] < y && y < bounds.y[1];
}

const curve = (size, ...points) => ({ name: "run", runId: `r${size}`, size, finals: [], points: points.map(([computeFlops, lossNats]) => ({ computeFlops, lossNats, smoothedNats: null })) });

test("the plots hold all curves with a margin", () => {
  const curves = [curve(1e6, [1e12, 3], [1e14, 2.5]), curve(1e8, [1e13, 3.2], [1e16, 2.1])];
  const loss = boundsOf(LossPlot, { curves, references: [{ name: "uniform", lossNats: 3.367 }] });
  for (const [x, y] of [[1e12, 3], [1e16, 2.1], [1e13, 3.2], [1e14, 3.367]]) assert.ok(holds(loss, [x, y]), `${x}, ${y}`);
  const size = boundsOf(SizePlot, { curves, frontier: null });
  for (const [x, y] of [[1e12, 1e6], [1e16, 1e8]]) assert.ok(holds(size, [x, y]), `${x}, ${y}`);
});

test("the ends of runs that train lie in the plot", () => {
  const runs = new Map([["r1000000", { expectedFlops: 1e15 }]]);
  const loss = boundsOf(LossPlot, { curves: [curve(1e6, [1e12, 3], [1e13, 2.7])], runs, references: [], predictions: [{ runId: "r1000000", lossNats: { value: 2.2, low: 1, high: 3 } }] });
  assert.ok(holds(loss, [1e15, 2.2]), JSON.stringify(loss));
  assert.ok(loss.y[0] > 2, "a wide interval squeezes nothing");
});

test("the past of forecasts lies in its plot, with most of the intervals", () => {
  const points = Array.from({ length: 20 }, (_, i) => ({ k: 2, lossNats: 2.5 + 0.01 * i, forecast: { lossNats: 2.51 + 0.01 * i, low: i === 0 ? 0.1 : 2.4, high: 2.8 } }));
  const bounds = boundsOf(CalibrationPlot, points);
  for (const { lossNats, forecast } of points) assert.ok(holds(bounds, [forecast.lossNats, lossNats]));
  assert.ok(bounds.x[0] < 2.4 && bounds.x[0] > 2 && bounds.x[1] > 2.8, `${bounds.x}`);
  const one = boundsOf(CalibrationPlot, points.slice(5, 6));
  assert.ok(one.y[0] < one.y[1]);
});

test("losses far above guessing do not push the others out of sight", () => {
  const { y } = boundsOf(LossPlot, { curves: [curve(1e6, [1e12, 400], [1e14, 2.5])], references: [{ name: "uniform", lossNats: 3.367 }] });
  assert.ok(y[1] < 4 && y[0] < 2.5, `${y}`);
});

test("a single point, planned runs and no runs have axes that ascend", () => {
  const models = [[curve(1e6, [1e12, 2.5])], [curve(1e6)], []].map((curves) => ({ curves, references: [], frontier: null }));
  for (const Kind of [LossPlot, SizePlot]) {
    for (const model of models) {
      const { x, y } = boundsOf(Kind, model);
      assert.ok(0 < x[0] && x[0] < x[1] && 0 < y[0] && y[0] < y[1], `${Kind.name} of ${JSON.stringify(model)}: ${x}, ${y}`);
    }
  }
});
