// The site of the documentation: it is built as 'npm run docs' builds it, into a folder of its own, and read page by page.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { address, HOME, NAVIGATION } from "../../../../docs/site/navigation.js";
import { slug, target } from "../../../../docs/site/markdown.js";
import { kebab, mapped } from "../../../../docs/site/reference/settings.js";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../../..");
const out = fs.mkdtempSync(path.join(os.tmpdir(), "site-"));
const pages = new Map();

function files(folder) {
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    .map((one) => path.relative(folder, path.join(one.parentPath ?? one.path, one.name)));
}

function attributes(html, name) {
  return [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, "g"))].map((found) => found[1]);
}

before(() => {
  const eleventy = path.join(ROOT, "node_modules/@11ty/eleventy/cmd.cjs");
  const relative = path.relative(ROOT, out);
  execFileSync(process.execPath, [eleventy, "--quiet", "--config=docs/site/eleventy.config.js", `--output=${relative}`], { cwd: ROOT, stdio: "pipe" });
  files(out).filter((file) => file.endsWith(".html")).forEach((file) => pages.set(file, fs.readFileSync(path.join(out, file), "utf8")));
});

after(() => fs.rmSync(out, { recursive: true }));

test("every page of the navigation is there, in the four kinds", () => {
  assert.deepEqual(NAVIGATION.map((group) => group.kind), ["Tutorial", "How-to", "Reference", "Explanation"]);
  const listed = NAVIGATION.flatMap((group) => group.pages.map(address));
  assert.equal(new Set(listed).size, listed.length, "an address stands twice");
  [...listed, "index.html"].forEach((one) => assert.ok(pages.has(one), one));
});

test("every page of the documentation is in the navigation", () => {
  const sources = new Set([HOME, ...NAVIGATION.flatMap((group) => group.pages.map((page) => page.source))]);
  const tops = fs.readdirSync(ROOT).filter((file) => file.endsWith(".md"));
  const below = ["docs", "deploy", "benchmarks", "launcher/demo"].flatMap((folder) => fs.readdirSync(path.join(ROOT, folder)).map((file) => `${folder}/${file}`));
  const reasons = fs.readdirSync(ROOT).map((module) => `${module}/RATIONALE.md`).filter((file) => fs.existsSync(path.join(ROOT, file)));
  const missing = [...tops, ...below, ...reasons].filter((file) => file.endsWith(".md") && !sources.has(file));
  assert.deepEqual(missing, []);
});

test("every link and resource of the site leads to a file of the site, and to a place in it", () => {
  let checked = 0;
  for (const [page, html] of pages) {
    for (const link of [...attributes(html, "href"), ...attributes(html, "src")]) {
      if (/^(https?:|mailto:|data:)/.test(link)) {
        continue;
      }
      assert.ok(!link.startsWith("/"), `${page}: ${link} works at no sub-path`);
      const { file, anchor } = target(page, link);
      assert.ok(fs.existsSync(path.join(out, file)), `${page}: ${link} leads nowhere`);
      if (anchor !== "") {
        assert.ok(pages.get(file).includes(` id="${anchor}"`), `${page}: ${link} names no place`);
      }
      checked += 1;
    }
  }
  assert.ok(checked > 1000, `${checked} links`);
});

