// The table of predictions that were sealed before their outcome.

import { interval, nats } from "plm/format";
import { nameHtml, sentenceHtml } from "plm/names";

const REFRESH_MILLIS = 15_000;
const MOST_ROWS = 100;

export class PredictionTable {
  constructor() {
    this.section = document.getElementById("predictions-section");
    this.note = document.getElementById("predictions-note");
    this.body = document.querySelector("#predictions tbody");
  }

  /** Shows those of a study, and asks for news now and then. */
  follow(studyId) {
    clearInterval(this.timer);
    this.studyId = studyId;
    this.section.hidden = true;
    this.timer = setInterval(() => document.hidden || this.read(), REFRESH_MILLIS);
    this.read();
  }

  stop() {
    clearInterval(this.timer);
    this.studyId = null;
  }

  /** What is shown stays where the service has no answer now; the head of the page says that it is away. */
  async read() {
    const { studyId } = this;
    try {
      const response = await fetch(`/studies/${encodeURIComponent(studyId)}/predictions`, { headers: { Accept: "application/json" } });
      if (response.ok && studyId === this.studyId) this.show(await response.json());
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }

  /** @param sheet of GET /studies/{id}/predictions, or nothing */
  show(sheet) {
    const all = sheet?.predictions ?? [];
    this.section.hidden = !all.length;
    if (this.section.hidden) return;
    const rows = rowsOf(all);
    this.note.innerHTML = noteHtml(sheet, rows.length);
    this.body.innerHTML = rows.slice(-MOST_ROWS).reverse().map(rowHtml).join("");
  }
}

/** Those with an interval. */
export function rowsOf(all) {
  return all.filter((one) => one.forecast.lossNats);
}

function rowHtml({ name, stagePercent, forecast, outcomeNats, score }) {
  const { lossNats } = forecast;
  const inside = score ? (score.inside ? "yes" : "no") : "";
  return `<tr><td>${nameHtml(name)}</td><td class="n">${stagePercent}</td><td class="n"><b>${nats(lossNats.value)}</b><small>${interval(lossNats, nats)}</small></td>`
    + `<td class="n">${outcomeNats == null ? "" : nats(outcomeNats)}</td><td>${inside}</td></tr>`;
}

/** The sums, and what is not in the table. */
export function noteHtml({ summary, missed, reason }, identified) {
  const sentences = [`${summary.sealed} sealed, ${identified} of them with an interval.`];
  if (summary.scored) {
    sentences.push(`Of ${summary.scored} whose outcome is known ${Math.round(100 * summary.coverage)} % lie inside; median error ${nats(summary.medianErrorNats)} nats, mean interval score ${nats(summary.meanIntervalScoreNats)} nats.`);
  }
  if (identified < summary.sealed) sentences.push("The others say that too few final losses were known, or that the run is beyond what can be forecast.");
  if (identified > MOST_ROWS) sentences.push(`The last ${MOST_ROWS} are shown.`);
  if (missed.length) sentences.push(`${missed.length} ${missed.length === 1 ? "stage was" : "stages were"} missed.`);
  if (reason) sentences.push(`${sentenceHtml(reason)}.`);
  return sentences.join(" ");
}
