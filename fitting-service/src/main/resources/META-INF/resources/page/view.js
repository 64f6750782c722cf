// The whole page from one data object {study, curves, frontier}; used live and in reports alike.

import { count, nats, scientific } from "plm/format";
import { describeLoss, LossPlot } from "plm/lossplot";
import { describeSize, SizePlot } from "plm/sizeplot";
import { escape, showCards, showMethod, showProgress } from "plm/summary";
import { showBudgets, showRuns } from "plm/tables";
import { onThemeChange, runColours } from "plm/theme";

export class View {
  constructor() {
    this.lossHost = document.getElementById("loss-plot");
    this.sizeHost = document.getElementById("size-plot");
    this.tip = document.createElement("div");
    this.tip.className = "tip";
    this.tip.hidden = true;
    this.lossHost.append(this.tip);
    this.loss = new LossPlot(this.lossHost, (found) => this.point(found));
    this.size = new SizePlot(this.sizeHost);
    this.data = null;
    onThemeChange(() => this.data && this.show(this.data));
  }

  show(data) {
    this.data = data;
    const { study, frontier } = data;
    const colours = runColours(study.runs);
    const order = new Map(study.runs.map((run, i) => [run.runId, i]));
    const curves = data.curves.filter((curve) => order.has(curve.runId)).sort((one, other) => order.get(one.runId) - order.get(other.runId));
    const model = { curves, frontier, references: study.references, colours };
    showProgress(study);
    showCards(study, frontier);
    showMethod(frontier);
    showRuns(document.querySelector("#runs tbody"), study.runs, colours, (runId) => this.loss.highlight(runId));
    showBudgets(document.querySelector("#budgets tbody"), frontier?.points ?? []);
    legends(study.runs, colours);
    this.loss.show(model);
    this.size.show(model);
    this.lossHost.setAttribute("aria-label", describeLoss(model));
    this.sizeHost.setAttribute("aria-label", describeSize(model));
    document.documentElement.dataset.points = String(curves.reduce((sum, curve) => sum + curve.points.length, 0));
  }

  point(found) {
    this.tip.hidden = !found;
    this.loss.highlight(found?.runId ?? null);
    if (!found) return;
    const { point, name, left, top } = found;
    this.tip.innerHTML = `<b>${escape(name)}</b>, step ${point.step}<br>${count(point.tokens)} tokens, ${scientific(point.computeFlops)} FLOPs<br>`
      + `loss ${nats(point.lossNats)}${point.smoothedNats == null ? "" : `, smoothed <b>${nats(point.smoothedNats)}</b>`}`;
    const box = this.lossHost.querySelector(".u-over");
    const flip = left > box.clientWidth - 240;
    this.tip.style.left = `${box.offsetLeft + left + (flip ? -14 : 14)}px`;
    this.tip.style.top = `${box.offsetTop + Math.min(top + 12, box.clientHeight - 80)}px`;
    this.tip.style.transform = flip ? "translateX(-100%)" : "none";
  }
}

function legends(runs, colours) {
  const sizes = new Map(runs.map((run) => [run.parameters.table6, colours.get(run.runId)]));
  const few = sizes.size <= 8;
  const swatches = few
    ? [...sizes].map(([size, colour]) => `<span><i style="background:${colour}"></i>${count(size)}</span>`).join("")
    : `<span class="ramp">${count(Math.min(...sizes.keys()))} <i style="background:linear-gradient(90deg,${[...sizes.values()].join(",")})"></i> ${count(Math.max(...sizes.keys()))} parameters</span>`;
  put("loss-legend", swatches + `<span><i class="envelope"></i>envelope and band</span>`);
  put("size-legend", `<span><i class="law"></i>fitted law and band</span><span><i class="best"></i>best size so far</span>`);
}

function put(id, html) {
  const element = document.getElementById(id);
  if (element.innerHTML !== html) element.innerHTML = html;
}
