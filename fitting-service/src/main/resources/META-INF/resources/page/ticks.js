// Where a logarithmic axis has its ticks, and what they say.

import { power, scientific } from "plm/format";

const SUB = [[1], [1, 3], [1, 2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9]];

/** Ticks of a range of decades, about as many as wanted; narrow ranges get evenly spaced values. */
export function logTicks(min, max, wanted) {
  const decades = Math.log10(max / min);
  if (decades < 0.8) return evenTicks(min, max, wanted);
  if (decades > wanted) return every(min, max, Math.ceil(decades / wanted));
  const fitting = SUB.filter((mantissas) => decades * mantissas.length <= wanted * 1.3);
  return multiples(min, max, fitting.length ? fitting[fitting.length - 1] : SUB[0]);
}

/** Labels for {@link logTicks} on an axis of large numbers. */
export function powerLabels(ticks) {
  const plain = ticks.every((tick) => isPower(tick));
  return ticks.map((tick) => (plain || isPower(tick) ? power(Math.round(Math.log10(tick))) : scientific(tick, digitsOf(ticks))));
}

function digitsOf(ticks) {
  return ticks.some((tick) => Math.abs(mantissa(tick) - Math.round(mantissa(tick))) > 1e-6) ? 2 : 1;
}

function mantissa(value) {
  return value / 10 ** Math.floor(Math.log10(value) + 1e-9);
}

function isPower(value) {
  return Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-9;
}

function every(min, max, step) {
  const ticks = [];
  for (let e = Math.ceil(Math.log10(min) / step) * step; 10 ** e <= max; e += step) ticks.push(10 ** e);
  return ticks;
}

function multiples(min, max, mantissas) {
  const ticks = [];
  for (let e = Math.floor(Math.log10(min)); 10 ** e <= max; e++) {
    for (const mantissa of mantissas) {
      const tick = mantissa * 10 ** e;
      if (tick >= min && tick <= max) ticks.push(tick);
    }
  }
  return ticks;
}

/** Round values at equal distances, for a range of less than a decade. */
export function evenTicks(min, max, wanted) {
  const rough = (max - min) / wanted;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * ([1, 2, 2.5, 5, 10].find((factor) => factor * unit >= rough) ?? 10);
  const ticks = [];
  for (let i = Math.ceil(min / step); i * step <= max; i++) ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}
