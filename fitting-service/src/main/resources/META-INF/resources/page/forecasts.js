// Asks for what is forecast: when the fits change, at most every quarter of a minute, and at once for another budget.

const LEAST_MILLIS = 15_000;
const TYPING_MILLIS = 400;

export class Forecasts {
  /** @param take called with news {answers: {budget, sheets: [{family, at, sheet | problem | lost}]}, backtests, runForecasts} as each comes */
  constructor(take) {
    this.take = take;
    this.timer = null;
  }

  /** @param base address of the study */
  open(base) {
    this.close();
    this.base = base;
    this.study = Symbol("study");
    this.families = [];
    this.budget = null;
    this.known = null;
    this.asked = -Infinity;
    this.busy = false;
    this.stale = false;
  }

  close() {
    clearTimeout(this.timer);
    this.study = null;
  }

  /** The fits are new. @param families their names */
  changed(families) {
    if (!this.study || !families.length) return;
    this.families = families;
    this.stale = true;
    this.plan(this.asked + LEAST_MILLIS - Date.now());
  }

  /** A person asks for a budget. @param budget FLOPs; null for ten times what was trained */
  ask(budget) {
    if (!this.study) return;
    this.budget = budget;
    this.stale = true;
    this.plan(TYPING_MILLIS);
  }

  plan(millis) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), Math.max(0, millis));
  }

  /** One request after the other, since each may be worked for; answers first. */
  async look() {
    if (this.busy || !this.stale || !this.families.length) return;
    const { study, families, budget } = this;
    this.busy = true;
    this.stale = false;
    this.asked = Date.now();
    const answers = await this.each(families, (family) => `/answer?family=${encodeURIComponent(family)}${budget == null ? "" : `&budgetFlops=${encodeURIComponent(budget)}`}`);
    if (study !== this.study) return;
    this.take({ answers: this.withKnown(families, answers, budget) });
    const backtests = await this.each(families, (family) => `/backtest?family=${encodeURIComponent(family)}`);
    if (study !== this.study) return;
    this.take({ backtests: backtests.filter(({ sheet }) => sheet).map(({ sheet }) => sheet) });
    const runs = await this.read("/run-forecasts");
    if (study !== this.study) return;
    if (runs.sheet) this.take({ runForecasts: runs.sheet });
    this.busy = false;
    this.again(answers.concat(backtests, runs), budget);
  }

  /** An answer to the same question that could not be had anew stays, with the reason. */
  withKnown(families, answers, budget) {
    const before = this.known?.budget === budget ? this.known : null;
    const sheets = answers.map((answer, i) => {
      const known = answer.lost && before?.sheets.find(({ family, sheet }) => family === families[i] && sheet);
      return known ? { ...known, lost: answer.lost } : { family: families[i], at: Date.now(), ...answer };
    });
    this.known = { budget, sheets };
    return this.known;
  }

  async each(families, path) {
    const all = [];
    for (const family of families) all.push(await this.read(path(family)));
    return all;
  }

  /** Asks again where an answer was of earlier losses, or none came; at once where a person asked for another budget meanwhile. */
  again(all, budget) {
    this.stale ||= all.some(({ sheet, lost }) => lost || sheet?.from?.current === false);
    if (this.stale) this.plan(budget === this.budget ? this.asked + LEAST_MILLIS - Date.now() : 0);
  }

  /** {sheet}, or {problem} where the service refuses the question, or {lost} where there is no answer to it now. */
  async read(path) {
    try {
      const response = await fetch(this.base + path, { headers: { Accept: "application/json" } });
      if (response.ok) return { sheet: await response.json() };
      const { detail } = await response.json();
      const refused = response.status === 400 || response.status === 422;
      return refused ? { problem: detail } : { lost: detail ?? `the server answered ${response.status}` };
    } catch (error) {
      return { lost: error instanceof SyntaxError ? "the server sent no answer" : "the server cannot be reached" };
    }
  }
}
