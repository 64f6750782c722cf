// Which colour each run is drawn in, by what people want to tell apart.

import { count, scientific } from "plm/format";
import { FIELDS } from "plm/runfields";
import { categoryColour, colour, scaleColour } from "plm/theme";

/** Ordered quantities get a sequential palette, the others one whose colours differ as much as they can. */
export const COLOURINGS = {
  size: { ordered: true, words: (value) => count(value) },
  family: { ordered: false, words: (value) => value },
  learningRate: { ordered: true, words: (value) => scientific(value) },
  seed: { ordered: false, words: (value) => `seed ${value}` },
  run: { ordered: false, words: (value) => value },
};

/**
 * Colours of runs, and what they stand for.
 *
 * @param by a key of COLOURINGS
 * @param family whose sizes are told apart; where colours are of sizes or learning rates, other families are quiet
 * @returns {colours: run id to colour, entries: [{label, colour, runIds}] ascending, ordered}
 */
export function colouring(runs, by, family) {
  const { ordered, words } = COLOURINGS[by];
  const of = by === "run" ? (run) => run.runId : FIELDS[by].of;
  const told = ordered ? runs.filter((run) => run.family === family && of(run) != null) : runs.filter((run) => of(run) != null);
  const values = [...new Set(told.map(of))].sort(ordered || by === "seed" ? (one, other) => one - other : (one, other) => one.localeCompare(other, undefined, { numeric: true }));
  const places = new Map(values.map((value, i) => [value, i]));
  const shades = values.map((value, i) => (ordered ? scaleColour(values.length === 1 ? 0.5 : i / (values.length - 1)) : categoryColour(i)));
  const others = colour("--other");
  const members = values.map(() => []);
  const colours = new Map(runs.map((run) => [run.runId, others]));
  const names = new Map(runs.map((run) => [run.runId, run.name]));
  for (const run of told) {
    colours.set(run.runId, shades[places.get(of(run))]);
    members[places.get(of(run))].push(run.runId);
  }
  const entries = values.map((value, i) => ({ label: by === "run" ? names.get(value) : words(value), colour: shades[i], runIds: members[i] }));
  return { colours, entries, ordered };
}

/** Colourings that tell these runs apart. */
export function usefulColourings(runs) {
  return Object.keys(COLOURINGS).filter((by) => ["size", "run"].includes(by) || new Set(runs.map((run) => FIELDS[by].of(run) ?? null)).size > 1);
}
