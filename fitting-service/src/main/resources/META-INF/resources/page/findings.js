// What was found wrong with the file of an imported study, by row.

import { escape, nameHtml, sentenceHtml } from "plm/names";
import { words } from "plm/format";

/** @param sheet of GET /studies/{id}/findings, or nothing */
export function showFindings(sheet) {
  const section = document.getElementById("findings-section");
  section.hidden = !sheet?.total;
  if (section.hidden) return;
  const kinds = Object.entries(sheet.counts).map(([kind, number]) => `${number} ${words(kind)}`);
  document.getElementById("findings-note").textContent = `${sheet.total} ${sheet.total === 1 ? "finding" : "findings"}: ${kinds.join(", ")}.`
    + (sheet.total > sheet.findings.length ? ` The first ${sheet.findings.length} are shown; /studies/${encodeURIComponent(sheet.study)}/findings?most=10000 has more.` : "");
  document.querySelector("#findings tbody").innerHTML = sheet.findings
    .map((one) => `<tr><td class="n">${one.row}</td><td>${nameHtml(one.run)}</td><td>${escape(one.field)}</td><td>${sentenceHtml(one.sentence)}</td><td>${one.setApart ? "set apart" : "used"}</td></tr>`)
    .join("");
}
