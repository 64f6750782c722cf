import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { backoff, EventParser, EventStream } from "plm/stream";
import { emptyDocument } from "./document.js";

const BODY = "event: study\ndata: {\"a\":1}\n\n: a comment\ndata: 1\ndata: 2\n\nid: 7\nretry: 5\nevent: idle\ndata: []\n\nevent: cut\ndata: never\n";
const EVENTS = [["study", '{"a":1}'], ["message", "1\n2"], ["idle", "[]"]];

function parsed(pieces) {
  const events = [];
  const parser = new EventParser((name, data) => events.push([name, data]));
  pieces.forEach((piece) => parser.push(piece));
  return events;
}

test("events are the same wherever the text is cut, by whatever lines end", () => {
  for (const end of ["\n", "\r\n", "\r"]) {
    const text = `${BODY}`.replaceAll("\n", end);
    assert.deepEqual(parsed([text, "x"]), EVENTS, JSON.stringify(end));
    assert.deepEqual(parsed([...text, "x"]), EVENTS, `letter by letter, ${JSON.stringify(end)}`);
    for (let at = 0; at <= text.length; at++) assert.deepEqual(parsed([text.slice(0, at), text.slice(at), "x"]), EVENTS, `cut at ${at}`);
  }
});

test("one blank behind the colon is no part of a value, a second is", () => {
  assert.deepEqual(parsed(["data:a\n\ndata: a\n\ndata:  a\n\ndata\n\n"]), [["message", "a"], ["message", "a"], ["message", " a"], ["message", ""]]);
});

test("pauses double up to half a minute, and half of each is random", () => {
  const pauses = (random) => [1, 2, 3, 4, 5, 6, 7, 50].map((failures) => backoff(failures, () => random));
  assert.deepEqual(pauses(1), [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  assert.deepEqual(pauses(0), [500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
});

/** A server whose answers are given one by one. */
class Server {
  constructor(answers) {
    this.answers = answers;
    this.asked = 0;
    globalThis.fetch = async (address, { signal }) => {
      this.asked += 1;
      const answer = this.answers.shift();
      if (!answer) return new Promise((_, failed) => signal.addEventListener("abort", () => failed(new Error("aborted"))));
      if (answer instanceof Error) throw answer;
      return answer;
    };
  }
}

const events = (text) => new Response(text, { headers: { "Content-Type": "text/event-stream;charset=UTF-8" } });

/** Lets everything run that waits for nothing but promises. */
async function settle() {
  for (let i = 0; i < 50; i++) await Promise.resolve();
  await new Promise((done) => realImmediate(done));
}

const realImmediate = setImmediate;
let seen;
let stream;
const listener = {
  open: () => seen.push("open"),
  event: (name, data) => seen.push([name, data]),
  lost: (why) => seen.push(why),
};

beforeEach(() => {
  emptyDocument();
  seen = [];
  globalThis.addEventListener = () => {};
  globalThis.removeEventListener = () => {};
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
  mock.method(Math, "random", () => 1);
});

afterEach(() => {
  stream?.close();
  mock.restoreAll();
  mock.timers.reset();
});

async function connect(...answers) {
  const server = new Server(answers);
  stream = new EventStream("/live", listener);
  await settle();
  return server;
}

test("events are delivered, and the end of the connection is followed by the next attempt", async () => {
  const server = await connect(events("event: study\ndata: {\"a\":1}\n\n"));
  assert.deepEqual(seen, ["open", ["study", { a: 1 }], { since: 1_000_000, reason: "the server closed the connection", next: 1_001_000 }]);
  mock.timers.tick(1000);
  assert.equal(server.asked, 2);
});

test("any answer that is no stream is lost with its reason, and tried again", async () => {
  const page = new Response("<html>", { headers: { "Content-Type": "text/html" } });
  const server = await connect(new Response("", { status: 502 }), new Response("", { status: 401 }), new Response("", { status: 404 }), page, new TypeError("refused"), events("data: no json\n\n"));
  for (let i = 0; i < 5; i++) {
    mock.timers.tick(30_000);
    await settle();
  }
  assert.equal(server.asked, 6);
  assert.deepEqual(seen.filter((one) => one.reason).map(({ reason }) => reason), [
    "the server answered 502",
    "the server answered 401: you may have to sign in again",
    "the server answered 404: it does not know this study now",
    "the server sent text/html in place of events",
    "the server cannot be reached",
    "the server sent an unreadable event",
  ]);
  const since = seen.filter((one) => one.reason).map((one) => one.since);
  assert.deepEqual(since.slice(0, 5), Array(5).fill(1_000_000), "disconnected since the first failure");
  assert.equal(since[5], 1_150_000, "a connection that was up begins a new outage");
});

test("a minute of silence is a dead connection", async () => {
  await connect();
  mock.timers.tick(59_999);
  await settle();
  assert.deepEqual(seen, []);
  mock.timers.tick(1);
  await settle();
  assert.equal(seen[0].reason, "nothing came for 60 seconds");
});

test("a retry by hand does not wait, and is nothing while a connection is up", async () => {
  const server = await connect(new TypeError("refused"));
  stream.retry();
  assert.equal(server.asked, 2);
  stream.retry();
  assert.equal(server.asked, 2);
});

test("a page that is looked at again, or is online again, does not wait", async () => {
  const server = await connect(new TypeError("refused"));
  document.hidden = true;
  document.listeners.visibilitychange();
  assert.equal(server.asked, 1);
  document.hidden = false;
  document.listeners.visibilitychange();
  assert.equal(server.asked, 2);
});

test("a stream that is closed stays closed, also where somebody asks for a retry", async () => {
  const server = await connect(new TypeError("refused"));
  stream.close();
  stream.retry();
  mock.timers.tick(60_000);
  await settle();
  assert.equal(server.asked, 1);
});
