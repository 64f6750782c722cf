// Runs in groups of one size, family, learning rate, seed or state.

import { count, scientific, words } from "plm/format";
import { FIELDS } from "plm/runfields";

/** By what runs are grouped: how a group is called. */
export const GROUPINGS = {
  size: { words: (value) => `${count(value)} parameters` },
  family: { words: (value) => value },
  learningRate: { words: (value) => `learning rate ${scientific(value)}` },
  seed: { words: (value) => `seed ${value}` },
  state: { words: (value) => words(value) },
};

/**
 * Groups ascending by what they have in common, with what is not known last; the runs of each in their order.
 *
 * @param by a key of GROUPINGS
 * @returns [{key, label, runs, bestNats}]: key as text, bestNats is the lowest smoothed loss, null before any
 */
export function groupsOf(runs, by) {
  const { of } = FIELDS[by];
  const groups = new Map();
  for (const run of runs) {
    const value = of(run) ?? null;
    if (!groups.has(value)) groups.set(value, []);
    groups.get(value).push(run);
  }
  return [...groups].sort(([one], [other]) => ascending(one, other)).map(([value, members]) => ({
    key: String(value),
    label: value == null ? "not known" : GROUPINGS[by].words(value),
    runs: members,
    bestNats: members.reduce((best, run) => (run.lossNats != null && (best == null || run.lossNats < best) ? run.lossNats : best), null),
  }));
}

/** Groupings that separate these runs: those by which there are two groups at least. */
export function usefulGroupings(runs) {
  return Object.keys(GROUPINGS).filter((by) => new Set(runs.map((run) => FIELDS[by].of(run) ?? null)).size > 1);
}

function ascending(one, other) {
  if (one == null || other == null) return (one == null) - (other == null);
  return typeof one === "number" ? one - other : one.localeCompare(other, undefined, { numeric: true });
}
