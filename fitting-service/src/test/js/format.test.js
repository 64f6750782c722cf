import assert from "node:assert/strict";
import { test } from "node:test";
import { count, duration, interval, MISSING, nats, percent, power, scientific, short, words } from "plm/format";

test("numbers in powers of ten round into the next power", () => {
  assert.equal(scientific(3.2e13), "3.2 × 10¹³");
  assert.equal(scientific(9.96e12), "1.0 × 10¹³");
  assert.equal(scientific(-9.96e12), "-1.0 × 10¹³");
  assert.equal(scientific(9.94e12), "9.9 × 10¹²");
  assert.equal(scientific(1e-7), "1.0 × 10⁻⁷");
  assert.equal(scientific(1e9, 1), "10⁹");
  assert.equal(scientific(2e9, 1), "2 × 10⁹");
  assert.equal(scientific(0), "0");
  assert.equal(power(-20), "10⁻²⁰");
});

test("every power of ten that a double can hold is 1.0 times itself", () => {
  for (let exponent = -300; exponent <= 300; exponent++) {
    assert.equal(scientific(Number(`1e${exponent}`)), `1.0 × ${power(exponent)}`);
  }
});

test("counts have three digits and a unit", () => {
  assert.equal(count(1_234_567), "1.23M");
  assert.equal(count(999.6), "1.00K");
  assert.equal(count(999_499), "999K");
  assert.equal(count(999_500), "1.00M");
  assert.equal(count(9.996e9), "10.0B");
  assert.equal(count(20.8e9), "20.8B");
  assert.equal(count(7.5e15), "7500T");
});

test("a count of things below a thousand has no decimals, a quotient has", () => {
  assert.equal(count(12), "12");
  assert.equal(count(0), "0");
  assert.equal(count(999), "999");
  assert.equal(count(0.25), "0.25");
  assert.equal(count(3.14159), "3.14");
  assert.equal(count(20.04), "20.0");
});

test("axes leave out the zeros behind the point and no other", () => {
  assert.equal(short(50_000), "50K");
  assert.equal(short(1_500_000), "1.5M");
  assert.equal(short(100_000), "100K");
  assert.equal(short(100), "100");
  assert.equal(short(1_250_000), "1.25M");
  assert.equal(short(0.5), "0.5");
});

test("only what is whole is 100 percent", () => {
  assert.equal(percent(1, 1), "100 %");
  assert.equal(percent(0.9999, 1), "99.9 %");
  assert.equal(percent(0.9999), "99 %");
  assert.equal(percent(0.29), "29 %");
  assert.equal(percent(0, 1), "0.0 %");
});

test("durations round to what is said", () => {
  assert.deepEqual([0, 12, 59.6, 200, 1199, 7500, 90_000].map(duration), ["1 s", "12 s", "1 min 0 s", "3 min 20 s", "19 min", "2 h 5 min", "1 d 1 h"]);
});

test("what is missing is a dash, and an interval of nothing is nothing", () => {
  for (const format of [scientific, count, short, nats, duration]) {
    assert.equal(format(null), MISSING, format.name);
    assert.equal(format(undefined), MISSING, format.name);
  }
  assert.equal(interval(null, count), "");
  assert.equal(interval({ low: 1e6, high: 2.5e6 }, count), "1.00M to 2.50M");
  assert.equal(words("SCHEDULE_LIMITED"), "schedule limited");
});
