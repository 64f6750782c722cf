// Which runs a person asks for: words, and comparisons as size>10M loss<2.8 state=TRAINING family=esm2.

import { words } from "plm/format";
import { fieldNamed, FIELDS, searchedText } from "plm/runfields";

const SUFFIXES = { "": 1, k: 1e3, m: 1e6, b: 1e9, g: 1e9, t: 1e12, "%": 0.01 };
const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(k|m|b|g|t|%)?$/i;
const COMPARISON = /^([^<>=!]*)(<=|>=|!=|=|<|>)(.*)$/;

const COMPARE = {
  "<": (one, other) => one < other,
  "<=": (one, other) => one <= other,
  ">": (one, other) => one > other,
  ">=": (one, other) => one >= other,
};

/** Numbers that are shown to few digits are equal to what is shown. */
const EQUAL_WITHIN = 0.005;

/** 10M, 2.8, 3e9, 40% as a number; null where it is none. */
export function numberOf(text) {
  const found = NUMBER.exec(text.trim());
  return found ? Number(found[1]) * SUFFIXES[(found[2] ?? "").toLowerCase()] : null;
}

/**
 * What a filter asks for: all of its parts have to hold. A word has to stand in the run's name, family, state, verdict or tags; several values
 * of a comparison, separated by commas, are alternatives.
 *
 * @returns {matches(run), problem}: problem is a sentence where the filter cannot be read, then matches is null
 */
export function filterOf(text) {
  const parts = split(text);
  const tests = [];
  for (const part of parts) {
    const { test, problem } = partOf(part);
    if (problem) return { matches: null, problem };
    tests.push(test);
  }
  return { matches: (run) => tests.every((test) => test(run)), problem: null };
}

/** Parts between blanks; blanks within quotation marks and around signs of comparison separate nothing. */
function split(text) {
  const pieces = text.split(/("[^"]*"?)/).map((piece, i) => (i % 2 ? piece : piece.replace(/\s*(<=|>=|!=|<|>|=)\s*/g, "$1")));
  return pieces.join("").match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [];
}

function partOf(part) {
  const found = part.startsWith('"') ? null : COMPARISON.exec(part);
  if (!found) {
    const word = unquoted(part).toLowerCase();
    return { test: (run) => searchedText(run).includes(word) };
  }
  const [, written, sign, value] = found;
  if (!written) return { problem: `'${part}' names no field before ${sign}` };
  const name = fieldNamed(written);
  if (!name) return { problem: `there is no field '${written}'; the fields are ${Object.keys(FIELDS).join(", ")}` };
  if (!value) return { problem: `'${part}' says no value after ${sign}` };
  const values = value.split(",").map(unquoted);
  return FIELDS[name].text ? textTest(name, sign, values) : numberTest(name, sign, values);
}

function textTest(name, sign, values) {
  if (COMPARE[sign]) return { problem: `${name} is text, so it takes = or !=, not ${sign}` };
  const wanted = values.map(plain);
  const { of, all = (run) => [of(run) ?? ""] } = FIELDS[name];
  const equal = (run) => all(run).some((one) => wanted.includes(plain(one)));
  return { test: sign === "=" ? equal : (run) => !equal(run) };
}

function numberTest(name, sign, values) {
  const bad = values.find((value) => numberOf(value) == null);
  if (bad != null) return { problem: `'${bad}' is no number, as 10M, 2.8 or 3e9 are: ${name} is a number` };
  const wanted = values.map(numberOf);
  const { of } = FIELDS[name];
  if (COMPARE[sign] && wanted.length > 1) return { problem: `${name}${sign} takes one number, not ${wanted.length}` };
  if (COMPARE[sign]) return { test: (run) => of(run) != null && COMPARE[sign](of(run), wanted[0]) };
  const equal = (run) => of(run) != null && wanted.some((value) => Math.abs(of(run) - value) <= EQUAL_WITHIN * Math.abs(value));
  return { test: sign === "=" ? equal : (run) => !equal(run) };
}

/** NOT_YET, not-yet and "not yet" are the same word. */
function plain(text) {
  return words(text).replace(/[\s-]+/g, " ").trim();
}

function unquoted(text) {
  return text.replaceAll('"', "");
}
