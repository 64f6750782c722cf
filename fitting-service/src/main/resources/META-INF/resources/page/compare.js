// Starts the page of comparisons: what is chosen stands in the address, and what the service answers is asked for anew every half minute.

import { BudgetField } from "plm/answer";
import { ComparePlot } from "plm/compareplot";
import { budgetText, choicesOf, hashOf, isEnough, memberOf, MOST, requestOf, stateOf } from "plm/comparestate";
import { caveatsHtml, comparisonRows, differencesHead, differencesHtml, membersHtml, verdictsHtml } from "plm/comparetables";
import { Connection } from "plm/connection";
import { button } from "plm/controls";
import { offerExports } from "plm/exports";
import { nameHtml } from "plm/names";
import { backoff } from "plm/stream";

const REFRESH_MILLIS = 30_000;

/** A budget is asked for when nothing was typed for so long. */
const TYPING_MILLIS = 350;

class ComparePage {
  constructor() {
    this.studies = null;
    this.answer = null;
    this.said = undefined;
    this.failures = 0;
    this.state = stateOf(location.hash);
    this.connection = new Connection(() => this.look());
    this.adder = document.getElementById("compare-add");
    this.chosen = document.getElementById("compare-chosen");
    this.problem = document.getElementById("compare-problem");
    this.hint = document.getElementById("compare-hint");
    this.panel = document.getElementById("compare-answer");
    this.results = document.getElementById("compare-results");
    this.field = new BudgetField((budget) => this.typed(budget));
    this.field.field.value = budgetText(this.state.budget);
    this.field.usual.hidden = this.state.budget == null;
    this.adder.addEventListener("change", () => this.adder.value && this.change({ members: [...this.state.members, this.adder.value] }));
    for (const axis of ["x", "y"]) {
      const select = document.getElementById(`compare-${axis}scale`);
      select.addEventListener("change", () => this.rescale({ [`${axis}Scale`]: select.value }));
    }
    const figure = document.getElementById("compare-figure");
    offerExports(figure, () => comparisonRows(this.answer), () => "comparison");
    addEventListener("hashchange", () => this.go());
    document.addEventListener("visibilitychange", () => document.hidden || this.look());
    this.connection.show("connecting");
    document.body.dataset.shown = "compare";
    this.offer();
    this.look();
  }

  /** To what the address asks for. */
  go() {
    const before = requestOf(this.state);
    this.state = stateOf(location.hash);
    this.field.field.value = budgetText(this.state.budget);
    this.field.usual.hidden = this.state.budget == null;
    this.offer();
    if (requestOf(this.state) !== before) this.look();
    else this.draw();
  }

  change(part) {
    this.state = { ...this.state, ...part };
    this.keep();
    this.offer();
    this.look();
  }

  rescale(part) {
    this.state = { ...this.state, ...part };
    this.keep();
    this.draw();
  }

