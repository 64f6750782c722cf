// All methods side by side: exponents with their intervals on one scale, and what they say together.

import { interval, MISSING, scientific, words } from "plm/format";
import { escape, sentenceHtml, visible } from "plm/names";

const WIDTH = 130;
const MOST_NOTES = 3;

/** What the service calls a method; methods that it does not name are called by their key. */
function wordsOf(method, fits) {
  return (fits ?? []).find((fit) => fit.method === method)?.words ?? { name: method, detail: "", sentence: method, used: "" };
}

/** A method in one word. @param fits of the family, which carry the words */
export function methodLabel(method, fits) {
  return wordsOf(method, fits).name;
}

/** A method in words. @param fits of the family, which carry the words */
export function methodName(method, fits) {
  return wordsOf(method, fits).sentence;
}

/** @param sheet of GET /studies/{id}/families, or nothing before the first fit */
export function showMethods(sheet) {
  const section = document.getElementById("methods-section");
  section.hidden = !sheet?.fits?.length;
  if (section.hidden) return;
  document.querySelector("#methods tbody").innerHTML = sheet.fits.map(row).join("");
  showAgreement(sheet.exponents);
}

function row(fit) {
  const name = `<th scope="row">${escape(fit.words.name)} <small>${escape(fit.words.detail)}</small></th>`;
  const begin = (kind) => `<tr class="${kind}" data-method="${escape(fit.method)}">${name}`;
  if (fit.outcome !== "FITTED") {
    return `${begin("refused")}<td colspan="2">${escape(words(fit.outcome))}</td><td class="n">${MISSING}</td><td>${sentenceHtml(fit.reason)}</td></tr>`;
  }
  const numbers = fit.a || !fit.estimates
    ? `<td>${forest(fit.a)}</td><td>${forest(fit.b)}</td>`
    : `<td colspan="2">${law(fit.estimates)}</td>`;
  return `${begin("fitted")}${numbers}<td class="n">${fit.used} ${escape(fit.words.used)}</td><td>${notes(fit)}</td></tr>`;
}

/** Coefficients of a law of the loss alone. */
function law(estimates) {
  const names = { E: "floor", exponent: "exponent", RD: "R<sub>D</sub>*", RN: "R<sub>N</sub>*" };
  return Object.entries(estimates)
    .filter(([name]) => names[name])
    .map(([name, estimate]) => `<div>${names[name]} <b>${estimate.value.toFixed(2)}</b>, ${interval(estimate, (v) => v.toFixed(2))}</div>`)
    .join("");
}

function forest(estimate) {
  if (!estimate) return MISSING;
  return `<div class="forest">${whisker(estimate, WIDTH)}<span><b>${estimate.value.toFixed(2)}</b> <small>${interval(estimate, (v) => v.toFixed(2))}</small></span></div>`;
}

/** An exponent and its interval on a scale from 0 to 1, as a drawing. */
export function whisker(estimate, width) {
  const at = (value) => (Math.min(1.06, Math.max(-0.06, value)) * width).toFixed(1);
  const rails = [0, 0.5, 1].map((tick) => `<line class="rail" x1="${at(tick)}" x2="${at(tick)}" y1="1" y2="17"/>`).join("");
  return `<svg class="whisker" width="${width}" height="18" viewBox="0 0 ${width} 18" role="img" aria-label="${estimate.value.toFixed(2)}, ${interval(estimate, (v) => v.toFixed(2))}">`
    + `<line class="rail" x1="0" x2="${width}" y1="9" y2="9"/>${rails}`
    + `<line class="span" x1="${at(estimate.low)}" x2="${at(estimate.high)}" y1="9" y2="9"/><circle class="mean" cx="${at(estimate.value)}" cy="9" r="4"/></svg>`;
}

function notes(fit) {
  const said = [];
  if (fit.convergence) {
    const { gradientNorm, shareAtBest, starts } = fit.convergence;
    const searches = starts > 1 ? `${Math.round(shareAtBest * 100)} % of ${starts} starts at the best, ` : "";
    said.push(`${searches}gradient ${scientific(gradientNorm, 1)}`);
  }
  said.push(...fit.flags.map((flag) => flag.sentence), ...fit.excluded);
  return firstOf(said, MOST_NOTES, "; ");
}

/** The first sentences as HTML, the others on hover. */
export function firstOf(sentences, most, between) {
  const rest = sentences.slice(most);
  const more = rest.length ? ` <abbr tabindex="0" title="${escape(visible(rest.join("; ")))}">and ${rest.length} more</abbr>` : "";
  return sentences.slice(0, most).map(sentenceHtml).join(between) + more;
}

/** Whether the intervals of the methods have a value in common; no number is made of them. */
function showAgreement(exponents) {
  const line = document.getElementById("agreement");
  const said = ["a", "b"].map((name) => [name, exponents?.[name]]).filter(([, answers]) => answers && Object.keys(answers.byMethod).length > 1);
  line.classList.toggle("apart", said.some(([, answers]) => !answers.together));
  line.textContent = said.map(([name, answers]) => agreement(name, answers)).join(" ");
}

function agreement(name, { together, byMethod }) {
  const answers = Object.values(byMethod);
  if (together) return `Of ${name} the intervals of ${answers.length} methods have a value in common.`;
  const low = Math.min(...answers.map((one) => one.low));
  const high = Math.max(...answers.map((one) => one.high));
  return `Of ${name} they have none: the methods disagree, from ${low.toFixed(2)} to ${high.toFixed(2)} by method.`;
}

/** The verdict on the family as a whole. */
export function showPooled(pooled) {
  document.getElementById("pooled").textContent = pooled ? visible(`All runs together: ${words(pooled.verdict)}; ${pooled.reason}.`) : "";
}
