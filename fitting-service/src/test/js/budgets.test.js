import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { showBudgets } from "plm/budgets";
import { emptyDocument, wordsOf } from "./document.js";

const estimate = (value) => ({ value, low: value / 2, high: value * 2 });

/** A point as of GET /studies/{id}/frontier. */
function point(budgetFlops) {
  return { budgetFlops, nOpt: estimate(1e6), dOpt: estimate(2e7), tokensPerParameter: estimate(20), lossNats: { value: 2.5, low: 2.4, high: 2.6 } };
}

let page;
beforeEach(() => (page = emptyDocument()));

test("a budget has its numbers with their intervals", () => {
  showBudgets([point(1e12)]);
  const [row] = page.querySelector("#budgets tbody").rows;
  assert.equal(
    wordsOf(row.innerHTML.replaceAll("<td", " <td")).trim(),
    "1.0 × 10¹² 1.00M500K to 2.00M 20.0M10.0M to 40.0M 2010 to 40 2.5002.400 to 2.600",
  );
});

test("of many budgets the highest are shown, and it says so", () => {
  showBudgets(Array.from({ length: 11 }, (_, i) => point(10 ** (i + 10))));
  const { rows } = page.querySelector("#budgets tbody");
  assert.equal(rows.length, 8);
  assert.match(rows[0].innerHTML, /10¹³/);
  assert.match(rows[7].innerHTML, /10²⁰/);
  assert.equal(page.getElementById("budget-count").textContent, "the highest 8 of 11 budgets");
});

test("the table shrinks to one row that says that there is none, and grows again", () => {
  showBudgets([point(1e12), point(1e13)]);
  showBudgets([]);
  const { rows } = page.querySelector("#budgets tbody");
  assert.deepEqual(rows.map((row) => wordsOf(row.innerHTML)), ["No frontier yet."]);
  showBudgets([point(1e12), point(1e13), point(1e14)]);
  assert.equal(rows.length, 3);
  assert.doesNotMatch(rows[0].innerHTML, /No frontier/);
  assert.equal(page.getElementById("budget-count").textContent, "");
});

test("a frontier without losses has a dash and no interval there", () => {
  showBudgets([{ ...point(1e12), lossNats: null }]);
  assert.match(page.querySelector("#budgets tbody").rows[0].innerHTML, /<b>–<\/b><\/td>$/);
});
