// Keeps the data of one study up to date over server-sent events and shows it at most once per frame.

import { Forecasts } from "plm/forecasts";
import { withNews, withoutCommitted } from "plm/progress";
import { EventStream } from "plm/stream";

/** Points of one curve, and of all curves together. */
const MOST_POINTS = 1600;
const MOST_IN_ALL = 100_000;
const MOST_READ = 400;
const REFRESH_MILLIS = 20_000;

export class Live {
  /** @param view with show(data, names of its parts that are new); @param tell called with "live", or with "lost" and {since, reason, next} */
  constructor(view, tell) {
    this.view = view;
    this.tell = tell;
    this.stream = null;
    this.pending = false;
    this.waiting = false;
    this.news = new Set();
    document.addEventListener("visibilitychange", () => this.seen());
    this.forecasts = new Forecasts((news) => this.take(news));
  }

  open(studyId) {
    this.close();
    this.connection = null;
    this.base = `/studies/${encodeURIComponent(studyId)}`;
    this.data = { study: null, curves: [], progress: [], frontier: null, families: [], findings: null, answers: null, backtests: [], runForecasts: [] };
    this.forecasts.open(this.base);
    this.stream = new EventStream(`${this.base}/live`, {
      open: () => this.begin(),
      event: (name, news) => this.event(name, news),
      lost: (why) => this.tell("lost", why),
    });
    this.timer = setInterval(() => this.refresh(), REFRESH_MILLIS);
  }

  close() {
    this.stream?.close();
    this.forecasts.close();
    clearInterval(this.timer);
  }

  /** The next attempt to connect now. */
  retry() {
    this.stream?.retry();
  }

  /** What to train for another budget. */
  ask(budget) {
    this.forecasts.ask(budget);
  }

  /** A new connection tells everything again; what is shown stays until it has. */
  begin() {
    this.connection = Symbol("connection");
    this.anew = true;
    this.data.progress = [];
    this.tell("live");
    this.findings();
  }

  event(name, news) {
    if (name === "curves") {
      const known = this.anew ? [] : this.data.curves;
      this.anew = false;
      this.stale = true;
      const curves = merge(known, news);
      this.take({ curves, progress: withoutCommitted(this.data.progress, curves) });
    } else if (name === "progress") {
      this.take({ progress: withoutCommitted(withNews(this.data.progress, news), this.anew ? [] : this.data.curves) });
    } else if (["study", "frontier", "families"].includes(name)) this.take({ [name]: news });
    if (name === "families") this.forecasts.changed(news.map((sheet) => sheet.family));
  }

  /** A page that nobody sees draws nothing; what came meanwhile is drawn once when it is seen again. */
  seen() {
    if (document.hidden || !this.waiting) return;
    this.waiting = false;
    this.take({});
    this.refresh();
  }

  take(news) {
    Object.assign(this.data, news);
    Object.keys(news).forEach((name) => this.news.add(name));
    if (this.pending || !this.data.study) return;
    if (document.hidden) {
      this.waiting = true;
      return;
    }
    this.pending = true;
    requestAnimationFrame(() => {
      this.pending = false;
      const changed = this.news;
      this.news = new Set();
      if (this.data.study) this.view.show(this.data, changed);
    });
  }

  /** An imported file does not change, so this is asked once per connection. */
  async findings() {
    const findings = await this.read("/findings?most=100");
    if (findings) this.take({ findings });
  }

  /** Smoothing changes older points too, so the curves are read anew now and then. */
  async refresh() {
    if (!this.stale || document.hidden) return;
    this.stale = false;
    const points = Math.min(MOST_READ, share(this.data.curves.length));
    const read = await this.read(`/curves?points=${points}`);
    if (read) this.take({ curves: newer(read, this.data.curves) });
    else this.stale = true;
  }

  /** An answer of the service; nothing where it has none now, or where it is that of an earlier connection. */
  async read(path) {
    const { connection } = this;
    try {
      const response = await fetch(this.base + path, { headers: { Accept: "application/json" } });
      const body = response.ok ? await response.json() : null;
      return connection === this.connection ? body : null;
    } catch {
      return null;
    }
  }
}

/** Curves with the new points of each run behind those known. */
export function merge(known, news) {
  const curves = new Map(known.map((curve) => [curve.runId, curve]));
  for (const curve of news) {
    const before = curves.get(curve.runId)?.points ?? [];
    const last = before.length ? before[before.length - 1].step : -1;
    curves.set(curve.runId, { ...curve, points: before.concat(curve.points.filter((point) => point.step > last)) });
  }
  const most = Math.min(MOST_POINTS, share(curves.size));
  return [...curves.values()].map((curve) => ({ ...curve, points: thin(curve.points, most) }));
}

/** What was read, with the points that came by stream meanwhile. */
function newer(read, streamed) {
  return merge(read, streamed.map((curve) => ({ ...curve, finals: read.find((other) => other.runId === curve.runId)?.finals ?? curve.finals })));
}

/** Points of one curve where so many share the plot. */
function share(curves) {
  return Math.max(2, Math.floor(MOST_IN_ALL / Math.max(1, curves)));
}

function thin(points, most) {
  if (points.length <= most) return points;
  return thin(points.filter((point, i) => i % 2 === 0 || i === points.length - 1), most);
}