  typed(budget) {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.change({ budget }), TYPING_MILLIS);
  }

  /** Where the address cannot be changed, as in some frames, the page works without a link. */
  keep() {
    try {
      history.replaceState(null, "", hashOf(this.state));
    } catch (error) {
      if (error.name !== "SecurityError") throw error;
    }
  }

  /** Asks the service; a page that nobody sees asks for nothing. */
  async look() {
    clearTimeout(this.timer);
    if (document.hidden) return;
    const turn = Symbol("turn");
    this.turn = turn;
    const listed = await read("/studies");
    if (this.turn !== turn) return;
    this.studies = listed.body ?? this.studies;
    this.offer();
    const enough = isEnough(this.state.members, this.studies);
    const told = enough && !listed.lost ? await read(requestOf(this.state)) : {};
    if (this.turn !== turn) return;
    const lost = listed.lost ?? told.lost;
    this.failures = lost ? this.failures + 1 : 0;
    const pause = lost ? backoff(this.failures) : REFRESH_MILLIS;
    this.since = lost ? (this.since ?? Date.now()) : null;
    if (lost) this.connection.show("lost", { since: this.since, reason: lost, next: Date.now() + pause });
    else this.take(told, enough);
    this.timer = setTimeout(() => this.look(), pause);
  }

  take({ body, text, problem }, enough) {
    this.connection.show("live");
    this.hint.hidden = enough;
    this.panel.hidden = !enough;
    this.problem.hidden = !problem;
    this.problem.textContent = problem ?? "";
    this.results.hidden = !body;
    if (this.said === text) return;
    this.said = text;
    this.answer = body ?? null;
    this.show();
  }

  show() {
    const { answer } = this;
    document.getElementById("compare-verdicts").innerHTML = answer ? verdictsHtml(answer) : "";
    document.getElementById("compare-caveats").innerHTML = answer ? caveatsHtml(answer) : "";
    if (!answer) return;
    document.getElementById("compare-intervals").textContent = answer.intervals;
    document.querySelector("#compare-members tbody").innerHTML = membersHtml(answer);
    document.querySelector("#compare-differences thead").innerHTML = differencesHead(answer);
    document.querySelector("#compare-differences tbody").innerHTML = differencesHtml(answer);
    document.getElementById("compare-legend").innerHTML = answer.members.map(({ name }, place) => `<span><i class="c${place + 1}"></i>${nameHtml(name)}</span>`).join("");
    if (this.state.budget == null) this.field.show(answer.budgetFlops);
    this.draw();
  }

  /** The plot is made when it is first seen: before, it has no size. */
  draw() {
    for (const axis of ["x", "y"]) document.getElementById(`compare-${axis}scale`).value = this.state[`${axis}Scale`];
    if (!this.answer) return;
    this.plot ??= new ComparePlot(document.getElementById("compare-plot"));
    this.plot.show(this.answer, { x: this.state.xScale, y: this.state.yScale });
  }

  /** What is chosen, and what can be added. Only where that is something else, so that the focus stays. */
  offer() {
    const { members } = this.state;
    const groups = choicesOf(this.studies ?? [], members);
    const said = JSON.stringify([members, groups]);
    if (this.offered === said) return;
    this.offered = said;
    const full = members.length >= MOST;
    this.adder.disabled = full;
    this.adder.replaceChildren(new Option(full ? `at most ${MOST}` : "add a study", ""), ...groups.flatMap(({ study, choices }) => (choices.length === 1 ? options(choices) : [group(study, choices)])));
    this.chosen.replaceChildren(...members.map((key, place) => this.chip(key, place)));
  }

  chip(key, place) {
    const { study, family } = memberOf(key);
    const name = family == null ? study : `${study}, ${family}`;
    const item = document.createElement("li");
    item.innerHTML = nameHtml(name);
    if (place === 0) item.append(note("the others are compared with it"));
    else item.append(button("first", `first: compare the others with ${name}`, () => this.change({ members: [key, ...this.state.members.filter((one) => one !== key)] })));
    item.append(button("×", `leave out ${name}`, () => this.change({ members: this.state.members.filter((one) => one !== key) })));
    return item;
  }
}

function options(choices) {
  return choices.map(({ key, words }) => new Option(words, key));
}

function group(study, choices) {
  const made = document.createElement("optgroup");
  made.label = study;
  made.append(...options(choices));
  return made;
}

function note(words) {
  const made = document.createElement("small");
  made.textContent = words;
  return made;
}

/** {body, text}, {problem} where the service refuses with a reason, or {lost} where there is no answer. */
async function read(address) {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    const text = await response.text();
    if (response.ok) return { body: JSON.parse(text), text };
    if (response.status >= 500) return { lost: `the server answered ${response.status}` };
    return { problem: detailOf(text) ?? `the server answered ${response.status}` };
  } catch (error) {
    return { lost: error instanceof SyntaxError ? "the server sent something unreadable" : "the server cannot be reached" };
  }
}

function detailOf(text) {
  try {
    return JSON.parse(text).detail ?? null;
  } catch {
    return null;
  }
}

new ComparePage();
