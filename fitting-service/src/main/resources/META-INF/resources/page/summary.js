// The progress bar, the cards with the results so far, and the method in words.

import { count, duration, nats, scientific } from "plm/format";

export function showProgress(study) {
  const share = study.expectedFlops > 0 ? Math.min(1, study.doneFlops / study.expectedFlops) : 0;
  const bar = document.getElementById("bar");
  bar.firstElementChild.style.width = `${share * 100}%`;
  bar.setAttribute("aria-valuenow", (share * 100).toFixed(1));
  set("percent", `${(share * 100).toFixed(share === 1 ? 0 : 1)} %`);
  set("flops", `${scientific(study.doneFlops)} of ${scientific(study.expectedFlops)} FLOPs`);
  set("left", left(study));
}

function left(study) {
  if (study.imported) return "imported";
  if (study.state === "COMPLETED") return "finished";
  if (study.state === "STOPPED") return "stopped";
  return study.secondsLeft == null ? "estimating the time left" : `about ${duration(study.secondsLeft)} left`;
}

export function showCards(study, members, frontier) {
  const best = members.filter((run) => run.lossNats != null).sort((one, other) => one.lossNats - other.lossNats)[0];
  const cards = [exponent("a", "N", frontier), exponent("b", "D", frontier), lowest(best, study.references), states(study)];
  document.getElementById("cards").innerHTML = cards.map(({ label, value, note }) => `<div><h2>${label}</h2><p>${value}</p><small>${note}</small></div>`).join("");
}

function exponent(name, quantity, frontier) {
  const label = `${quantity}<sub>opt</sub> ∝ C<sup>${name}</sup>`;
  const estimate = frontier?.[name];
  if (!estimate) return { label, value: "cannot fit yet", note: frontier?.reason ? escape(frontier.reason) : "no fit has been computed" };
  const range = `${Math.round(estimate.level * 100)} % interval ${estimate.low.toFixed(2)} to ${estimate.high.toFixed(2)}`;
  return { label, value: `${name} = ${estimate.value.toFixed(2)}`, note: `${range}, ${methodName(frontier.method)}` };
}

function lowest(best, references) {
  const label = "Lowest loss now";
  if (!best) return { label, value: "–", note: "no run can be smoothed yet" };
  const below = references ? references.unigramNats - best.lossNats : null;
  const against = below == null ? "" : `, ${Math.abs(below).toFixed(2)} ${below > 0 ? "below" : "above"} frequencies`;
  return { label, value: `${nats(best.lossNats)} nats`, note: `${escape(best.name)}${against}` };
}

function states({ runs, imported }) {
  const names = { TRAINING: "training", COMPLETED: "completed", PLANNED: "planned", STOPPED: "stopped", DIVERGED: "diverged" };
  const parts = Object.entries(names)
    .map(([state, name]) => [runs.filter((run) => run.state === state).length, name])
    .filter(([number]) => number > 0)
    .map(([number, name]) => `${number} ${name}`);
  return { label: "Runs", value: `${runs.length}`, note: imported ? `from a file of ${count(imported.rows)} rows` : parts.join(", ") || "none planned" };
}

export function showMethod(frontier) {
  set("method", frontier?.convention ? methodInWords(frontier) : "");
  document.getElementById("flags").innerHTML = (frontier?.flags ?? []).map((flag) => `<li>${escape(flag.sentence)}</li>`).join("");
  set("size-note", frontier?.a ? lawInWords(frontier) : "Each line is a run's size over the FLOPs it has spent.");
}

function lawInWords({ a, method }) {
  return `Bold: the best size at each compute. Line: ${methodName(method)}, a = ${a.value.toFixed(2)}, with its ${Math.round(a.level * 100)} % band.`;
}

function methodInWords(frontier) {
  const { convention, resamples, seed, eventsSeen } = frontier;
  const counted = {
    TABLE_6: "N counts embedding and head matrices but no biases and norms (Table 6)",
    EXACT: "N counts every trained number",
    NON_EMBEDDING: "N leaves the embeddings out",
    AS_GIVEN: "N as given",
  }[convention.parameters];
  const compute = {
    TABLE_5: "C is three forward passes of Table 5 without padding",
    EXECUTED: "C counts padding too",
    SIX_ND: "C is 6 N D",
    AS_GIVEN: "C as given",
    MIXED: "C as given in some runs, 6 N D in others",
  }[convention.compute];
  return `Method: ${methodName(frontier.method)}. ${counted}; ${convention.tokens === "SEEN" ? "D counts tokens seen, repeats included" : "D as given"}; ${compute}. `
    + `Intervals by ${resamples} resamples over runs, seed ${seed}, from ${count(eventsSeen)} points.`;
}

export function methodName(method) {
  return { a1: "lower envelope of the smoothed curves (approach 1)", a2: "IsoFLOP parabolas (approach 2)", a3: "parametric fit (approach 3)", kaplan: "Kaplan's form" }[method] ?? method;
}

function set(id, words) {
  const element = document.getElementById(id);
  if (element.textContent !== words) element.textContent = words;
}

export function escape(words) {
  return words.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
}
