import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const resources = new URL("../../main/resources/META-INF/resources/", import.meta.url);
const scripts = readdirSync(new URL("page/", resources)).filter((name) => name.endsWith(".js")).map((name) => name.replace(".js", ""));

/** Pages, by the script that each starts with. */
const PAGES = { main: "index.html", compare: "compare.html" };

function source(name) {
  return readFileSync(new URL(`page/${name}.js`, resources), "utf8");
}

function importsOf(name) {
  return [...source(name).matchAll(/^import \{(.*?)\} from "(.*?)";/gms)].map(([, names, module]) => ({ names: names.split(",").map((one) => one.trim()), module }));
}

/** All scripts that a script loads. */
function loadedBy(name, known = new Set()) {
  for (const { module } of importsOf(name)) {
    const other = module.replace("plm/", "");
    if (!known.has(other)) loadedBy(other, known.add(other));
  }
  return known;
}

test("each page finds every script that it loads under the name by which these tests find it, and no other", () => {
  for (const [entry, page] of Object.entries(PAGES)) {
    const html = readFileSync(new URL(page, resources), "utf8");
    const [, map] = html.match(/<script type="importmap">(.*?)<\/script>/s);
    const named = Object.fromEntries([...loadedBy(entry)].map((name) => [`plm/${name}`, `/page/${name}.js`]));
    assert.deepEqual(JSON.parse(map).imports, named, page);
    assert.match(html, new RegExp(`<script type="module" src="/page/${entry}.js">`));
  }
  for (const name of scripts) assert.equal(import.meta.resolve(`plm/${name}`), new URL(`page/${name}.js`, resources).href);
});

test("no script is left that no page loads", () => {
  const loaded = Object.keys(PAGES).flatMap((entry) => [entry, ...loadedBy(entry)]);
  assert.deepEqual([...new Set(loaded)].sort(), [...scripts].sort());
});

test("a script imports what exists, and nothing from elsewhere", async () => {
  for (const name of scripts) {
    for (const { names, module } of importsOf(name)) {
      assert.match(module, /^plm\//, `${name}.js imports ${module}`);
      const known = Object.keys(await import(module));
      for (const one of names) assert.ok(known.includes(one), `${name}.js imports ${one} of ${module}`);
    }
  }
});
