// The table of runs: searched, sorted and in pages, updated in place so that nothing jumps.

import { onMask, partsInWords } from "plm/comparison";
import { count, interval, MISSING, nats, percent, scientific, words } from "plm/format";
import { nameHtml } from "plm/names";

const PAGE = 100;

/** What each column is sorted by; missing values come last either way. */
const KEYS = {
  name: (run) => run.name,
  family: (run) => run.family,
  size: (run) => run.size,
  state: (run) => run.state,
  progress: done,
  flops: (run) => run.computeFlops,
  tokens: (run) => run.tokens,
  loss: (run) => run.lossNats,
  heldOut: (run) => run.heldOutNats,
  onMask,
  predicted: (run) => run.predicted?.value,
  speed: (run) => run.tokensPerSecond,
  plateau: (run) => run.plateau?.verdict,
};

export class RunTable {
  /**
   * @param onFocus called with a run id while the pointer or the focus is on its row, else with null
   * @param onSearch called with the set of run ids that match the search, or with null where nothing is searched
   */
  constructor(onFocus, onSearch) {
    this.onFocus = onFocus;
    this.onSearch = onSearch;
    this.section = document.getElementById("runs-section");
    this.body = this.section.querySelector("tbody");
    this.search = document.getElementById("run-search");
    this.runs = [];
    this.page = 0;
    this.all = false;
    this.sort = null;
    this.search.addEventListener("input", () => this.searched());
    for (const button of this.section.querySelectorAll("[data-sort]")) button.addEventListener("click", () => this.sortBy(button.dataset.sort));
    this.control("runs-back", () => (this.page -= 1));
    this.control("runs-on", () => (this.page += 1));
    this.control("runs-all", () => (this.all = !this.all));
    addEventListener("beforeprint", () => this.print(true));
    addEventListener("afterprint", () => this.print(false));
  }

  /** @param colours from run id to the colour of its curve */
  show(runs, colours) {
    this.runs = runs;
    this.colours = colours;
    this.draw();
  }

  control(id, change) {
    document.getElementById(id).addEventListener("click", () => {
      change();
      this.draw();
      this.section.querySelector(".scroll").scrollTop = 0;
    });
  }

  searched() {
    this.page = 0;
    this.draw();
    const found = this.matching();
    this.onSearch(found.length === this.runs.length ? null : new Set(found.map((run) => run.runId)));
  }

  /** Ascending, descending, and as the service orders them: by size. */
  sortBy(key) {
    if (this.sort?.key !== key) this.sort = { key, sign: 1 };
    else this.sort = this.sort.sign === 1 ? { key, sign: -1 } : null;
    this.page = 0;
    this.draw();
  }

  print(starts) {
    if (starts) this.before = this.all;
    this.all = starts || this.before;
    this.draw();
  }

  /** Every word of the search stands in the run's name, family, state or verdict. */
  matching() {
    const wanted = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (!wanted.length) return this.runs;
    return this.runs.filter((run) => {
      const searched = [run.name, run.family, words(run.state), run.plateau ? words(run.plateau.verdict) : ""].join("\n").toLowerCase();
      return wanted.every((word) => searched.includes(word));
    });
  }

  draw() {
    const found = this.sorted(this.matching());
    const pages = this.all ? 1 : Math.max(1, Math.ceil(found.length / PAGE));
    this.page = Math.min(Math.max(0, this.page), pages - 1);
    const from = this.all ? 0 : this.page * PAGE;
    const shown = this.all ? found : found.slice(from, from + PAGE);
    this.place(shown);
    this.say(found.length, from, shown.length, pages);
    for (const head of this.section.querySelectorAll("th[scope=col]")) {
      const { sort } = head.querySelector("[data-sort]").dataset;
      head.ariaSort = this.sort?.key !== sort ? "none" : this.sort.sign > 0 ? "ascending" : "descending";
    }
  }

  sorted(runs) {
    if (!this.sort) return runs;
    const { sign } = this.sort;
    const key = KEYS[this.sort.key];
    return [...runs].sort((one, other) => {
      const [left, right] = [key(one), key(other)];
      if (left == null || right == null) return (left == null) - (right == null);
      return sign * (typeof left === "string" ? left.localeCompare(right, undefined, { numeric: true }) : left - right);
    });
  }

  place(shown) {
    const rows = new Map([...this.body.rows].map((row) => [row.dataset.run, row]));
    shown.forEach((run, place) => {
      const row = rows.get(run.runId) ?? this.row(run);
      rows.delete(run.runId);
      if (this.body.rows[place] !== row) this.body.insertBefore(row, this.body.rows[place] ?? null);
      fill(row, run, this.colours.get(run.runId));
    });
    rows.forEach((row) => row.remove());
  }

