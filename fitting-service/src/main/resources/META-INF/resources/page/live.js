// Keeps the data of one study up to date over server-sent events and shows it at most once per frame.

const MOST_POINTS = 1600;
const REFRESH_MILLIS = 20_000;

export class Live {
  /** @param view with show(data); @param tell called with "live", "lost" or "waiting" */
  constructor(view, tell) {
    this.view = view;
    this.tell = tell;
    this.source = null;
    this.pending = false;
  }

  open(studyId) {
    this.close();
    this.base = `/studies/${encodeURIComponent(studyId)}`;
    this.data = { study: null, curves: [], frontier: null, families: [], findings: null };
    this.findings();
    this.source = new EventSource(`${this.base}/live`);
    this.source.addEventListener("open", () => {
      this.data.curves = [];
      this.tell("live");
    });
    this.source.addEventListener("error", () => this.tell("lost"));
    this.source.addEventListener("study", (event) => this.take({ study: JSON.parse(event.data) }));
    this.source.addEventListener("frontier", (event) => this.take({ frontier: JSON.parse(event.data) }));
    this.source.addEventListener("families", (event) => this.take({ families: JSON.parse(event.data) }));
    this.source.addEventListener("curves", (event) => {
      this.stale = true;
      this.take({ curves: merge(this.data.curves, JSON.parse(event.data)) });
    });
    this.timer = setInterval(() => this.refresh(), REFRESH_MILLIS);
  }

  close() {
    this.source?.close();
    clearInterval(this.timer);
  }

  take(news) {
    Object.assign(this.data, news);
    if (this.pending || !this.data.study) return;
    this.pending = true;
    requestAnimationFrame(() => {
      this.pending = false;
      this.view.show(this.data);
    });
  }

  /** An imported file does not change, so this is asked once. */
  async findings() {
    const base = this.base;
    const response = await fetch(`${base}/findings?most=100`);
    if (response.ok && base === this.base) this.take({ findings: await response.json() });
  }

  /** Smoothing changes older points too, so the curves are read anew now and then. */
  async refresh() {
    if (!this.stale) return;
    this.stale = false;
    const base = this.base;
    const response = await fetch(`${base}/curves`);
    if (response.ok && base === this.base) this.take({ curves: newer(await response.json(), this.data.curves) });
  }
}

/** Curves with the new points of each run behind those known. */
export function merge(known, news) {
  const curves = new Map(known.map((curve) => [curve.runId, curve]));
  for (const curve of news) {
    const before = curves.get(curve.runId)?.points ?? [];
    const last = before.length ? before[before.length - 1].step : -1;
    const points = before.concat(curve.points.filter((point) => point.step > last));
    curves.set(curve.runId, { ...curve, points: thin(points) });
  }
  return [...curves.values()];
}

/** What was read, with the points that came by stream meanwhile. */
function newer(read, streamed) {
  return merge(read, streamed.map((curve) => ({ ...curve, finals: read.find((other) => other.runId === curve.runId)?.finals ?? curve.finals })));
}

function thin(points) {
  if (points.length <= MOST_POINTS) return points;
  return points.filter((point, i) => i % 2 === 0 || i === points.length - 1);
}
