// What was found wrong with the file of an imported study, by row.

import { count, words } from "plm/format";
import { escape } from "plm/summary";

/** @param sheet of GET /studies/{id}/findings, or nothing */
export function showFindings(sheet) {
  const section = document.getElementById("findings-section");
  section.hidden = !sheet?.total;
  if (section.hidden) return;
  const kinds = Object.entries(sheet.counts).map(([kind, number]) => `${count(number).replace(".00", "")} ${words(kind)}`);
  document.getElementById("findings-note").textContent = `${sheet.total} findings: ${kinds.join(", ")}.`
    + (sheet.total > sheet.findings.length ? ` The first ${sheet.findings.length} are shown.` : "");
  document.querySelector("#findings tbody").innerHTML = sheet.findings
    .map((one) => `<tr><td class="n">${one.row}</td><td>${escape(one.run)}</td><td>${escape(one.field)}</td><td>${escape(one.sentence)}</td><td>${one.setApart ? "set apart" : "used"}</td></tr>`)
    .join("");
}
