// The whole page from one data object {study, curves, frontier}; used live and in reports alike.

import { comparisonOf, showComparison } from "plm/comparison";
import { count, nats, scientific } from "plm/format";
import { describeLoss, LossPlot } from "plm/lossplot";
import { describeSize, SizePlot } from "plm/sizeplot";
import { showFindings } from "plm/findings";
import { showMethods, showPooled } from "plm/methods";
import { showInfluence, showModels } from "plm/models";
import { escape, showCards, showMethod, showProgress } from "plm/summary";
import { MOST_RUNS, showBudgets, showRuns } from "plm/tables";
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
    this.family = null;
    this.picker = document.getElementById("families");
    this.picker.addEventListener("change", () => {
      this.family = this.picker.value;
      if (this.data) this.show(this.data);
    });
    onThemeChange(() => this.data && this.show(this.data));
  }

  show(data) {
    this.data = data;
    const { study } = data;
    const family = this.choose(study.families ?? []);
    const together = (data.families ?? []).find((sheet) => sheet.family === family);
    const frontier = bestFrontier(ofFamily(data.frontier, family), together);
    const colours = runColours(study.runs, family);
    const order = new Map(study.runs.map((run, i) => [run.runId, i]));
    const known = data.curves.filter((curve) => order.has(curve.runId)).sort((one, other) => order.get(one.runId) - order.get(other.runId));
    const curves = known.filter((curve) => curve.family !== family).concat(known.filter((curve) => curve.family === family));
    const comparison = comparisonOf(study, family);
    const model = { curves, frontier, references: comparison?.lines ?? [], colours, family };
    const members = study.runs.filter((run) => run.family === family);
    showProgress(study);
    showCards(study, members, frontier, comparison);
    showComparison(comparison, study.references);
    showMethod(frontier);
    showMethods(together, members);
    showPooled(together?.pooled);
    showInfluence(together?.influence);
    showModels(together?.catalog);
    showFindings(data.findings);
    showRuns(document.querySelector("#runs tbody"), study.runs.slice(0, MOST_RUNS), colours, (runId) => this.loss.highlight(runId));
    showBudgets(document.querySelector("#budgets tbody"), frontier?.points ?? []);
    legends(members, colours, study.runs.length > members.length);
    this.loss.show(model);
    this.size.show(model);
    this.lossHost.setAttribute("aria-label", describeLoss(model));
    this.sizeHost.setAttribute("aria-label", describeSize(model));
    document.documentElement.dataset.points = String(curves.reduce((sum, curve) => sum + curve.points.length, 0));
  }

  /** The family that is shown; the chooser is there only where there are several. */
  choose(families) {
    if (!families.includes(this.family)) this.family = families[0] ?? null;
    const several = families.length > 1;
    document.getElementById("family-picker").hidden = !several;
    document.body.classList.toggle("mixed", several);
    if ([...this.picker.options].map((option) => option.value).join() !== families.join()) {
      this.picker.replaceChildren(...families.map((family) => new Option(family, family)));
    }
    this.picker.value = this.family ?? "";
    return this.family;
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

/** A mixed study has one frontier per family. */
function ofFamily(frontier, family) {
  return frontier?.families ? frontier.families.find((sheet) => sheet.family === family) : frontier;
}

/** Where curves are missing the envelope has no answer, and the next method's frontier is drawn. */
function bestFrontier(envelope, together) {
  if (envelope?.points) return envelope;
  const frontiers = together?.frontiers ?? [];
  return frontiers.find((one) => one.method === "a3") ?? frontiers[0] ?? envelope;
}

function legends(runs, colours, others) {
  if (!runs.length) return;
  const sizes = new Map(runs.map((run) => [run.size, colours.get(run.runId)]));
  const few = sizes.size <= 8;
  const swatches = few
    ? [...sizes].map(([size, colour]) => `<span><i style="background:${colour}"></i>${count(size)}</span>`).join("")
    : `<span class="ramp">${count(Math.min(...sizes.keys()))} <i style="background:linear-gradient(90deg,${[...sizes.values()].join(",")})"></i> ${count(Math.max(...sizes.keys()))} parameters</span>`;
  const quiet = others ? `<span><i class="other"></i>other families</span>` : "";
  put("loss-legend", swatches + quiet + `<span><i class="envelope"></i>envelope and band</span>`);
  put("size-legend", `<span><i class="law"></i>fitted law and band</span><span><i class="best"></i>best size so far</span>`);
}

function put(id, html) {
  const element = document.getElementById(id);
  if (element.innerHTML !== html) element.innerHTML = html;
}
