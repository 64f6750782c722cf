// Steps that are not committed yet: what is known of them, and the line that is drawn of them.

/** Points of one run. */
const MOST_POINTS = 512;
/** Points of the line: means of neighbours, since single steps are noise. */
const MOST_MEANS = 8;

/** What is known of each run {runId, trainer, slice, points}, with news of the stream: further points behind those known, or whole ones in their place. */
export function withNews(known, news) {
  const runs = new Map(known.map((run) => [run.runId, run]));
  for (const run of news) {
    const before = run.whole ? [] : runs.get(run.runId)?.points ?? [];
    const last = before.length ? before[before.length - 1].step : 0;
    const points = before.concat(run.points.filter((point) => point.step > last));
    runs.set(run.runId, { runId: run.runId, trainer: run.trainer, slice: run.slice, points: thin(points) });
  }
  return [...runs.values()].filter((run) => run.points.length);
}

/** Without the steps that the curves have by now. */
export function withoutCommitted(known, curves) {
  const committed = new Map(curves.map((curve) => [curve.runId, curve.points.length ? curve.points[curve.points.length - 1].step : 0]));
  return known
    .map((run) => ({ ...run, points: run.points.filter((point) => point.step > (committed.get(run.runId) ?? 0)) }))
    .filter((run) => run.points.length);
}

/** A line [x, nats] through the means of neighbouring steps, from the end of what is committed. @param xOf x of a step, by default its FLOPs */
export function lineFrom(end, points, xOf = (point) => point.computeFlops) {
  const size = Math.ceil(points.length / MOST_MEANS);
  const line = end ? [end] : [];
  for (let from = 0; from < points.length; from += size) {
    const block = points.slice(from, from + size);
    line.push([mean(block, xOf), mean(block, (point) => point.lossNats)]);
  }
  return line;
}

function mean(points, of) {
  return points.reduce((sum, point) => sum + of(point), 0) / points.length;
}

/** Every second, fourth ... step of too many, and the last. */
function thin(points) {
  let fewer = points;
  for (let stride = 2; fewer.length > MOST_POINTS; stride *= 2) {
    fewer = points.filter((point, i) => point.step % stride === 0 || i === points.length - 1);
  }
  return fewer;
}
