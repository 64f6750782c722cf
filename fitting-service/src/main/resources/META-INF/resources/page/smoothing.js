// Smoothing of what is drawn, and values of drawn lines between their points.

/** The strongest smoothing: of a weight of 1 nothing would ever change. */
export const MOST_WEIGHT = 0.995;

/**
 * The exponential moving average without bias to its beginning, as in TensorBoard: m = w m + (1 - w) y, divided by 1 - w^i.
 *
 * @param points [[x, y]] in the order in which they are averaged
 * @param weight w of what was before, 0 to 1 (0 leaves the points as they are)
 */
export function movingAverage(points, weight) {
  let mean = 0;
  let left = 1;
  return points.map(([x, y]) => {
    mean = weight * mean + (1 - weight) * y;
    left *= weight;
    return [x, mean / (1 - left)];
  });
}

/**
 * The value of a line at a place, between two of its points by a straight line; null outside of it.
 *
 * @param line [[x, y]] ascending by x
 */
export function valueAt(line, x) {
  if (!line.length || x < line[0][0] || x > line[line.length - 1][0]) return null;
  const after = firstFrom(line, x, ([at]) => at);
  const [right, above] = line[after];
  if (right === x || after === 0) return above;
  const [left, below] = line[after - 1];
  return below + ((above - below) * (x - left)) / (right - left);
}

/** Place of the first item whose number is not below x; the length where there is none. @param of number of an item, ascending */
export function firstFrom(items, x, of) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (of(items[middle]) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
