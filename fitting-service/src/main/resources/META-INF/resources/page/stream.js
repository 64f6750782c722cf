// Server-sent events that come back after any answer. The browser's EventSource gives up for good on a status that is not 200.

const FIRST_MILLIS = 1000;
const MOST_MILLIS = 30_000;

/** Silence that means a dead connection; the server sends an empty event every 15 seconds. */
const SILENCE_MILLIS = 60_000;

/** Milliseconds before the next attempt: doubling up to half a minute, the upper half of it random. */
export function backoff(failures, random = Math.random) {
  const most = Math.min(MOST_MILLIS, FIRST_MILLIS * 2 ** Math.max(0, failures - 1));
  return most * (0.5 + 0.5 * random());
}

export class EventStream {
  /**
   * @param listener {open(), event(name, data), lost({since, reason, next})}: since and next are milliseconds of Date.now(),
   *   since stays that of the first failure until a connection is up again
   */
  constructor(address, listener) {
    this.address = address;
    this.listener = listener;
    this.failures = 0;
    this.since = null;
    this.ended = false;
    this.again = () => document.hidden || this.retry();
    addEventListener("online", this.again);
    document.addEventListener("visibilitychange", this.again);
    this.connect();
  }

  close() {
    this.ended = true;
    removeEventListener("online", this.again);
    document.removeEventListener("visibilitychange", this.again);
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    this.connection?.abort();
  }

  /** The next attempt now, where one is being waited for. */
  retry() {
    if (this.timer == null || this.ended) return;
    clearTimeout(this.timer);
    this.timer = null;
    this.connect();
  }

  async connect() {
    const connection = new AbortController();
    this.connection = connection;
    this.opened = Infinity;
    this.listen();
    const reason = await this.attempt(connection.signal);
    clearTimeout(this.silence);
    connection.abort();
    if (!this.ended) this.wait(reason);
  }

  wait(reason) {
    const now = Date.now();
    this.failures = now - this.opened > MOST_MILLIS ? 1 : this.failures + 1;
    this.since ??= now;
    const pause = backoff(this.failures);
    this.timer = setTimeout(() => this.retry(), pause);
    this.listener.lost({ since: this.since, reason, next: now + pause });
  }

  /** Reads until the connection ends, and tells why it did. */
  async attempt(signal) {
    try {
      const response = await fetch(this.address, { headers: { Accept: "text/event-stream" }, cache: "no-store", signal });
      const refused = refusal(response);
      if (refused) return refused;
      this.since = null;
      this.opened = Date.now();
      this.listener.open();
      await this.read(response.body.pipeThrough(new TextDecoderStream()).getReader());
      return "the server closed the connection";
    } catch (error) {
      if (signal.aborted) return `nothing came for ${SILENCE_MILLIS / 1000} seconds`;
      return error instanceof SyntaxError ? "the server sent an unreadable event" : "the server cannot be reached";
    }
  }

  async read(reader) {
    const parser = new EventParser((name, data) => this.listener.event(name, JSON.parse(data)));
    for (let piece = await reader.read(); !piece.done && !this.ended; piece = await reader.read()) {
      this.listen();
      parser.push(piece.value);
    }
  }

  listen() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.connection.abort(), SILENCE_MILLIS);
  }
}

/** Why an answer is no stream of events; null where it is one. */
function refusal(response) {
  const type = (response.headers.get("Content-Type") ?? "").split(";")[0];
  if (response.ok) return type === "text/event-stream" ? null : `the server sent ${type || "something"} in place of events`;
  const why = { 401: ": you may have to sign in again", 403: ": you may have to sign in again", 404: ": it does not know this study now" }[response.status];
  return `the server answered ${response.status}${why ?? ""}`;
}

/** Cuts a text that comes in pieces into events, by the format of the HTML standard. */
export class EventParser {
  /** @param deliver called with an event's name and data */
  constructor(deliver) {
    this.deliver = deliver;
    this.parts = [];
    this.half = "";
    this.clear();
  }

  push(piece) {
    const text = this.half + piece;
    this.half = text.endsWith("\r") ? "\r" : "";
    const lines = (this.half ? text.slice(0, -1) : text).split(/\r\n|\r|\n/);
    lines.forEach((line, i) => {
      if (i > 0) this.line(this.parts.splice(0).join(""));
      this.parts.push(line);
    });
  }

  line(line) {
    if (line === "") {
      if (this.data.length) this.deliver(this.name, this.data.join("\n"));
      this.clear();
      return;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + (line[colon + 1] === " " ? 2 : 1));
    if (field === "event") this.name = value;
    if (field === "data") this.data.push(value);
  }

  clear() {
    this.name = "message";
    this.data = [];
  }
}
