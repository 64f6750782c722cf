// Known models on the frontier, one row each, and the runs on which the exponent hangs.

import { count, interval, MISSING, scientific, words } from "plm/format";
import { methodLabel } from "plm/methods";
import { escape, nameHtml, sentenceHtml } from "plm/names";

const MOST_INFLUENCES = 8;
const SIGNS = { OVER_TRAINED: "▲", UNDER_TRAINED: "▼", OPTIMAL_WITHIN_INTERVAL: "≈" };

/**
 * @param catalog {placed: [{name, parameters, tokens, computeFlops, source, places}], outside}
 * @param fits of the family, in the order of the methods
 */
export function showModels(catalog, fits) {
  const section = document.getElementById("models-section");
  section.hidden = !catalog;
  if (section.hidden) return;
  section.querySelector(".scroll").hidden = !catalog.placed.length;
  const used = new Set(catalog.placed.flatMap((model) => model.places.map((place) => place.method)));
  const methods = (fits ?? []).map((fit) => fit.method).filter((method) => used.has(method));
  document.querySelector("#models thead tr").innerHTML = `<th scope="col">Model</th><th scope="col" class="n">Parameters</th><th scope="col" class="n">Tokens</th>`
    + `<th scope="col" class="n">6ND <small>FLOPs</small></th><th scope="col">Standing</th>`
    + methods.map((method) => `<th scope="col" class="n">${escape(methodLabel(method, fits))} <small>D/D<sub>opt</sub></small></th>`).join("");
  document.querySelector("#models tbody").innerHTML = catalog.placed.map((model) => row(model, methods)).join("");
  document.getElementById("models-note").textContent = note(catalog);
}

function row(model, methods) {
  const cells = methods.map((method) => cell(model.places.find((place) => place.method === method)));
  return `<tr><th scope="row" title="${escape(model.source)}">${escape(model.name)}</th><td class="n">${count(model.parameters)}</td>`
    + `<td class="n">${count(model.tokens)}</td><td class="n">${scientific(model.computeFlops)}</td><td>${standing(model.places)}</td>${cells.join("")}</tr>`;
}

/** What all methods say, or that they contradict each other. */
function standing(places) {
  const said = new Set(places.map((place) => place.standing));
  if (said.size > 1) return `<span class="standing" data-standing="DISAGREE">methods disagree</span>`;
  const [only] = said;
  return `<span class="standing" data-standing="${escape(only)}">${SIGNS[only] ?? ""} ${escape(words(only))}</span>`;
}

function cell(place) {
  if (!place) return `<td class="n">${MISSING}</td>`;
  const outside = place.extrapolated ? `<abbr title="outside the observed compute">†</abbr>` : "";
  return `<td class="n place"><span class="standing" data-standing="${escape(place.standing)}" title="${escape(words(place.standing))}">${SIGNS[place.standing] ?? ""}</span>`
    + ` <b>${factor(place.tokenFactor.value)}</b>${outside} <small>${interval(place.tokenFactor, factor)}</small></td>`;
}

function factor(value) {
  if (value >= 1e4 || value < 0.01) return scientific(value);
  return value >= 99.5 ? value.toFixed(0) : value.toPrecision(2);
}

function note({ placed, outside }) {
  const legend = placed.length
    ? "Tokens of the model over those that are optimal at its compute, by each method: ▲ over-trained; ▼ under-trained; ≈ optimal within the interval; † outside the observed compute; – not placed. "
    : "";
  return legend + (outside > 0 ? `${outside} ${placed.length ? "further " : ""}known models lie too far outside the observed compute to be placed.` : "");
}

/** @param influence {outcome, reason, runs: [{run, name, a, shiftOfA, reason}]} */
export function showInfluence(influence) {
  const section = document.getElementById("influence-section");
  const known = influence?.runs?.some((one) => one.a != null);
  section.hidden = !known && !influence?.reason;
  if (section.hidden) return;
  section.querySelector(".scroll").hidden = !known;
  const shown = influence.runs.slice(0, MOST_INFLUENCES);
  const all = influence.runs.length;
  document.getElementById("influence-note").innerHTML = known
    ? (all > shown.length ? `The ${shown.length} that move it most, of ${all}.` : "")
    : `Not computed: ${sentenceHtml(influence.reason)}.`;
  document.querySelector("#influence tbody").innerHTML = known ? shown.map(influenceRow).join("") : "";
}

function influenceRow(one) {
  return `<tr><th scope="row">${nameHtml(one.name)}</th><td class="n">${one.a == null ? sentenceHtml(one.reason ?? MISSING) : one.a.toFixed(3)}</td>`
    + `<td class="n">${one.a == null ? MISSING : (one.shiftOfA > 0 ? "+" : "") + one.shiftOfA.toFixed(3)}</td></tr>`;
}
