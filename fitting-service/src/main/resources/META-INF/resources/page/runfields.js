// What is known of a run, by the names under which it is sorted, filtered and grouped.

import { onMask } from "plm/comparison";
import { words } from "plm/format";

/** Missing values are null or undefined; text fields are compared as words, the others as numbers. */
export const FIELDS = {
  name: { of: (run) => run.name, text: true },
  family: { of: (run) => run.family, text: true },
  state: { of: (run) => run.state, text: true },
  plateau: { of: (run) => run.plateau?.verdict, text: true },
  size: { of: (run) => run.size },
  tokens: { of: (run) => run.tokens },
  budget: { of: (run) => run.budgetTokens },
  flops: { of: (run) => run.computeFlops },
  step: { of: (run) => run.step },
  progress: { of: progress },
  epochs: { of: epochs },
  loss: { of: (run) => run.lossNats },
  heldOut: { of: (run) => run.heldOutNats },
  onMask: { of: onMask },
  predicted: { of: (run) => run.predicted?.value },
  speed: { of: (run) => run.tokensPerSecond },
  learningRate: { of: (run) => run.plan?.peakLearningRate },
  seed: { of: (run) => run.plan?.seed },
  tag: { of: (run) => run.tags?.join(" "), all: (run) => run.tags ?? [], text: true },
};

/** What else people call them. */
const ALIASES = {
  parameters: "size", params: "size", n: "size", d: "tokens", c: "flops", compute: "flops", computeflops: "flops", lr: "learningRate", verdict: "plateau",
  eval: "heldOut", mask: "onMask", tags: "tag", "tokens/s": "speed", tps: "speed", run: "name",
};

/** The name of the field that a person means; undefined where there is none. */
export function fieldNamed(written) {
  const plain = written.toLowerCase().replace(/[-_]/g, "");
  return Object.keys(FIELDS).find((name) => name.toLowerCase() === plain) ?? ALIASES[plain];
}

/** The share of a run that is trained, 0 to 1. */
export function progress(run) {
  return run.expectedFlops > 0 ? Math.min(1, run.computeFlops / run.expectedFlops) : 0;
}

/** How often a run has seen its corpus; not known of runs from files. */
export function epochs(run) {
  return run.plan?.epochTokens > 0 ? run.tokens / run.plan.epochTokens : null;
}

/** Text in which free words are searched. */
export function searchedText(run) {
  return [run.name, run.family, words(run.state), run.plateau ? words(run.plateau.verdict) : "", ...(run.tags ?? [])].join("\n").toLowerCase();
}

/** Runs by a field; missing values last either way, equal ones in their order. @param sort {key, sign}; nothing leaves the order as it is */
export function sorted(runs, sort) {
  if (!sort || !FIELDS[sort.key]) return runs;
  const { of } = FIELDS[sort.key];
  const keyed = runs.map((run) => [of(run), run]);
  keyed.sort(([left], [right]) => {
    if (left == null || right == null) return (left == null) - (right == null);
    return sort.sign * (typeof left === "string" ? TEXT.compare(left, right) : left - right);
  });
  return keyed.map(([, run]) => run);
}

/** As people count: run-9 before run-10. One for all, since making one takes long. */
const TEXT = new Intl.Collator(undefined, { numeric: true });
