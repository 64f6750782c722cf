// Members of a comparison and how they differ, as sentences and tables.

import { count, interval, MISSING, nats, scientific, short } from "plm/format";
import { escape, nameHtml, sentenceHtml, visible } from "plm/names";

/** A difference with its sign. */
export function signed(value, digits = 3) {
  const text = Math.abs(value).toFixed(digits);
  return Number(text) === 0 ? text : `${value < 0 ? "−" : "+"}${text}`;
}

/** A factor, as 2.04 or 0.0021. */
export function times(value) {
  return value >= 1000 || value < 0.01 ? scientific(value) : String(Number(value.toPrecision(3)));
}

/** The verdicts in words, each with its numbers. @param answer of GET /comparisons */
export function verdictsHtml({ differences }) {
  return differences.map(({ verdict, sentence }) => `<p class="told" data-verdict="${escape(verdict)}">${sentenceHtml(sentence)}</p>`).join("");
}

export function caveatsHtml({ caveats }) {
  return caveats.map((caveat) => `<li>${sentenceHtml(caveat)}</li>`).join("");
}

/** Rows of the table of members. */
export function membersHtml({ members }) {
  return members.map((member, place) => {
    const { study, corpora, recipes, runs, runsOver, mostComputeFlops, atBudget, reason } = member;
    const trained = `<td class="n">${runsOver} / ${runs}</td><td class="n">${sizes(member.sizes)}</td><td class="n">${scientific(mostComputeFlops)}</td>`;
    const ahead = atBudget
      ? `${cell(atBudget.lossNats, nats)}${size(atBudget.parameters, atBudget.sizeReason)}${size(atBudget.tokens, atBudget.sizeReason)}`
      : `<td colspan="3" class="why">${sentenceHtml(reason ?? "")}</td>`;
    return `<tr><th scope="row"><i class="swatch c${place + 1}" aria-hidden="true"></i><a class="run" href="/#${escape(encodeURIComponent(study))}">${nameHtml(member.name)}</a></th>`
      + `<td>${names(corpora)}</td><td>${names(recipes)}</td>${trained}${ahead}</tr>`;
  }).join("");
}

function names(all) {
  return all.length ? all.map(nameHtml).join(", ") : MISSING;
}

function sizes(all) {
  if (!all.length) return MISSING;
  const range = all.length === 1 ? short(all[0]) : `${short(all[0])} to ${short(all.at(-1))}`;
  return `${range}<small>${all.length} ${all.length === 1 ? "size" : "sizes"}</small>`;
}

function size(estimate, reason) {
  return estimate ? cell(estimate, count) : `<td class="n" title="${escape(visible(reason ?? ""))}">${MISSING}</td>`;
}

function cell(estimate, format, strong = false) {
  return `<td class="n${strong ? " strong" : ""}">${format(estimate.value)}<small>${interval(estimate, format)}</small></td>`;
}

/** The header of the table of differences. */
export function differencesHead({ members }) {
  const columns = members.map(({ name }, place) => `<th scope="col" class="n"><i class="swatch c${place + 1}" aria-hidden="true"></i>${nameHtml(name)}${place ? " <small>less the first</small>" : ""}</th>`);
  return `<tr><th scope="col">Quantity</th>${columns.join("")}</tr>`;
}

/** Rows of the table of differences: a column for what the first has, and one per difference from it. */
export function differencesHtml(answer) {
  const { members: [first], differences, methods } = answer;
  const loss = row("Loss <small>nats, at the budget</small>", own(first.atBudget?.lossNats, nats, first.reason), differences.map(({ lossNats, reason }) => difference(lossNats, 0, (value) => signed(value, 4), reason)));
  const compute = row("Compute <small>of the first for that loss, times the budget</small>", `<td class="n">1</td>`, differences.map(({ computeFactor, reason }) => difference(computeFactor, 1, times, reason)));
  const exponents = methods.flatMap((method) => ["a", "b"].map((letter) => row(
    `<var>${letter}</var> ${escape(method.name)} <small>${escape(method.detail)}</small>`,
    own(first.exponents[method.key]?.[letter], (value) => value.toFixed(3), why(letter, first.exponents[method.key])),
    differences.map(({ exponents: all }) => difference(all[method.key]?.[letter], 0, signed, why(letter, all[method.key]))),
  )));
  return [loss, compute, ...exponents].join("");
}

/** Both exponents are missing for one reason, which stands once. */
function why(letter, exponents) {
  return letter === "a" ? exponents?.reason : null;
}

function row(head, first, others) {
  return `<tr><th scope="row">${head}</th>${first}${others.join("")}</tr>`;
}

function own(estimate, format, reason) {
  return estimate ? cell(estimate, format) : missing(reason);
}

/** Strong where the interval leaves out the value that stands for no difference. */
function difference(estimate, none, format, reason) {
  return estimate ? cell(estimate, (value) => format(value), none < estimate.low || none > estimate.high) : missing(reason);
}

function missing(reason) {
  return `<td class="n why">${reason ? sentenceHtml(reason) : MISSING}</td>`;
}

/** All that is drawn, a row per point, for CSV. */
export function comparisonRows({ members, budgetFlops }) {
  const rows = [["member", "kind", "flops_6nd", "parameters", "tokens", "loss_nats", "low", "high"]];
  for (const { name, finals, envelope, law, atBudget } of members) {
    for (const { computeFlops, parameters, tokens, lossNats } of finals) rows.push([name, "final", computeFlops, parameters, tokens, lossNats, null, null]);
    for (const { computeFlops, lossNats } of envelope) rows.push([name, "envelope", computeFlops, null, null, lossNats, null, null]);
    for (const { computeFlops, lossNats } of law) rows.push([name, "least loss", computeFlops, null, null, lossNats.value, lossNats.low, lossNats.high]);
    if (atBudget) rows.push([name, "at the budget", budgetFlops, atBudget.parameters?.value, atBudget.tokens?.value, atBudget.lossNats.value, atBudget.lossNats.low, atBudget.lossNats.high]);
  }
  return rows;
}