  say(found, from, shown, pages) {
    const few = found === this.runs.length;
    const range = shown ? `showing ${from + 1}–${from + shown} of ${found}` : "no run matches";
    text(document.getElementById("run-count"), few ? range : `${range}${shown ? " that match" : ""}, ${this.runs.length} in all`);
    const paged = found > PAGE;
    for (const id of ["runs-back", "runs-on"]) document.getElementById(id).hidden = !paged || this.all;
    document.getElementById("runs-back").disabled = this.page === 0;
    document.getElementById("runs-on").disabled = this.page === pages - 1;
    const all = document.getElementById("runs-all");
    all.hidden = !paged;
    text(all, this.all ? `pages of ${PAGE}` : `show all ${found}`);
  }

  row(run) {
    const row = document.createElement("tr");
    row.dataset.run = run.runId;
    row.innerHTML = `<th scope="row"><i class="swatch" aria-hidden="true"></i>${nameHtml(run.name)}</th><td class="family">${nameHtml(run.family)}</td><td class="n"></td>
      <td class="trained"><span class="state"></span></td><td class="trained"><span class="meter"><i></i></span><span class="share"></span></td>
      <td class="n filed"></td><td class="n"></td><td class="n strong"></td><td class="n"></td><td class="n trained"></td><td class="n trained predicted"></td><td class="n trained"></td><td><span class="verdict" tabindex="0"></span></td>`;
    row.addEventListener("pointerenter", () => this.onFocus(run.runId));
    row.addEventListener("pointerleave", () => this.onFocus(null));
    row.addEventListener("focusin", () => this.onFocus(run.runId));
    row.addEventListener("focusout", () => this.onFocus(null));
    return row;
  }
}

/** Runs with what they are forecast to end with, or the reason why that is not known. @param forecasts one per unfinished run */
export function withPredictions(runs, forecasts) {
  const known = new Map(forecasts.map((forecast) => [forecast.runId, forecast]));
  return runs.map((run) => {
    const forecast = isUnfinished(run) ? known.get(run.runId) : null;
    return forecast ? { ...run, predicted: forecast.lossNats, unpredicted: forecast.reason } : run;
  });
}

/** Forecasts are asked for now and then, and a run may have ended since. */
export function isUnfinished(run) {
  return run.state === "TRAINING" || run.state === "PLANNED";
}

/** The share of a run that is trained. */
function done(run) {
  return run.expectedFlops > 0 ? Math.min(1, run.computeFlops / run.expectedFlops) : 0;
}

function fill(row, run, colour) {
  const share = done(run);
  const [name, , size, states, progress, flops, tokens, loss, heldOut, masked, predicted, speed, plateau] = row.cells;
  name.querySelector(".swatch").style.background = colour;
  if (run.shape) name.querySelector(".name").title = `${run.name}: ${run.shape.layers} layers, width ${run.shape.dModel}, ${run.shape.heads} heads`;
  text(size, count(run.size));
  const state = states.firstElementChild;
  text(state, words(run.state));
  state.dataset.state = run.state;
  state.title = run.stateReason;
  progress.querySelector(".meter i").style.width = `${(share * 100).toFixed(2)}%`;
  progress.querySelector(".meter i").style.background = colour;
  text(progress.querySelector(".share"), percent(share));
  text(flops, scientific(run.computeFlops));
  text(tokens, run.shape ? `${count(run.tokens)} / ${count(run.budgetTokens)}` : count(run.tokens));
  text(loss, nats(run.lossNats));
  text(heldOut, nats(run.heldOutNats));
  text(masked, nats(onMask(run)));
  masked.title = partsInWords(run);
  text(predicted, run.predicted ? `${nats(run.predicted.value)} (${interval(run.predicted, nats)})` : MISSING);
  predicted.title = run.unpredicted ?? "";
  text(speed, run.tokensPerSecond == null ? MISSING : count(run.tokensPerSecond));
  verdict(plateau.firstElementChild, run.plateau);
}

function verdict(cell, plateau) {
  text(cell, plateau ? words(plateau.verdict) : MISSING);
  cell.dataset.verdict = plateau?.verdict ?? "";
  cell.title = plateau?.reason ?? "";
  if (plateau) cell.setAttribute("aria-label", `${words(plateau.verdict)}: ${plateau.reason}`);
}

function text(element, content) {
  if (element.textContent !== content) element.textContent = content;
}
