// Where a logarithmic axis has its ticks, and what they say.

import { power, scientific } from "plm/format";

const MOST_PLACES = 6;

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

/** Labels of ticks as plain decimals: as many places as tell each tick, the same in all labels. */
export function decimalLabels(ticks) {
  const places = placesOf(ticks, 1);
  return ticks.map((tick) => tick.toFixed(places));
}

function digitsOf(ticks) {
  return 1 + placesOf(ticks.map(mantissa), 0);
}

/** Decimal places that show all the values as they are, at least so many. */
function placesOf(values, least) {
  let places = least;
  while (places < MOST_PLACES && values.some((value) => Math.abs(value - Number(value.toFixed(places))) > 1e-6 * Math.abs(value))) places += 1;
  return places;
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
    for (const factor of mantissas) {
      const tick = factor * 10 ** e;
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
  const first = Math.floor(min / step);
  for (let i = 0; i <= wanted + 2; i++) {
    const tick = Number(((first + i) * step).toPrecision(12));
    if (tick >= min && tick <= max && tick !== ticks.at(-1)) ticks.push(tick);
  }
  return ticks;
}
