// The table of runs: filtered, sorted, in groups and in pages, updated in place so that nothing jumps.

import { choose, isChosen } from "plm/choice";
import { offer } from "plm/controls";
import { sorted } from "plm/runfields";
import { filterOf } from "plm/runfilter";
import { groupsOf, usefulGroupings } from "plm/rungroups";
import { GroupRow, RunRow } from "plm/runrow";

const PAGE = 100;
const GROUP_NAMES = { size: "size", family: "family", learningRate: "learning rate", seed: "seed", state: "state" };

export class RunTable {
  /**
   * @param view what a person has set, see viewstate
   * @param on {focus: with the run id that the pointer or the focus is on, or null; found: with the set of run ids that the filter lets pass, or null where
   *     it lets all pass; state: with the part of the view that a person changed}
   * @param address of a run's own page by its id; nothing where there is none
   */
  constructor(view, on, address) {
    this.view = view;
    this.on = on;
    this.address = address;
    this.section = document.getElementById("runs-section");
    this.body = this.section.querySelector("tbody");
    this.search = document.getElementById("run-search");
    this.problem = document.getElementById("run-filter-problem");
    this.group = document.getElementById("run-group");
    this.runs = [];
    this.rows = new Map();
    this.page = 0;
    this.all = false;
    this.matches = () => true;
    this.search.addEventListener("input", () => this.searched());
    this.group.addEventListener("change", () => this.change({ group: this.group.value || null, closed: [] }));
    for (const button of this.section.querySelectorAll("[data-sort]")) button.addEventListener("click", () => this.sortBy(button.dataset.sort));
    this.control("runs-back", () => (this.page -= 1));
    this.control("runs-on", () => (this.page += 1));
    this.control("runs-all", () => (this.all = !this.all));
    for (const [id, drawn] of [["runs-draw", true], ["runs-hide", false]]) document.getElementById(id).addEventListener("click", () => this.drawFound(drawn));
    addEventListener("beforeprint", () => this.print(true));
    addEventListener("afterprint", () => this.print(false));
    this.set(view);
  }

  /** Another view, as from a link. */
  set(view) {
    this.view = view;
    this.search.value = view.filter;
    this.filter();
  }

  /** @param colours from run id to the colour of its curve */
  show(runs, colours) {
    this.runs = runs;
    this.colours = colours;
    offer("run-group", [["", "nothing"], ...usefulGroupings(runs).map((by) => [by, GROUP_NAMES[by]])], this.view.group ?? "");
    this.forget();
    this.draw();
    this.tell();
  }

  change(part) {
    this.view = { ...this.view, ...part };
    this.draw();
    this.on.state(part);
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
    this.view = { ...this.view, filter: this.search.value };
    this.filter();
    this.draw();
    this.tell();
    this.on.state({ filter: this.search.value });
  }

  /** A filter that cannot be read leaves the table as it is, with a sentence why. */
  filter() {
    const { matches, problem } = filterOf(this.search.value);
    if (matches) this.matches = matches;
    this.problem.hidden = !problem;
    this.problem.textContent = problem ?? "";
    this.search.setAttribute("aria-invalid", String(Boolean(problem)));
  }

  /** Says which runs the filter lets pass where those are others than before. */
  tell() {
    const found = this.found();
    const ids = found.length === this.runs.length ? null : new Set(found.map((run) => run.runId));
    const said = ids && [...ids].join("\n");
    if (said === this.said) return;
    this.said = said;
    this.on.found(ids);
  }

  found() {
    return this.runs.filter(this.matches);
  }

  /** Ascending, descending, and as the service orders them: by size. */
  sortBy(key) {
    const { sort } = this.view;
    this.page = 0;
    if (sort?.key !== key) this.change({ sort: { key, sign: 1 } });
    else this.change({ sort: sort.sign === 1 ? { key, sign: -1 } : null });
  }

  print(starts) {
    if (starts) this.before = this.all;
    this.all = starts || this.before;
    this.draw();
  }

  /** All runs that the filter lets pass, or none of them. */
  drawFound(drawn) {
    this.change({ chosen: choose(this.view.chosen, this.found().map((run) => run.runId), drawn) });
  }

  fold(key) {
    const { closed } = this.view;
    this.change({ closed: closed.includes(key) ? closed.filter((other) => other !== key) : [...closed, key] });
  }

