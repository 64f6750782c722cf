// The answer to one question: for a budget, which size, how many tokens, which loss.

import { count, duration, interval, nats, scientific, short } from "plm/format";
import { nameHtml, sentenceHtml, visible } from "plm/names";

const LAWS = { HOFFMANN: "Hoffmann's law", TIED: "Hoffmann's law with alpha = beta" };

/** A budget as people write it: 1e15, 3 × 10^15, 3,000,000; null where it is no positive number. */
export function budgetOf(text) {
  const plain = text.replace(/[\s,_]/g, "").replace(/[×x*]10(\^|\*\*)?/i, "e").replace(/^10\^/, "1e");
  const value = plain === "" ? NaN : Number(plain);
  return value > 0 && Number.isFinite(value) ? value : null;
}

/** The field in which a person sets the budget. */
export class BudgetField {
  /** @param ask called with FLOPs, or with null for ten times what was trained; nothing in a report */
  constructor(ask) {
    this.ask = ask;
    this.field = document.getElementById("answer-budget");
    this.usual = document.getElementById("answer-usual");
    this.problem = document.getElementById("answer-problem");
    this.field.readOnly = !ask;
    this.field.addEventListener("input", () => this.typed());
    document.getElementById("answer-form").addEventListener("submit", (event) => event.preventDefault());
    this.usual.addEventListener("click", () => {
      this.field.value = "";
      this.typed();
    });
  }

  typed() {
    const text = this.field.value.trim();
    const budget = text ? budgetOf(text) : null;
    const bad = Boolean(text) && budget == null;
    this.usual.hidden = !text;
    this.problem.hidden = !bad;
    this.problem.textContent = bad ? `'${text}' is no number of FLOPs, as 3e15 is` : "";
    if (!bad) this.ask(budget);
  }

  /** @param budgetFlops that is answered where none is asked */
  show(budgetFlops) {
    this.field.placeholder = budgetFlops ? budgetFlops.toExponential(1).replace("+", "") : "";
  }
}

/**
 * One line per family.
 *
 * @param answers {budget, sheets: [{family, at, sheet | problem | lost}]}
 * @param field the budget's
 * @param live whether its age is shown
 */
export function showAnswer(answers, field, live) {
  const sheets = answers?.sheets ?? [];
  document.getElementById("answer-lines").innerHTML = sheets.length
    ? sheets.map((one) => line(one, sheets.length > 1)).join("")
    : `<p class="undecided">not decided yet <small>no fit has been computed</small></p>`;
  const asked = sheets.find(({ sheet }) => sheet)?.sheet;
  if (answers?.budget == null) field.show(sheets.length === 1 ? asked?.budgetFlops : null);
  document.getElementById("answer-from").textContent = sheets.map(({ sheet }) => basis(sheet)).filter(Boolean).join(" ");
  showAge(answers, live);
}

/** How old what is shown is; called every second. */
export function showAge(answers, live) {
  const first = answers?.sheets.find(({ sheet }) => sheet?.from);
  const seconds = first && live ? first.sheet.from.ageSeconds + (Date.now() - first.at) / 1000 : null;
  const lost = answers?.sheets.find((one) => one.lost)?.lost;
  const words = [seconds == null ? "" : `computed ${seconds < 1 ? "just now" : `${duration(seconds)} ago`}`, lost ? `no newer answer: ${lost}` : ""].filter(Boolean).join("; ");
  const element = document.getElementById("answer-age");
  if (element.textContent !== words) element.textContent = words;
}

function line({ family, sheet, problem, lost }, several) {
  const name = several ? `<h3>${nameHtml(family)}</h3>` : "";
  if (!sheet) return `<div class="line">${name}<p class="undecided">no answer <small>${sentenceHtml(problem ?? lost)}</small></p></div>`;
  if (!sheet.best) return `<div class="line">${name}<p class="undecided">not decided yet <small>${sentenceHtml(sheet.reason ?? "")}</small></p>${deciding(sheet.decidingRuns)}</div>`;
  const { best, budgetFlops, from } = sheet;
  const numbers = [
    ["parameters", best.parameters, count],
    ["tokens", best.tokens, count],
    ["tokens per parameter", best.tokensPerParameter, count],
    ["nats", best.lossNats, nats],
  ].map(([unit, estimate, format]) => `<li><b>${format(estimate.value)}</b> ${unit}<small>${interval(estimate, format)}</small></li>`).join("");
  const question = several ? `<p class="question">${scientific(budgetFlops)} FLOPs, ${times(from.beyond)} what was trained</p>` : "";
  return `<div class="line">${name}${question}<ul class="numbers">${numbers}</ul><ul class="basin"><li>half the size: ${cost(best.halfSize)}</li>`
    + `<li>twice the size: ${cost(best.twiceSize)}</li></ul>${best.warning ? `<p class="deciding">${sentenceHtml(best.warning)}</p>` : ""}${deciding(sheet.decidingRuns)}</div>`;
}

/** Runs that would make the answer more certain; where nothing is forecast yet, those that together would be enough. */
function deciding(runs) {
  if (!runs?.length) return "";
  const words = runs.map(({ parameters, tokens, computeFlops, widthBefore, widthAfter }) => `<li>${count(parameters)} parameters, ${count(tokens)} tokens: ${scientific(computeFlops)} FLOPs`
    + `${widthAfter ? ` <small>parameters within a factor of ${widthAfter.toFixed(1)} instead of ${widthBefore.toFixed(1)}</small>` : ""}</li>`).join("");
  return `<p class="deciding">${runs[0].widthAfter ? "Runs that would make it more certain, each alone" : "Runs that would be enough, together"}</p><ul class="deciding">${words}</ul>`;
}

/** A worse loss in nats, and as the budget that is wasted, both with their intervals. @param size of the answer, half or twice the best */
export function cost({ costsNats, computeShare, computeShareLow, computeShareHigh }) {
  const better = costsNats.low < 0 ? "; it may be better" : "";
  return `<b>${signed(costsNats.value)}</b> nats <small>${interval(costsNats, signed)}, as if ${wasted(computeShare)} of the budget were wasted, `
    + `${wasted(computeShareHigh)} to ${wasted(computeShareLow)}${better}</small>`;
}

function signed(value) {
  return `${value < 0 ? "−" : "+"}${nats(Math.abs(value))}`;
}

/** What is not needed of a budget. @param share that is; null where it is next to nothing */
function wasted(share) {
  return share == null ? "more than 99.99 %" : `${(100 * (1 - share)).toFixed(share > 0.99 && share < 1 ? 1 : 0)} %`;
}

function basis(sheet) {
  if (!sheet?.from) return "";
  const { from, best, budgetFlops, family } = sheet;
  const level = best ? ` ${Math.round(best.parameters.level * 100)} % intervals count the laws' own errors.` : "";
  return `${visible(family)}: ${scientific(budgetFlops)} FLOPs as 6 N D, ${times(from.beyond)} what was trained, from ${from.losses} final losses.${level}`;
}

function times(beyond) {
  return `${short(Number(beyond.toPrecision(2)))} times`;
}

/** The laws that forecasts are made with, in the methods' place for what they say together. @param sheet of the family's answer */
export function showWeights(sheet) {
  const weights = Object.entries(sheet?.from?.weights ?? {}).sort(([, one], [, other]) => other - one);
  const shares = weights.map(([law, share]) => `${LAWS[law] ?? law} ${Math.round(share * 100)} %`);
  document.getElementById("weights").textContent = shares.length
    ? `The answer does not average these methods. It weighs ${shares.join(" and ")}, by how well each would have predicted this study's own past.`
    : "";
}
