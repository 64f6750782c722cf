// The progress bar, the cards with the results so far, and the method in words.

import { standing } from "plm/comparison";
import { count, duration, interval, nats, percent, scientific } from "plm/format";
import { firstOf, methodLabel, methodName, whisker } from "plm/methods";
import { escape, nameHtml, sentenceHtml, visible } from "plm/names";

const WHISKER = 66;
const MOST_CAVEATS = 2;

export function showProgress(study) {
  const share = study.expectedFlops > 0 ? Math.min(1, study.doneFlops / study.expectedFlops) : 0;
  const bar = document.getElementById("bar");
  bar.firstElementChild.style.width = `${share * 100}%`;
  bar.setAttribute("aria-valuenow", (share * 100).toFixed(1));
  set("percent", percent(share, 1));
  set("flops", `${scientific(study.doneFlops)} of ${scientific(study.expectedFlops)} FLOPs`);
  set("left", left(study));
}

function left(study) {
  if (study.imported) return "imported";
  if (study.state === "COMPLETED") return "finished";
  if (study.state === "STOPPED") return "stopped";
  return study.secondsLeft == null ? "estimating the time left" : `about ${duration(study.secondsLeft)} left`;
}

/**
 * The first thing that is read: a number stands here alone only where the methods agree on it.
 *
 * @param comparison with what needs no network, null for imported studies
 * @param sheet of the family, of GET /studies/{id}/families; nothing before the first fit
 */
export function showCards(study, members, sheet, frontier, comparison) {
  const best = members.filter((run) => run.lossNats != null).sort((one, other) => one.lossNats - other.lossNats)[0];
  const cards = [exponent("a", "N", sheet, frontier), exponent("b", "D", sheet, frontier), lowest(best, comparison), states(study)];
  document.getElementById("cards").innerHTML = cards
    .map(({ label, value, note, agreement = "" }) => `<div data-agreement="${agreement}"><h2>${label}</h2><p>${value}</p>${note}</div>`)
    .join("");
}

function exponent(name, quantity, sheet, frontier) {
  const label = `${quantity}<sub>opt</sub> ∝ C<sup>${name}</sup>`;
  const { together, byMethod } = sheet?.exponents?.[name] ?? { byMethod: {} };
  const answers = Object.entries(byMethod);
  if (!answers.length) {
    return { label, value: "cannot fit yet", note: small(sentenceHtml(frontier?.reason ?? "no fit has been computed")), agreement: "none" };
  }
  if (answers.length === 1) return alone(name, label, ...answers[0], sheet);
  const list = `<ul class="answers">${answers.map(([method, answer]) => line(method, answer, sheet)).join("")}</ul>`;
  const level = `${Math.round(answers[0][1].level * 100)} %`;
  if (together) {
    const note = `${interval(together, two)}: ${answers.length} methods agree, their ${level} intervals together${elsewhere(sheet)}`;
    return { label, value: `${name} = ${two(together.value)}`, note: small(note) + list, agreement: "agree" };
  }
  const range = { low: Math.min(...answers.map(([, one]) => one.low)), high: Math.max(...answers.map(([, one]) => one.high)) };
  return {
    label,
    value: `<span class="apart">methods disagree: ${name} from ${two(range.low)} to ${two(range.high)} by method</span>`,
    note: small(`${level} intervals that have no value in common`) + list,
    agreement: "disagree",
  };
}

/** One method's number, with its name and what has to be known of it. */
function alone(name, label, method, answer, sheet) {
  const caveats = caveatsOf(method, sheet);
  const said = caveats.length ? `<br><span class="caveats">${firstOf(caveats, MOST_CAVEATS, "; ")}</span>` : "";
  const note = `${Math.round(answer.level * 100)} % interval ${interval(answer, two)}, by the ${methodName(method, sheet.fits)} alone: no other method answers${said}`;
  return { label, value: `${name} = ${two(answer.value)}`, note: small(note), agreement: "single" };
}

function line(method, answer, sheet) {
  const caveats = caveatsOf(method, sheet);
  const notes = caveats.length ? ` <abbr tabindex="0" title="${escape(visible(caveats.join("; ")))}">${caveats.length === 1 ? "1 caveat" : `${caveats.length} caveats`}</abbr>` : "";
  return `<li data-method="${escape(method)}"><span>${escape(methodLabel(method, sheet.fits))}</span>${whisker(answer, WHISKER)}<b>${two(answer.value)}</b> <small><span>${interval(answer, two)}</span>${notes}</small></li>`;
}

function caveatsOf(method, sheet) {
  return (sheet.fits.find((fit) => fit.method === method)?.flags ?? []).map((flag) => flag.sentence);
}

/** Exponents may agree where sizes do not. */
function elsewhere({ consensus }) {
  return consensus && !consensus.point ? `; no common size at ${scientific(consensus.budgetFlops)} FLOPs` : "";
}

function two(value) {
  return value.toFixed(2);
}

function small(html) {
  return `<small>${html}</small>`;
}

function lowest(best, comparison) {
  const label = "Lowest loss now";
  if (!best) return { label, value: "–", note: small("no run can be smoothed yet") };
  const said = standing(best, comparison).map((words) => `; ${escape(words)}`).join("");
  return { label, value: `${nats(best.lossNats)} nats`, note: small(`${nameHtml(best.name)}${said}`) };
}

function states({ runs, imported }) {
  const names = { TRAINING: "training", COMPLETED: "completed", PLANNED: "planned", STOPPED: "stopped", DIVERGED: "diverged" };
  const parts = Object.entries(names)
    .map(([state, name]) => [runs.filter((run) => run.state === state).length, name])
    .filter(([number]) => number > 0)
    .map(([number, name]) => `${number} ${name}`);
  return { label: "Runs", value: `${runs.length}`, note: small(imported ? `from a file of ${imported.rows} rows` : parts.join(", ") || "none planned") };
}

/** @param sheet as of {@link showCards} */
export function showMethod(frontier, sheet) {
  set("method", frontier?.convention ? methodInWords(frontier, sheet?.fits) : "");
  document.getElementById("flags").innerHTML = (frontier?.flags ?? []).map((flag) => `<li>${sentenceHtml(flag.sentence)}</li>`).join("");
  const apart = ["a", "b"].some((name) => disagree(sheet?.exponents?.[name]));
  const note = document.getElementById("budget-note");
  note.textContent = frontier?.a ? `By the ${methodName(frontier.method, sheet?.fits)}${apart ? "; the methods disagree, see above" : ""}.` : "";
  note.classList.toggle("apart", apart);
  set("size-note", frontier?.a ? lawInWords(frontier, sheet?.fits, apart) : "Each line is a run's size over the FLOPs it has spent.");
}

function disagree(answers) {
  return answers != null && !answers.together && Object.keys(answers.byMethod).length > 1;
}

function lawInWords({ a, method }, fits, apart) {
  return `Bold: the best size at each compute. Band: ${methodName(method, fits)}, ${Math.round(a.level * 100)} %.${apart ? " The methods disagree." : ""}`;
}

function methodInWords(frontier, fits) {
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
  return `Method: ${methodName(frontier.method, fits)}. ${counted}; ${convention.tokens === "SEEN" ? "D counts tokens seen, repeats included" : "D as given"}; ${compute}. `
    + `Intervals by ${resamples} resamples over runs, seed ${seed}, from ${count(eventsSeen)} points.`;
}

function set(id, words) {
  const element = document.getElementById(id);
  if (element.textContent !== words) element.textContent = words;
}