  draw() {
    const found = this.found();
    const baseline = this.runs.find((run) => run.runId === this.view.baseline) ?? null;
    const { items, groups } = this.items(sorted(found, this.view.sort).filter((run) => run !== baseline));
    const pages = this.all ? 1 : Math.max(1, Math.ceil(items.length / PAGE));
    this.page = Math.min(Math.max(0, this.page), pages - 1);
    const from = this.all ? 0 : this.page * PAGE;
    const shown = this.all ? items : items.slice(from, from + PAGE);
    this.place(baseline ? [{ run: baseline }, ...shown] : shown, baseline);
    this.say({ found: found.length, pinned: Boolean(baseline), items: items.length, from, shown: shown.length, pages, groups });
    for (const head of this.section.querySelectorAll("th[scope=col]")) {
      const { sort } = head.querySelector("[data-sort]").dataset;
      head.ariaSort = this.view.sort?.key !== sort ? "none" : this.view.sort.sign > 0 ? "ascending" : "descending";
    }
  }

  /** What stands in the table: runs, or groups and the runs of those that are open. */
  items(runs) {
    if (!this.view.group) return { items: runs.map((run) => ({ run })), groups: 0 };
    const groups = groupsOf(runs, this.view.group);
    const items = groups.flatMap((group) => {
      const open = !this.view.closed.includes(group.key);
      return [{ group, open }, ...(open ? group.runs.map((run) => ({ run })) : [])];
    });
    return { items, groups: groups.length };
  }

  place(items, baseline) {
    const focused = document.activeElement;
    const placed = new Set();
    let next = this.body.firstElementChild;
    for (const item of items) {
      const { row } = item.run ? this.runRow(item.run, baseline) : this.groupRow(item);
      placed.add(row);
      if (next === row) next = next.nextElementSibling;
      else this.body.insertBefore(row, next);
    }
    for (const row of [...this.body.children]) if (!placed.has(row)) row.remove();
    if (focused && focused !== document.activeElement && this.body.contains(focused)) focused.focus();
  }

  /** Rows that are on another page now are kept, since to make one takes longer than to place it; those of runs that are gone are not. */
  forget() {
    const known = new Set(this.runs.map((run) => `run ${run.runId}`));
    for (const key of this.rows.keys()) if (key.startsWith("run ") && !known.has(key)) this.rows.delete(key);
  }

  runRow(run, baseline) {
    const one = this.row(`run ${run.runId}`, () => new RunRow(run, {
      focus: (runId) => this.on.focus(runId),
      draw: (runIds, drawn) => this.change({ chosen: choose(this.view.chosen, runIds, drawn) }),
      pin: (runId) => this.change({ baseline: this.view.baseline === runId ? null : runId }),
    }, this.address?.(run.runId)));
    one.fill(run, this.colours.get(run.runId), isChosen(this.view.chosen, run.runId), baseline);
    return one;
  }

  groupRow({ group, open }) {
    const one = this.row(`group ${this.view.group} ${group.key}`, () => new GroupRow(group, {
      draw: (runIds, drawn) => this.change({ chosen: choose(this.view.chosen, runIds, drawn) }),
      fold: (key) => this.fold(key),
    }));
    one.fill(group, open, group.runs.filter((run) => isChosen(this.view.chosen, run.runId)).length);
    return one;
  }

  row(key, make) {
    if (!this.rows.has(key)) this.rows.set(key, make());
    return this.rows.get(key);
  }

  say({ found, pinned, items, from, shown, pages, groups }) {
    const few = found === this.runs.length;
    const range = groups ? `${found} in ${groups} ${groups === 1 ? "group" : "groups"}` : shown ? `showing ${from + 1}–${from + shown} of ${items}` : "no run matches";
    text("run-count", `${range}${few || !shown ? "" : " that match"}${pinned ? " and the baseline" : ""}${few ? "" : `, ${this.runs.length} in all`}`);
    const paged = items > PAGE;
    for (const id of ["runs-back", "runs-on"]) document.getElementById(id).hidden = !paged || this.all;
    document.getElementById("runs-back").disabled = this.page === 0;
    document.getElementById("runs-on").disabled = this.page === pages - 1;
    document.getElementById("runs-all").hidden = !paged;
    text("runs-all", this.all ? `pages of ${PAGE}` : `show all ${found}`);
    const drawn = this.runs.filter((run) => isChosen(this.view.chosen, run.runId)).length;
    text("runs-drawn", drawn === this.runs.length ? "all drawn" : `${drawn} of ${this.runs.length} drawn`);
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

function text(id, content) {
  const element = document.getElementById(id);
  if (element.textContent !== content) element.textContent = content;
}
