// The progress bar, the cards with the results so far, and the method in words.

import { standing } from "plm/comparison";
import { count, duration, nats, percent, scientific } from "plm/format";
import { methodName } from "plm/methods";
import { escape, nameHtml, sentenceHtml } from "plm/names";

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

/** @param comparison with what needs no network, null for imported studies */
export function showCards(study, members, comparison) {
  const best = members.filter((run) => run.lossNats != null).sort((one, other) => one.lossNats - other.lossNats)[0];
  const cards = [lowest(best, comparison), states(study)];
  document.getElementById("cards").innerHTML = cards.map(({ label, value, note }) => `<div><h2>${label}</h2><p>${value}</p>${note}</div>`).join("");
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

/** @param sheet of the family, of GET /studies/{id}/families; nothing before the first fit */
export function showMethod(frontier, sheet) {
  set("method", frontier?.convention ? methodInWords(frontier, sheet?.fits) : "");
  document.getElementById("flags").innerHTML = (frontier?.flags ?? []).map((flag) => `<li>${sentenceHtml(flag.sentence)}</li>`).join("");
  const apart = ["a", "b"].some((name) => disagree(sheet?.exponents?.[name]));
  const note = document.getElementById("budget-note");
  note.textContent = frontier?.a ? `By the ${methodName(frontier.method, sheet?.fits)}${apart ? "; the methods disagree, see there" : ""}.` : "";
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
