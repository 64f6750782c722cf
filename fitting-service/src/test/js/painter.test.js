import assert from "node:assert/strict";
import { test } from "node:test";
import { Painter, simplified } from "plm/painter";

test("values are placed as the scales say, logarithmic or linear", () => {
  const plot = { ctx: {}, pxRatio: 1, bbox: { left: 10, top: 20, width: 100, height: 200 }, scales: { x: { min: 1, max: 100, distr: 3 }, y: { min: 0, max: 4, distr: 1 } } };
  const painter = new Painter(plot);
  assert.deepEqual([1, 10, 100].map((x) => Math.round(painter.x(x))), [10, 60, 110]);
  assert.deepEqual([0, 1, 4].map((y) => painter.y(y)), [220, 170, 20]);
});

/** How far the line lies from a place, in pixels of height. */
function missed(line, [x, y]) {
  const after = line.findIndex(([left]) => left >= x);
  const [right, below] = line[after];
  if (right === x) return Math.abs(below - y);
  const [left, above] = line[after - 1];
  return Math.abs(above + ((below - above) * (x - left)) / (right - left) - y);
}

test("a line is drawn with few vertices and misses no point by more than the tolerance", () => {
  const smooth = Array.from({ length: 400 }, (_, i) => [i * 2, 300 - 200 * Math.exp(-i / 90)]);
  const few = simplified(smooth, 0.3);
  assert.ok(few.length < 40, `${few.length} vertices`);
  for (const place of smooth) assert.ok(missed(few, place) <= 0.3 + 1e-9);
  assert.deepEqual([few[0], few.at(-1)], [smooth[0], smooth.at(-1)]);
});

test("a jagged line keeps its teeth, and one that goes back keeps all", () => {
  const teeth = Array.from({ length: 50 }, (_, i) => [i, (i % 2) * 10]);
  assert.equal(simplified(teeth, 0.3).length, 50);
  const loop = [[0, 0], [5, 5], [3, 8], [0, 0]];
  assert.deepEqual(simplified(loop, 0.3), loop);
  assert.deepEqual(simplified([[1, 1]], 0.3), [[1, 1]]);
});
