import assert from "node:assert/strict";
import { test } from "node:test";
import { escape, nameHtml, sentenceHtml, shortName, visible } from "plm/names";

test("a name is text, whatever it holds", () => {
  assert.equal(escape(`<img src=x onerror='a'>&"`), "&lt;img src=x onerror=&#39;a&#39;&gt;&amp;&quot;");
  assert.equal(nameHtml(`"><script>`), `<bdi class="name" title="&quot;&gt;&lt;script&gt;">&quot;&gt;&lt;script&gt;</bdi>`);
});

test("signs that nobody sees are written out in sentences", () => {
  assert.equal(visible("a\u202eb\u0000c\u200bd"), "a\\u202eb\\u0000c\\u200bd");
  assert.equal(sentenceHtml("<\u2066>"), "&lt;\\u2066&gt;");
  assert.equal(visible("Größe 蛋白 👩‍🔬"), "Größe 蛋白 👩‍🔬");
});

test("a name for a canvas is cut between letters and keeps its direction to itself", () => {
  assert.equal(shortName("run"), "\u2068run\u2069");
  assert.equal(shortName("abcdef", 4), "\u2068abc…\u2069");
  assert.equal(shortName("abcd", 4), "\u2068abcd\u2069");
  assert.equal(shortName("𝒜𝒷𝒸𝒹", 3), "\u2068𝒜𝒷…\u2069");
  assert.equal(shortName("a\u202eb\u2069c"), "\u2068abc\u2069");
});
