// Known models on the frontier, and the runs on which the exponent hangs.

import { count, interval, MISSING, scientific, words } from "plm/format";
import { escape } from "plm/summary";

const MOST_INFLUENCES = 8;

/** @param catalog {placed: [{name, parameters, tokens, computeFlops, source, places}], outside} */
export function showModels(catalog) {
  const section = document.getElementById("models-section");
  section.hidden = !catalog;
  if (section.hidden) return;
  section.querySelector(".scroll").hidden = !catalog.placed.length;
  const rows = catalog.placed.flatMap((model) => model.places.map((place, i) => row(model, place, i === 0 ? model.places.length : 0)));
  document.querySelector("#models tbody").innerHTML = rows.join("");
  document.getElementById("models-note").textContent = catalog.outside > 0 ? `${catalog.outside} ${catalog.placed.length ? "further " : ""}known models lie too far outside the observed compute to be placed.` : "";
}

function row(model, place, span) {
  const head = span
    ? `<th scope="row" rowspan="${span}" title="${escape(model.source)}">${escape(model.name)}</th><td class="n" rowspan="${span}">${count(model.parameters)}</td>`
      + `<td class="n" rowspan="${span}">${count(model.tokens)}</td><td class="n" rowspan="${span}">${scientific(model.computeFlops)}</td>`
    : "";
  const factor = (value) => (value >= 100 || value < 0.01 ? scientific(value) : value.toPrecision(2));
  const where = place.extrapolated ? ", outside the observed box" : "";
  return `<tr>${head}<td>${place.method}</td><td><span class="standing" data-standing="${place.standing}">${words(place.standing)}</span>${where}</td>`
    + `<td class="n"><b>${factor(place.tokenFactor.value)}</b><small>${interval(place.tokenFactor, factor)}</small></td></tr>`;
}

/** @param influence {reason, runs: [{run, name, a, shiftOfA, reason}]} */
export function showInfluence(influence) {
  const section = document.getElementById("influence-section");
  section.hidden = !influence?.runs?.some((one) => one.a != null);
  if (section.hidden) return;
  document.querySelector("#influence tbody").innerHTML = influence.runs
    .slice(0, MOST_INFLUENCES)
    .map((one) => `<tr><th scope="row">${escape(one.name)}</th><td class="n">${one.a == null ? escape(one.reason ?? MISSING) : one.a.toFixed(3)}</td>`
      + `<td class="n">${one.a == null ? MISSING : (one.shiftOfA > 0 ? "+" : "") + one.shiftOfA.toFixed(3)}</td></tr>`)
    .join("");
}
