import assert from "node:assert/strict";
import { test } from "node:test";
import { decimalLabels, evenTicks, logTicks, powerLabels } from "plm/ticks";

/** A reproducible row of numbers between 0 and 1. */
function* random(seed) {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

test("ticks of a few decades are round, and about as many as wanted", () => {
  assert.deepEqual(logTicks(1e9, 1e12, 4), [1e9, 1e10, 1e11, 1e12]);
  assert.deepEqual(logTicks(1e3, 1e5, 6), [1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5]);
  assert.deepEqual(logTicks(1, 1e12, 4), [1, 1e3, 1e6, 1e9, 1e12]);
});

test("ticks lie in the range, ascend and are few, whatever the range", () => {
  const numbers = random(7);
  const next = () => numbers.next().value;
  for (let i = 0; i < 5000; i++) {
    const min = 10 ** (next() * 30 - 10);
    const max = min * 10 ** (next() ** 3 * 20 + 0.001);
    const wanted = 3 + Math.floor(next() * 12);
    for (const ticks of [logTicks(min, max, wanted), evenTicks(min, max, wanted)]) {
      assert.ok(ticks.length <= 1.3 * wanted + 5, `${ticks.length} ticks for ${wanted} of ${min} to ${max}`);
      assert.ok(ticks.every((tick, at) => tick >= min && tick <= max && (at === 0 || tick > ticks[at - 1])), `${ticks} in ${min} to ${max}`);
    }
  }
});

test("labels tell neighbouring ticks apart and say what they stand at", () => {
  const numbers = random(11);
  const next = () => numbers.next().value;
  const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const value = (label) => {
    const [, mantissa = "1", sign, digits] = label.match(/^(?:([\d.]+) × )?10(⁻?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/);
    const exponent = Number([...digits].map((digit) => superscripts.indexOf(digit)).join(""));
    return Number(mantissa) * 10 ** (sign ? -exponent : exponent);
  };
  for (let i = 0; i < 2000; i++) {
    const min = 10 ** (next() * 20);
    const ticks = logTicks(min, min * (1.01 + 5 * next()), 3 + Math.floor(next() * 8));
    const labels = powerLabels(ticks);
    labels.forEach((label, at) => assert.ok(Math.abs(value(label) / ticks[at] - 1) < 1e-5, `${label} at ${ticks[at]}`));
    assert.equal(new Set(labels).size, ticks.length, `${labels}`);
  }
});

test("labels at quarters are not rounded to tenths", () => {
  assert.deepEqual(powerLabels([1e9, 1.25e9, 1.5e9, 1.75e9]), ["10⁹", "1.25 × 10⁹", "1.50 × 10⁹", "1.75 × 10⁹"]);
  assert.deepEqual(powerLabels([1e9, 2e9, 5e9]), ["10⁹", "2 × 10⁹", "5 × 10⁹"]);
  assert.deepEqual(powerLabels([1e9, 1e10]), ["10⁹", "10¹⁰"]);
  assert.deepEqual(decimalLabels([2.6, 2.625, 2.65]), ["2.600", "2.625", "2.650"]);
  assert.deepEqual(decimalLabels([2, 2.5, 3]), ["2.0", "2.5", "3.0"]);
});

test("the last tick is there although tenths are no binary fractions", () => {
  assert.deepEqual(evenTicks(0.1, 0.3, 2), [0.1, 0.2, 0.3]);
  assert.deepEqual(evenTicks(-0.25, 0.25, 5), [-0.2, -0.1, 0, 0.1, 0.2]);
});

test("a range of nothing has no ticks and an end", () => {
  assert.deepEqual(evenTicks(5, 5, 4), []);
  assert.deepEqual(logTicks(10, 1, 4), []);
  assert.deepEqual(evenTicks(1e18, 1e18 + 256, 4), [1e18]);
});
