import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Forecasts } from "plm/forecasts";

let asked;
let taken;
let reply;
let forecasts;
beforeEach((context) => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  asked = [];
  taken = {};
  reply = () => [200, { from: { current: true } }];
  globalThis.fetch = async (path) => {
    asked.push(path);
    const [status, body] = reply(path);
    return new Response(JSON.stringify(body), { status });
  };
  forecasts = new Forecasts((news) => Object.assign(taken, news));
  forecasts.open("/studies/s");
  context.after?.(() => mock.timers.reset());
});

/** Lets the clock go on, and everything that is due by then. */
async function pass(millis) {
  mock.timers.tick(millis);
  for (let i = 0; i < 200; i++) await Promise.resolve();
  await new Promise((done) => setImmediate(done));
}

const ALL = ["/studies/s/answer?family=ESM2", "/studies/s/backtest?family=ESM2", "/studies/s/run-forecasts"];

test("new fits are asked about at once, and then four times a minute at most", async () => {
  forecasts.changed(["ESM2"]);
  await pass(0);
  assert.deepEqual(asked, ALL);
  assert.equal(taken.answers.sheets[0].family, "ESM2");
  assert.deepEqual(Object.keys(taken).sort(), ["answers", "backtests", "runForecasts"]);
  for (let i = 0; i < 14; i++) {
    forecasts.changed(["ESM2"]);
    await pass(1000);
  }
  assert.equal(asked.length, 3);
  await pass(1000);
  assert.equal(asked.length, 6);
  await pass(600_000);
  assert.equal(asked.length, 6, "what does not change is not asked about");
});

test("an answer of earlier losses is asked for again, since no further fit may come", async () => {
  reply = () => [200, { from: { current: false } }];
  forecasts.changed(["ESM2"]);
  await pass(0);
  reply = () => [200, { from: { current: true } }];
  await pass(15_000);
  assert.equal(asked.length, 6);
  await pass(60_000);
  assert.equal(asked.length, 6);
});

test("a budget is asked for when the person has typed it", async () => {
  forecasts.changed(["A B", "C"]);
  await pass(0);
  asked = [];
  forecasts.ask(1e1);
  await pass(200);
  forecasts.ask(1e15);
  await pass(399);
  assert.deepEqual(asked, []);
  await pass(1);
  assert.deepEqual(asked.slice(0, 2), ["/studies/s/answer?family=A%20B&budgetFlops=1000000000000000", "/studies/s/answer?family=C&budgetFlops=1000000000000000"]);
  assert.equal(taken.answers.budget, 1e15);
  forecasts.ask(1e30);
  await pass(400);
  assert.ok(asked.includes("/studies/s/answer?family=C&budgetFlops=1e%2B30"), "a plus sign in an address is a space");
});

test("a budget that comes while another is worked for does not wait a quarter of a minute", async () => {
  forecasts.changed(["ESM2"]);
  let answer;
  const before = globalThis.fetch;
  globalThis.fetch = (path) => new Promise((done) => (answer = () => done(before(path))));
  await pass(0);
  globalThis.fetch = before;
  forecasts.ask(2e15);
  await pass(400);
  answer();
  await pass(0);
  await pass(0);
  assert.ok(asked.some((path) => path.endsWith("budgetFlops=2000000000000000")), asked.join());
});

test("a refusal is shown with its reason and not asked again", async () => {
  reply = (path) => (path.includes("/answer") ? [422, { detail: "too far" }] : [200, []]);
  forecasts.changed(["ESM2"]);
  await pass(0);
  assert.equal(taken.answers.sheets[0].problem, "too far");
  await pass(60_000);
  assert.equal(asked.length, 3);
});

test("where no answer can be had the last one stays, and it is asked again", async () => {
  forecasts.changed(["ESM2"]);
  await pass(0);
  forecasts.changed(["ESM2"]);
  reply = () => [404, { detail: "there is no study 's'" }];
  await pass(15_000);
  assert.equal(taken.answers.sheets[0].lost, "there is no study 's'");
  assert.equal(taken.answers.sheets[0].sheet.from.current, true);
  globalThis.fetch = async () => {
    throw new TypeError("refused");
  };
  await pass(15_000);
  assert.equal(taken.answers.sheets[0].lost, "the server cannot be reached");
  globalThis.fetch = async () => new Response(JSON.stringify({ from: { current: true } }));
  await pass(15_000);
  assert.equal(taken.answers.sheets[0].lost, undefined);
});

test("answers of a study that was left are dropped", async () => {
  forecasts.changed(["ESM2"]);
  mock.timers.tick(0);
  forecasts.open("/studies/t");
  await pass(0);
  assert.deepEqual(taken, {});
  forecasts.close();
  forecasts.changed(["ESM2"]);
  forecasts.ask(1);
  await pass(60_000);
  assert.ok(asked.every((path) => path.startsWith("/studies/s/")));
});
