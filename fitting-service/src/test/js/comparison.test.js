import assert from "node:assert/strict";
import { test } from "node:test";

import { compositionOnly } from "plm/comparison";

const COMPARISON = { family: "ESM2", lines: [{ name: "frequencies", label: "frequencies under these masks", lossNats: 2.713 }] };

test("a study whose best run is near the frequencies has learned the composition alone, and says so", () => {
  const runs = [
    { family: "ESM2", heldOutNats: 2.75 },
    { family: "ESM2", heldOutNats: 2.688 },
    { family: "CAUSAL", heldOutNats: 2.1 },
    { family: "ESM2", heldOutNats: null },
  ];
  assert.match(compositionOnly(COMPARISON, runs), /the best held-out loss, 2\.688 nats, is 0\.025 below what frequencies under these masks/);
  assert.match(compositionOnly(COMPARISON, [runs[0]]), /0\.037 above/);
});

test("a run well below them, no evaluation, or no frequencies say nothing", () => {
  assert.equal(compositionOnly(COMPARISON, [{ family: "ESM2", heldOutNats: 2.66 }]), "");
  assert.equal(compositionOnly(COMPARISON, []), "");
  assert.equal(compositionOnly({ family: "ESM2", lines: [] }, [{ family: "ESM2", heldOutNats: 2.7 }]), "");
});
