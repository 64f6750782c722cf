// One row of the table of runs, and the row above a group. Elements are found once and then only changed.

import { onMask, partsInWords } from "plm/comparison";
import { count, interval, MISSING, nats, percent, scientific, words } from "plm/format";
import { nameHtml } from "plm/names";
import { tagsHtml } from "plm/notes";
import { progress } from "plm/runfields";

const CELLS = `<th scope="row"><span class="pick"><input type="checkbox"><i class="swatch" aria-hidden="true"></i><button type="button" class="pin">◎</button></span></th><td class="family"></td><td class="n"></td>
  <td class="trained"><span class="state"></span></td><td class="trained"><span class="meter"><i></i></span><span class="share"></span></td>
  <td class="n filed"></td><td class="n"></td><td class="n strong"><span></span> <small class="difference"></small></td><td class="n"><span></span> <small class="difference"></small></td>
  <td class="n trained"></td><td class="n trained predicted"></td><td class="n trained"></td><td><span class="verdict" tabindex="0"></span></td><td class="n planned"></td><td class="n planned"></td>`;

export class RunRow {
  /**
   * @param act {focus(runId or null), draw(runIds, drawn), pin(runId)}
   * @param address of the run's own page; nothing where there is none
   */
  constructor(run, act, address) {
    const row = document.createElement("tr");
    this.row = row;
    row.dataset.run = run.runId;
    row.innerHTML = CELLS;
    const [name, family] = row.cells;
    const link = address ? Object.assign(document.createElement("a"), { className: "run", href: address }) : document.createElement("span");
    link.innerHTML = nameHtml(run.name);
    this.link = address ? link : null;
    this.tags = document.createElement("span");
    this.tags.className = "tags";
    name.append(link, this.tags);
    family.innerHTML = nameHtml(run.family);
    this.box = row.querySelector("input");
    this.pin = row.querySelector(".pin");
    this.box.setAttribute("aria-label", `draw ${run.name}`);
    this.pin.setAttribute("aria-label", `baseline ${run.name}`);
    this.pin.title = "baseline: the others show how far they are from it";
    this.box.addEventListener("change", () => act.draw([run.runId], this.box.checked));
    this.pin.addEventListener("click", () => act.pin(run.runId));
    for (const event of ["pointerenter", "focusin"]) row.addEventListener(event, () => act.focus(run.runId));
    for (const event of ["pointerleave", "focusout"]) row.addEventListener(event, () => act.focus(null));
    this.name = row.querySelector(".name");
    this.swatch = row.querySelector(".swatch");
    this.bar = row.querySelector(".meter i");
    this.share = row.querySelector(".share");
  }

  /** @param baseline the run that others are compared with, or null */
  fill(run, colour, drawn, baseline) {
    const now = [run, colour, drawn, baseline];
    if (this.filled?.every((one, i) => one === now[i])) return;
    this.filled = now;
    const share = progress(run);
    const [, , size, states, , flops, tokens, loss, heldOut, masked, predicted, speed, plateau, rate, seed] = this.row.cells;
    const own = baseline?.runId === run.runId;
    this.row.classList.toggle("baseline", own);
    this.row.classList.toggle("left-out", !drawn);
    const tags = tagsHtml(run.tags ?? []);
    if (this.tagged !== tags) this.tags.innerHTML = tags;
    this.tagged = tags;
    this.box.checked = drawn;
    this.pin.setAttribute("aria-pressed", String(own));
    this.swatch.style.background = colour;
    if (run.shape) this.name.title = `${run.name}: ${run.shape.layers} layers, width ${run.shape.dModel}, ${run.shape.heads} heads`;
    text(size, count(run.size));
    const state = states.firstElementChild;
    text(state, words(run.state));
    state.dataset.state = run.state;
    state.title = run.stateReason;
    this.bar.style.width = `${(share * 100).toFixed(2)}%`;
    this.bar.style.background = colour;
    text(this.share, percent(share));
    text(flops, scientific(run.computeFlops));
    text(tokens, run.shape ? `${count(run.tokens)} / ${count(run.budgetTokens)}` : count(run.tokens));
    compared(loss, run.lossNats, own ? null : baseline?.lossNats);
    compared(heldOut, run.heldOutNats, own ? null : baseline?.heldOutNats);
    text(masked, nats(onMask(run)));
    masked.title = partsInWords(run);
    text(predicted, run.predicted ? `${nats(run.predicted.value)} (${interval(run.predicted, nats)})` : MISSING);
    predicted.title = run.unpredicted ?? "";
    text(speed, run.tokensPerSecond == null ? MISSING : count(run.tokensPerSecond));
    verdict(plateau.firstElementChild, run.plateau);
    text(rate, scientific(run.plan?.peakLearningRate));
    text(seed, run.plan ? String(run.plan.seed) : MISSING);
  }
}

/** The row above a group: it opens and closes it, and draws all of its runs or none. */
export class GroupRow {
  constructor(group, act) {
    const row = document.createElement("tr");
    this.row = row;
    this.runs = group.runs;
    row.className = "group";
    row.innerHTML = `<th scope="rowgroup" colspan="15"><span class="pick"><input type="checkbox"><button type="button" class="fold"></button></span> <small></small></th>`;
    this.box = row.querySelector("input");
    this.fold = row.querySelector("button");
    this.note = row.querySelector("small");
    this.box.setAttribute("aria-label", `draw all runs of ${group.label}`);
    this.box.addEventListener("change", () => act.draw(this.runs.map((run) => run.runId), this.box.checked));
    this.fold.addEventListener("click", () => act.fold(group.key));
  }

  /** @param drawn how many of its runs are drawn */
  fill(group, open, drawn) {
    this.runs = group.runs;
    text(this.fold, group.label);
    this.fold.setAttribute("aria-expanded", String(open));
    this.box.checked = drawn > 0;
    this.box.indeterminate = drawn > 0 && drawn < group.runs.length;
    const number = group.runs.length;
    text(this.note, `${number} ${number === 1 ? "run" : "runs"}${group.bestNats == null ? "" : `, lowest loss ${nats(group.bestNats)}`}`);
  }
}

/** A loss, and how far it is from the baseline's. */
function compared(cell, lossNats, other) {
  text(cell.firstElementChild, nats(lossNats));
  const small = cell.lastElementChild;
  const apart = lossNats == null || other == null ? null : lossNats - other;
  text(small, apart == null ? "" : difference(apart));
  small.dataset.better = apart == null ? "" : String(apart < 0);
}

/** +0.012 or −0.012, with the sign of the rounded number. */
export function difference(apart) {
  const size = nats(Math.abs(apart));
  return `${Number(size) === 0 ? "±" : apart < 0 ? "−" : "+"}${size}`;
}

function verdict(cell, plateau) {
  text(cell, plateau ? words(plateau.verdict) : MISSING);
  cell.dataset.verdict = plateau?.verdict ?? "";
  cell.title = plateau?.reason ?? "";
}

function text(element, content) {
  if (element.textContent !== content) element.textContent = content;
}
