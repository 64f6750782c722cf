import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Connection } from "plm/connection";
import { emptyDocument } from "./document.js";

let line;
let retried;
let connection;
beforeEach(() => {
  line = emptyDocument().getElementById("connection");
  retried = 0;
  mock.timers.enable({ apis: ["setInterval", "Date"], now: new Date(2026, 4, 5, 12, 30, 15).getTime() });
  connection = new Connection(() => (retried += 1));
});
afterEach(() => mock.timers.reset());

const words = () => line.querySelector("span").textContent;
const countdown = () => line.querySelector("small").textContent;

test("a state is said in words, without a button", () => {
  for (const [state, said] of [["connecting", "connecting"], ["live", "live"], ["waiting", "waiting for a study"], ["report", "report"]]) {
    connection.show(state);
    assert.equal(words(), said);
    assert.equal(line.dataset.state, state);
    assert.equal(line.querySelector("button").hidden, true);
    assert.equal(countdown(), "");
  }
});

test("a lost connection says since when, why and when the next attempt is, and counts down", () => {
  const now = Date.now();
  connection.show("lost", { since: now - 5000, reason: "the server answered 502", next: now + 2500 });
  assert.match(words(), /^disconnected since .*30.*10.*: the server answered 502$/);
  assert.equal(line.querySelector("button").hidden, false);
  assert.equal(countdown(), "next attempt in 3 s");
  mock.timers.tick(2000);
  assert.equal(countdown(), "next attempt in 1 s");
  mock.timers.tick(1000);
  assert.equal(countdown(), "connecting");
  connection.show("live");
  mock.timers.tick(5000);
  assert.equal(countdown(), "");
});

test("an outage of yesterday has its day, one of today only its time", () => {
  const now = Date.now();
  connection.show("lost", { since: now - 86_400_000, reason: "x", next: now });
  assert.ok(words().includes(new Date(now - 86_400_000).toLocaleDateString()));
  connection.show("lost", { since: now, reason: "x", next: now });
  assert.ok(!words().includes(new Date(now).toLocaleDateString()));
});

test("the button retries", () => {
  line.querySelector("button").listeners.click();
  assert.equal(retried, 1);
});
