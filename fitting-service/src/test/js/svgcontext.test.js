import assert from "node:assert/strict";
import { test } from "node:test";

import { Painter } from "plm/painter";
import { SvgContext } from "plm/svgcontext";

const context = () => new SvgContext(200, 100, (text) => 6 * text.length);

/** A painter over a plot of which x is 0 to 10 and y is 1 to 100, logarithmic. */
const painter = (ctx) => new Painter({ pxRatio: 1, bbox: { left: 20, top: 10, width: 100, height: 80 }, scales: { x: { min: 0, max: 10, distr: 1 }, y: { min: 1, max: 100, distr: 3 } } }, ctx);

test("a line of a painter is a path with its width and dashes", () => {
  const ctx = context();
  painter(ctx).line([[0, 1], [10, 100]], { stroke: "#123456", width: 3, dash: [4, 2], alpha: 0.5 });
  assert.equal(ctx.parts.length, 1);
  assert.match(ctx.parts[0], /^<path d="M20 90L120 10" fill="none" stroke="#123456" stroke-width="3" .*stroke-dasharray="4 2" opacity="0.5"\/>$/);
});

test("what is clipped names its clip path, and what follows does not", () => {
  const ctx = context();
  const one = painter(ctx);
  one.clipped(() => one.dots([[5, 10]], { fill: "red", size: 2 }));
  one.dots([[5, 10]], { fill: "red", size: 2 });
  assert.match(ctx.parts[0], /clip-path="url\(#clip0\)"/);
  assert.doesNotMatch(ctx.parts[1], /clip-path/);
  assert.match(ctx.definitions[0], /<clipPath id="clip0"><path d="M20 10h100v80h-100Z"\/>/);
});

test("texts are escaped, and keep font, anchor and halo", () => {
  const ctx = context();
  painter(ctx).text("a<b & \"c\"", 50, 40, { fill: "#000", halo: "#fff", font: "600 11.5px Inter, sans-serif", align: "right" });
  assert.match(ctx.parts[0], /stroke="#fff" stroke-width="4"/);
  assert.match(ctx.parts[1], /font-family="Inter, sans-serif" font-size="11.5px" font-weight="600" text-anchor="end" dominant-baseline="central" fill="#000">a&lt;b &amp; &quot;c&quot;<\/text>$/);
});

test("the file is one svg element with a title, and control characters cannot break it", () => {
  const ctx = context();
  ctx.font = "12px sans-serif";
  ctx.fillText("a\u0001b", 1, 1);
  const file = ctx.toString("Loss <of> runs");
  assert.match(file, /^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 200 100"/);
  assert.match(file, /<title>Loss &lt;of&gt; runs<\/title>/);
  assert.match(file, /a\ufffdb/);
  assert.equal(file.match(/<svg/g).length, 1);
});

test("discs are whole circles and bands are closed", () => {
  const ctx = context();
  const one = painter(ctx);
  one.disc(5, 10, { fill: "#fff", stroke: "#000", radius: 4 });
  one.band([[0, 1, 10], [10, 10, 100]], { fill: "#0f0", alpha: 0.2 });
  assert.match(ctx.parts[0], /d="M66 50a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z" fill="#fff"/);
  assert.match(ctx.parts[2], /d="M20 90L120 50L120 10L20 50Z" fill="#0f0" opacity="0.2"/);
});
