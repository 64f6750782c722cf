// Published studies beside this one: their tables and figures, row by row, and what is known against them.

import { interval, MISSING, scientific } from "plm/format";
import { escape, nameHtml, sentenceHtml } from "plm/names";

const REFRESH_MILLIS = 30_000;

/** Numbers of a paper range from exponents to sizes of 10^12. */
export function numberOf(value) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e4 ? String(Number(value.toPrecision(3))) : scientific(value);
}

function hereHtml({ here, words, reason }) {
  if (here) return `<b>${escape(numberOf(here.value))}</b> <small>${escape(interval(here, numberOf))}</small>`;
  if (words) return escape(words);
  return `<span class="quiet">${reason ? sentenceHtml(reason) : MISSING}</span>`;
}

/** @param several whether the study has several families, so that each table says of which it is */
export function paperHtml({ title, family, rows, caveats }, several) {
  const lines = rows.map((row) => `<tr><td>${escape(row.place)}</td><td>${escape(row.quantity)}</td><td class="n">${escape(row.published)}</td><td>${hereHtml(row)}</td></tr>`).join("");
  const known = caveats.map((caveat) => `<li>${escape(caveat)}</li>`).join("");
  return `<h3>${escape(title)}${several ? ` <small>beside ${nameHtml(family)}</small>` : ""}</h3>`
    + `<div class="scroll" tabindex="0" role="region" aria-label="${escape(title)}, scrollable"><table><thead><tr><th scope="col">Place</th><th scope="col">Quantity</th>`
    + `<th scope="col" class="n">Published</th><th scope="col">Here</th></tr></thead><tbody>${lines}</tbody></table></div><ul class="caveats">${known}</ul>`;
}

export class Papers {
  /** @param read gives a promise of the papers, or null where there are none; called only while the section is open */
  constructor(read) {
    this.read = read;
    this.section = document.getElementById("papers");
    this.body = document.getElementById("papers-body");
    this.section.addEventListener("toggle", () => this.look());
    this.look();
  }

  /** Another study. */
  clear() {
    clearTimeout(this.timer);
    this.body.textContent = "";
    this.look();
  }

  async look() {
    clearTimeout(this.timer);
    if (!this.section.open) return;
    const papers = document.hidden ? null : await this.read();
    if (papers) this.show(papers);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), REFRESH_MILLIS);
  }

  show(papers) {
    const several = new Set(papers.map(({ family }) => family)).size > 1;
    const html = papers.length ? papers.map((paper) => paperHtml(paper, several)).join("") : "<p>No fit has been computed yet.</p>";
    if (this.shown !== html || !this.body.firstChild) this.body.innerHTML = html;
    this.shown = html;
  }
}