test("nothing is loaded from elsewhere, and no script or style stands in a page", () => {
  for (const [page, html] of pages) {
    const head = html.slice(0, html.indexOf("<body>"));
    assert.doesNotMatch(head, /(src|href)="https?:/, page);
    assert.doesNotMatch(html, /<script(?![^>]* src=)|<style|<iframe|<link[^>]*https?:|<img[^>]*https?:/, page);
  }
  assert.doesNotMatch(fs.readFileSync(path.join(out, "assets/style.css"), "utf8"), /@import|url\(/);
});

test("ids of a page are its own", () => {
  for (const [page, html] of pages) {
    const ids = attributes(html, "id");
    assert.equal(new Set(ids).size, ids.length, page);
  }
});

test("the search finds sections by all of their words, titles first", () => {
  const context = vm.createContext({ document: { documentElement: {} } });
  ["assets/site.js", "assets/index.js"].forEach((file) => vm.runInContext(fs.readFileSync(path.join(out, file), "utf8"), context));
  const found = vm.runInContext("search(searchIndex, 'sealed predictions')", context);
  assert.equal(found[0].url, "docs/forecasts.html#sealed-predictions");
  assert.equal(vm.runInContext("search(searchIndex, 'qwertzuiop')", context).length, 0);
  assert.equal(vm.runInContext("search(searchIndex, ' ')", context).length, 0);
  const urls = vm.runInContext("searchIndex.map((one) => one.url.split('#')[0])", context);
  assert.deepEqual([...new Set(urls)].filter((url) => !pages.has(url)), []);
});

test("settings have the default and the meaning of their sources", () => {
  const html = pages.get("docs/settings.html");
  ["trainer.grace-period", "dataset.slices.of-largest-run", "fitting.events.group.id", "frontier.http.expensive.queue-time"]
    .forEach((key) => assert.ok(html.includes(`<code>${key}</code>`), key));
  const row = html.split("<tr>").find((one) => one.includes("<code>fitting.refit.share-behind</code>"));
  assert.match(row, /FITTING_REFIT_SHARE_BEHIND.*number.*0\.05.*catches up with the log/s);
});

test("every member of a settings interface is a key", () => {
  const source = `/** All. */ @ConfigMapping(prefix = "x")
public interface C {
    /** One {@code a}, see {@link #twoWords()}. */
    @WithDefault("1")
    int one();

    Inner twoWords();

    /** Nested. */
    interface Inner {
        /** Deep. */
        Optional<Path> deep();
    }
}
`;
  assert.deepEqual(mapped(source).map((one) => [one.key, one.fallback, one.meaning]), [["x.one", "1", "One `a`, see `two-words`."], ["x.two-words.deep", undefined, "Deep."]]);
  const read = (file) => fs.readFileSync(path.join(ROOT, file), "utf8");
  const trainer = read("trainer-service/src/main/java/org/plmfrontier/trainer/wiring/TrainerConfig.java");
  const members = [...trainer.matchAll(/^ +(?!return)[\w<>]+ (\w+)\(\);/gm)].map((found) => kebab(found[1]));
  const keys = new Set(mapped(trainer).flatMap((one) => one.key.split(".")));
  assert.deepEqual(members.filter((member) => !keys.has(member)), []);
  mapped(trainer).forEach((one) => assert.notEqual(one.meaning, "", one.key));
});

test("the study file's page has every field with its unit", () => {
  const html = pages.get("docs/reference/study-file.html");
  const schema = JSON.parse(fs.readFileSync(path.join(ROOT, "dataset-service/src/main/resources/META-INF/resources/study.schema.json"), "utf8"));
  Object.keys(schema.properties).forEach((field) => assert.ok(html.includes(`<code>${field}</code>`), field));
  assert.match(html.split("<tr>").find((one) => one.includes("<code>maxLength</code>")), /integer.*tokens.*256/s);
});

test("REST pages have every operation and schema of their documents", () => {
  for (const service of ["fitting-service", "dataset-service", "trainer-service"]) {
    const html = pages.get(`docs/reference/rest-${service}.html`);
    const api = fs.readFileSync(path.join(ROOT, `docs/openapi/${service}.yaml`), "utf8");
    const paths = [...api.matchAll(/^ {2}(\/\S*):$/gm)].map((found) => found[1]);
    assert.ok(paths.length > 1);
    paths.forEach((one) => assert.ok(html.includes(` ${one}</code></h3>`), one));
  }
});

test("headings get the ends of addresses that the forge gives them", () => {
  assert.equal(slug("What is proved, and what is not"), "what-is-proved-and-what-is-not");
  assert.equal(slug("`GET /studies/{id}`"), "get-studiesid");
});
