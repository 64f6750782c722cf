// The table of budgets.

import { count, interval, nats, scientific } from "plm/format";

const MOST_BUDGETS = 8;

/** The highest budgets; all of them are in the JSON. */
export function showBudgets(all) {
  const body = document.querySelector("#budgets tbody");
  const points = all.slice(-MOST_BUDGETS);
  document.getElementById("budget-count").textContent = all.length > points.length ? `the highest ${points.length} of ${all.length} budgets` : "";
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
