// What the losses of a family are compared with: predictors that need no network, at the family's own task.

import { MISSING, nats } from "plm/format";

/** The comparison of a family, of study.comparisons; null for imported studies. */
export function comparisonOf(study, family) {
  return (study.comparisons ?? []).find((comparison) => comparison.family === family) ?? null;
}

/** Where a run's held-out loss stands, and its part on MASK, in words. */
export function standing(run, comparison) {
  if (!comparison) return [];
  const said = [beside("held-out", run.heldOutNats, comparison.lines), beside("on MASK", onMask(run), comparison.onMask)];
  return [...said, comparison.note].filter((words) => words);
}

function beside(what, loss, lines) {
  const line = lines.find(({ name }) => name === "frequencies");
  if (loss == null) return null;
  if (!line) return `${what} ${nats(loss)}`;
  const below = line.lossNats - loss;
  return `${what} ${nats(loss)}, ${nats(Math.abs(below))} ${below > 0 ? "below" : "above"} ${line.label} (${nats(line.lossNats)})`;
}

/** Held-out loss on the residues that show MASK; null where nobody told. */
export function onMask(run) {
  return run.heldOutParts?.mask?.lossNats ?? null;
}

/** The parts of a run's held-out loss, for a cell's title. */
export function partsInWords(run) {
  const names = { mask: "on MASK", random: "on another residue", unchanged: "on unchanged residues" };
  const told = Object.entries(names).map(([name, words]) => [words, run.heldOutParts?.[name]]);
  return told.some(([, part]) => part)
    ? told.map(([words, part]) => `${words} ${part ? `${nats(part.lossNats)} nats over ${part.residues}` : MISSING}`).join("; ")
    : "";
}

/** The sentence under the runs. */
export function showComparison(comparison, references, runs = []) {
  const words = comparison ? [compositionOnly(comparison, runs), inWords(comparison, references?.masked)] : [];
  document.getElementById("comparison").textContent = words.filter((sentence) => sentence).join(" ");
}

/** A best run that is no more than this below the frequencies has learned hardly anything else. */
const LITTLE_NATS = 0.05;

/** Says so where the best run has learned hardly more than the frequencies of amino acids; else nothing. */
export function compositionOnly({ family, lines }, runs) {
  const line = lines.find(({ name }) => name === "frequencies");
  const losses = runs.filter((run) => run.family === family && run.heldOutNats != null).map((run) => run.heldOutNats);
  if (!line || !losses.length) return "";
  const best = Math.min(...losses);
  const below = line.lossNats - best;
  if (below >= LITTLE_NATS) return "";
  return `These models have learned the composition of proteins and little else: the best held-out loss, ${nats(best)} nats, is ${nats(Math.abs(below))} ${below < 0 ? "above" : "below"} what ${line.label} alone reach. How they scale is not how protein models do.`;
}

function inWords({ masked, lines, onMask: linesOnMask, note }, under) {
  const list = (all) => all.map((line) => `${line.label} ${nats(line.lossNats)}`).join(", ");
  const whole = `Without a network, on the held-out set: ${list(lines)} nats.`;
  if (note) return `${whole} ${note[0].toUpperCase()}${note.slice(1)}.`;
  if (!masked || !under) return whole;
  const { masking, selectedResidues } = under;
  const percent = (share) => `${Math.round(share * 100)} %`;
  const shares = `${percent(masking.masked)} MASK, ${percent(masking.random)} random, ${percent(1 - masking.masked - masking.random)} unchanged`;
  return `${whole} On residues that show MASK: ${list(linesOnMask)} nats. The masks are those of every held-out loss: ${selectedResidues} residues, ${shares}.`;
}
