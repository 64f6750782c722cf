// The table of runs and the table of budgets, updated in place so that nothing jumps.

import { onMask, partsInWords } from "plm/comparison";
import { count, interval, MISSING, nats, scientific, words } from "plm/format";

const MOST_BUDGETS = 8;

/** Most rows of runs; all of them are in the JSON. */
export const MOST_RUNS = 200;

/** @param onFocus called with a run id while the pointer or the focus is on its row, else with null */
export function showRuns(body, runs, colours, onFocus) {
  const rows = new Map([...body.rows].map((row) => [row.dataset.run, row]));
  runs.forEach((run, place) => {
    const row = rows.get(run.runId) ?? newRow(run, onFocus);
    rows.delete(run.runId);
    if (body.rows[place] !== row) body.insertBefore(row, body.rows[place] ?? null);
    fill(row, run, colours.get(run.runId));
  });
  rows.forEach((row) => row.remove());
}

function newRow(run, onFocus) {
  const row = document.createElement("tr");
  row.dataset.run = run.runId;
  row.innerHTML = `<th scope="row"><i class="swatch" aria-hidden="true"></i><span></span></th><td class="family"></td><td class="n"></td>
    <td><span class="state"></span></td><td><span class="meter"><i></i></span><span class="share"></span></td>
    <td class="n"></td><td class="n strong"></td><td class="n"></td><td class="n"></td><td class="n"></td><td><span class="verdict" tabindex="0"></span></td>`;
  row.addEventListener("pointerenter", () => onFocus(run.runId));
  row.addEventListener("pointerleave", () => onFocus(null));
  row.addEventListener("focusin", () => onFocus(run.runId));
  row.addEventListener("focusout", () => onFocus(null));
  return row;
}

function fill(row, run, colour) {
  const share = Math.min(1, run.computeFlops / run.expectedFlops);
  const cells = row.cells;
  cells[0].querySelector(".swatch").style.background = colour;
  text(cells[0].querySelector("span"), run.name);
  cells[0].title = run.shape ? `${run.runId}: ${run.shape.layers} layers, width ${run.shape.dModel}, ${run.shape.heads} heads` : run.runId;
  text(cells[1], run.family);
  text(cells[2], count(run.size));
  const state = cells[3].firstElementChild;
  text(state, words(run.state));
  state.dataset.state = run.state;
  state.title = run.stateReason;
  cells[4].querySelector(".meter i").style.width = `${(share * 100).toFixed(2)}%`;
  cells[4].querySelector(".meter i").style.background = colour;
  text(cells[4].querySelector(".share"), `${Math.floor(share * 100)} %`);
  text(cells[5], `${count(run.tokens)} / ${count(run.budgetTokens)}`);
  text(cells[6], nats(run.lossNats));
  text(cells[7], nats(run.heldOutNats));
  text(cells[8], nats(onMask(run)));
  cells[8].title = partsInWords(run);
  text(cells[9], run.tokensPerSecond == null ? MISSING : count(run.tokensPerSecond));
  verdict(cells[10].firstElementChild, run.plateau);
}

function verdict(cell, plateau) {
  text(cell, plateau ? words(plateau.verdict) : MISSING);
  cell.dataset.verdict = plateau?.verdict ?? "";
  cell.title = plateau?.reason ?? "";
  if (plateau) cell.setAttribute("aria-label", `${words(plateau.verdict)}: ${plateau.reason}`);
}

/** The highest budgets; all of them are in the JSON. */
export function showBudgets(body, all) {
  const points = all.slice(-MOST_BUDGETS);
  while (body.rows.length > Math.max(1, points.length)) body.deleteRow(-1);
  if (!points.length) {
    if (!body.rows.length) body.insertRow();
    body.rows[0].innerHTML = `<td colspan="5" class="none">No frontier yet.</td>`;
    return;
  }
  points.forEach((point, i) => {
    const row = body.rows[i] ?? body.insertRow();
    const cells = [
      [scientific(point.budgetFlops, 2), ""],
      [count(point.nOpt.value), interval(point.nOpt, count)],
      [count(point.dOpt.value), interval(point.dOpt, count)],
      [count(point.tokensPerParameter.value), interval(point.tokensPerParameter, count)],
      [nats(point.lossNats?.value), interval(point.lossNats, nats)],
    ];
    row.innerHTML = cells.map(([value, range]) => `<td class="n"><b>${value}</b>${range ? `<small>${range}</small>` : ""}</td>`).join("");
  });
}

function text(element, words) {
  if (element.textContent !== words) element.textContent = words;
}
