// All methods side by side: exponents with their intervals on one scale, and what they say together.

import { count, interval, MISSING, scientific, words } from "plm/format";
import { escape } from "plm/summary";

const WIDTH = 130;
const NAMES = { a1: "Envelope <small>approach 1</small>", a2: "IsoFLOP <small>approach 2</small>", a3: "Hoffmann <small>approach 3</small>", kaplan: "Kaplan <small>surface</small>", ln: "Loss of size <small>L(N)</small>", lc: "Loss of compute <small>L(C)</small>", repeated: "Repeated data <small>Muennighoff</small>" };
const MOST_NOTES = 3;

/** @param sheet of GET /studies/{id}/families, or nothing before the first fit */
export function showMethods(sheet, runs) {
  const section = document.getElementById("methods-section");
  section.hidden = !sheet?.fits?.length;
  if (section.hidden) return;
  const used = { a1: "curves", a2: "budgets", a3: "losses", kaplan: "losses", ln: "losses", lc: "envelope points", repeated: "losses" };
  document.querySelector("#methods tbody").innerHTML = sheet.fits
    .map((fit) => {
      const name = `<th scope="row">${NAMES[fit.method] ?? escape(fit.method)}</th>`;
      if (fit.outcome !== "FITTED") {
        return `<tr class="refused" data-method="${fit.method}">${name}<td colspan="2">${escape(words(fit.outcome))}</td><td class="n">${MISSING}</td><td>${escape(fit.reason)}</td></tr>`;
      }
      return `<tr data-method="${fit.method}">${name}${Object.keys(fit.estimates ?? {}).length ? `<td colspan="2">${law(fit.estimates)}</td>` : `<td>${forest(fit.a)}</td><td>${forest(fit.b)}</td>`}<td class="n">${fit.used} ${used[fit.method] ?? ""}</td><td>${notes(fit)}</td></tr>`;
    })
    .join("");
  showConsensus(sheet.consensus);
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
  const at = (value) => Math.min(1.06, Math.max(-0.06, value)) * WIDTH;
  const marks = [0, 0.5, 1].map((tick) => `<line class="rail" x1="${at(tick)}" x2="${at(tick)}" y1="1" y2="17"/>`).join("");
  return `<div class="forest"><svg viewBox="0 0 ${WIDTH} 18" role="img" aria-label="${estimate.value.toFixed(2)}, ${interval(estimate, (v) => v.toFixed(2))}">`
    + `<line class="rail" x1="0" x2="${WIDTH}" y1="9" y2="9"/>${marks}`
    + `<line class="span" x1="${at(estimate.low)}" x2="${at(estimate.high)}" y1="9" y2="9"/><circle class="mean" cx="${at(estimate.value)}" cy="9" r="4"/></svg>`
    + `<span><b>${estimate.value.toFixed(2)}</b> <small>${interval(estimate, (v) => v.toFixed(2))}</small></span></div>`;
}

function notes(fit) {
  const said = [];
  if (fit.convergence) {
    const { gradientNorm, shareAtBest, starts } = fit.convergence;
    const searches = starts > 1 ? `${Math.round(shareAtBest * 100)} % of ${starts} starts at the best, ` : "";
    said.push(`${searches}gradient ${scientific(gradientNorm, 1)}`);
  }
  said.push(...fit.flags.map((flag) => flag.sentence), ...fit.excluded);
  const more = said.length > MOST_NOTES ? ` <abbr title="${escape(said.slice(MOST_NOTES).join("; "))}">and ${said.length - MOST_NOTES} more</abbr>` : "";
  return escape(said.slice(0, MOST_NOTES).join("; ")) + more;
}

function showConsensus(consensus) {
  const line = document.getElementById("consensus");
  if (!consensus) line.textContent = "";
  else if (consensus.point) {
    const { nOpt, dOpt, budgetFlops } = consensus.point;
    line.textContent = `Consensus for ${scientific(budgetFlops)} FLOPs: ${count(nOpt.value)} parameters (${interval(nOpt, count)}) and ${count(dOpt.value)} tokens (${interval(dOpt, count)}).`;
  } else line.textContent = `No consensus for ${scientific(consensus.budgetFlops)} FLOPs: ${consensus.reason}.`;
}

/** The verdict on the family as a whole. */
export function showPooled(pooled) {
  document.getElementById("pooled").textContent = pooled ? `All runs together: ${words(pooled.verdict)}; ${pooled.reason}.` : "";
}
