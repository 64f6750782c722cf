// The list of studies: the page that is shown while no study is chosen, and where to begin where there is none.

import { MISSING, nats, percent, words } from "plm/format";
import { escape, nameHtml } from "plm/names";
import { tagsHtml } from "plm/notes";

export class StudyList {
  constructor() {
    this.section = document.getElementById("studies-section");
    this.body = document.querySelector("#study-list tbody");
    this.start = document.getElementById("start");
    this.note = document.getElementById("studies-note");
    this.begin = document.getElementById("start-title");
    this.tags = new Map();
  }

  /** @param notes of GET /notes */
  tag(notes) {
    this.tags = new Map(notes.map((note) => [note.study, note.tags]));
    if (this.given) this.show(...this.given);
  }

  /**
   * @param studies of GET /studies; null where the service has not answered yet
   * @param wanted id of a study that an address names and that is not there, or null
   */
  show(studies, wanted, now = Date.now()) {
    this.given = [studies, wanted];
    if (!studies) return;
    this.section.hidden = !studies.length;
    this.note.hidden = !wanted;
    this.note.textContent = wanted ? `There is no study ${wanted} yet; it is opened as soon as it is planned.` : "";
    this.begin.textContent = studies.length ? "Begin another study" : "No study yet: three ways to begin";
    this.start.open ||= !studies.length;
    const html = newestFirst(studies).map((study) => rowHtml(study, now, this.tags.get(study.id) ?? [])).join("");
    if (this.html !== html) this.body.innerHTML = html;
    this.html = html;
  }
}

/** Studies that something happened to last come first; those of which nothing is known are last, in their order. */
export function newestFirst(studies) {
  const at = ({ updatedAt }) => (updatedAt ? Date.parse(updatedAt) : -Infinity);
  return [...studies].sort((one, other) => (at(other) > at(one) ? 1 : at(other) < at(one) ? -1 : 0));
}

/** The page of comparisons, with a study chosen where there is one. */
export function compareHref(study) {
  return `/compare.html${study ? `#${new URLSearchParams({ study })}` : ""}`;
}

function rowHtml(study, now, tags) {
  const share = study.expectedFlops > 0 ? Math.min(1, study.doneFlops / study.expectedFlops) : 0;
  return `<tr><th scope="row"><a href="#${escape(encodeURIComponent(study.id))}">${nameHtml(study.id)}</a> <span class="tags">${tagsHtml(tags)}</span>`
    + ` <a class="beside" href="${escape(compareHref(study.id))}" aria-label="compare ${escape(study.id)}">compare</a></th>`
    + `<td><span class="state" data-state="${escape(study.state)}">${escape(words(study.state))}</span></td>`
    + `<td class="n">${study.runsOver} / ${study.runs}</td><td class="n">${percent(share)}</td>`
    + `<td class="n">${best(study.best)}</td><td class="n">${study.updatedAt ? age(now - Date.parse(study.updatedAt)) : MISSING}</td>`
    + `<td>${study.imported ? "a file" : "trained here"}</td></tr>`;
}

/** Losses of families are of different quantities, so each has its own. */
function best(all) {
  if (!all.length) return MISSING;
  return all.map(({ family, name, lossNats }) => `<b>${nats(lossNats)}</b> <small>${nameHtml(name)}${all.length > 1 ? `, ${nameHtml(family)}` : ""}</small>`).join("");
}

/** Milliseconds as 5 s ago, 3 min ago, 2 h ago, 4 d ago. */
export function age(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 2 * 86400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86400)} d ago`;
}
