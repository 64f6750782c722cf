import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const resources = new URL("../../main/resources/META-INF/resources/", import.meta.url);
const scripts = readdirSync(new URL("page/", resources)).filter((name) => name.endsWith(".js")).map((name) => name.replace(".js", ""));
const [, map] = readFileSync(new URL("index.html", resources), "utf8").match(/<script type="importmap">(.*?)<\/script>/s);

test("the browser finds every script under the name by which these tests find it", () => {
  const named = Object.fromEntries(scripts.filter((name) => name !== "main").map((name) => [`plm/${name}`, `/page/${name}.js`]));
  assert.deepEqual(JSON.parse(map).imports, named);
  for (const name of scripts) assert.equal(import.meta.resolve(`plm/${name}`), new URL(`page/${name}.js`, resources).href);
});

test("a script imports what exists, and nothing from elsewhere", async () => {
  for (const name of scripts.filter((script) => script !== "main")) {
    const source = readFileSync(new URL(`page/${name}.js`, resources), "utf8");
    for (const [, names, module] of source.matchAll(/^import \{(.*?)\} from "(.*?)";/gms)) {
      assert.match(module, /^plm\//, `${name}.js imports ${module}`);
      const known = Object.keys(await import(module));
      for (const one of names.split(",")) assert.ok(known.includes(one.trim()), `${name}.js imports ${one.trim()} of ${module}`);
    }
  }
});
