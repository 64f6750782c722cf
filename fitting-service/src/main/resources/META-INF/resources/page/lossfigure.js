// The figure of losses: plot, axes to choose, smoothing, legend, values at the pointer.

import { offer } from "plm/controls";
import { lossRows, offerExports } from "plm/exports";
import { count, nats, scientific } from "plm/format";
import { showLossLegend } from "plm/legend";
import { MOST_DOTS } from "plm/lossmarks";
import { describeLoss, LossPlot } from "plm/lossplot";
import { nameHtml } from "plm/names";
import { COLOURINGS, usefulColourings } from "plm/runcolours";
import { usefulAxes, XAXES } from "plm/series";
import { MOST_WEIGHT } from "plm/smoothing";
import { ValuesPanel } from "plm/values";

const COLOUR_NAMES = { size: "size", family: "family", learningRate: "learning rate", seed: "seed", run: "run" };

/** The slider is in these parts of the weight. */
const PARTS = 200;

export class LossFigure {
  /** @param onState called with the part of the view that a person changed @param name called for the name of the study */
  constructor(onState, name) {
    this.onState = onState;
    this.host = document.getElementById("loss-plot");
    this.tip = document.createElement("div");
    this.tip.className = "tip";
    this.tip.hidden = true;
    this.host.append(this.tip);
    this.values = new ValuesPanel();
    this.plot = new LossPlot(this.host, (at) => this.point(at), (zoom) => this.zoomed(zoom));
    const whole = { x: null, y: null };
    this.control("loss-x", (x) => ({ x, zoom: whole }));
    this.control("loss-xscale", (xScale) => ({ xScale, zoom: whole }));
    this.control("loss-yscale", (yScale) => ({ yScale, zoom: whole }));
    this.control("run-colour", (colour) => ({ colour }));
    this.slider = document.getElementById("loss-smoothing");
    this.fitted = document.getElementById("loss-fitted");
    this.unzoom = document.getElementById("loss-unzoom");
    this.slider.addEventListener("input", () => this.onState({ smoothing: Math.min(MOST_WEIGHT, Number(this.slider.value) / PARTS) }));
    this.fitted.addEventListener("click", () => this.onState({ smoothing: this.smoothing == null ? 0 : null }));
    this.unzoom.addEventListener("click", () => this.plot.unzoom());
    offerExports(this.host.closest("figure"), () => lossRows(this.plot.series, XAXES[this.plot.options.x].label), () => `${name()}-loss`);
  }

  control(id, change) {
    const select = document.getElementById(id);
    select.addEventListener("change", () => this.onState(change(select.value)));
  }

  /** @param model of the plot, with shades as of colouring @param view what a person has set */
  show(model, view) {
    const runs = [...model.runs.values()];
    this.smoothing = view.smoothing;
    const axes = usefulAxes(runs);
    const x = axes.includes(view.x) ? view.x : "flops";
    offer("loss-x", axes.map((axis) => [axis, XAXES[axis].label]), x);
    offer("run-colour", usefulColourings(runs).map((by) => [by, COLOUR_NAMES[by]]), view.colour in COLOURINGS ? view.colour : "size");
    document.getElementById("loss-xscale").value = view.xScale;
    document.getElementById("loss-yscale").value = view.yScale;
    this.slider.value = String(Math.round((view.smoothing ?? 0) * PARTS));
    this.fitted.setAttribute("aria-pressed", String(view.smoothing == null));
    document.getElementById("loss-weight").textContent = view.smoothing == null ? "" : view.smoothing.toFixed(3).replace(/0+$/, "").replace(/\.$/, "");
    this.plot.plot.zoom = view.zoom;
    this.unzoom.hidden = !view.zoom.x && !view.zoom.y;
    this.plot.show(model, { x, xScale: view.xScale, yScale: view.yScale, smoothing: view.smoothing });
    showLossLegend(model.shades, legendMarks(model, x), (runIds) => this.plot.highlight(runIds));
    document.getElementById("loss-note").textContent = lossNote(model);
    this.host.setAttribute("aria-label", describeLoss(model));
  }

  zoomed(zoom) {
    this.unzoom.hidden = !zoom.x && !zoom.y;
    this.onState({ zoom });
  }

  point(at) {
    const near = at?.near;
    this.tip.hidden = !near;
    this.plot.highlight(near ? new Set([near.runId]) : null);
    if (at) this.values.show(this.plot.series, at.x, this.plot.options.x, this.plot.model.colours);
    if (!near) return;
    const { point, name, left, top, uncommitted } = near;
    this.tip.innerHTML = `<b>${nameHtml(name)}</b>, step ${point.step}<br>${count(point.tokens)} tokens, ${scientific(point.computeFlops)} FLOPs<br>`
      + `loss ${nats(point.lossNats)}${point.smoothedNats == null ? "" : `, smoothed <b>${nats(point.smoothedNats)}</b>`}`
      + (uncommitted ? "<br>not yet committed" : "");
    const box = this.host.querySelector(".u-over");
    const { offsetWidth: width, offsetHeight: height } = this.tip;
    const beside = left + 14 + width > box.clientWidth ? left - 14 - width : left + 14;
    const room = this.host.clientWidth - width;
    this.tip.style.left = `${Math.max(0, Math.min(room, box.offsetLeft + beside))}px`;
    this.tip.style.top = `${box.offsetTop + Math.max(0, Math.min(top + 12, box.clientHeight - height))}px`;
  }
}

function legendMarks({ runs, family, progress, predictions, frontier }, x) {
  return {
    family: [...runs.values()].some((run) => run.family !== family),
    uncommitted: progress.length > 0,
    predicted: predictions.length > 0 && Boolean(XAXES[x].endOf),
    envelope: x === "flops" && Boolean(frontier?.envelope?.length),
  };
}

/** What the marks of the plot are, and what of the curves it leaves out. */
function lossNote({ imported, curves }) {
  const marks = imported
    ? "Faint points: rows of the file. Lines: smoothed. Diamonds: the last loss of each run."
    : "Faint points: training loss of each step. Lines: smoothed. Diamonds: held-out proteins.";
  const most = curves.reduce((sum, curve) => Math.max(sum, curve.points.length), 0);
  const points = curves.reduce((sum, curve) => sum + curve.points.length, 0);
  const thinned = curves.some((curve) => curve.pointsKept > curve.points.length) ? ` At most ${most} points of each run are drawn.` : "";
  const fewer = points > MOST_DOTS ? ` One of ${Math.ceil(points / MOST_DOTS)} points is drawn.` : "";
  return `${marks}${thinned}${fewer}`;
}
