// What a person has set on the page, as text behind the study in the address: a link shows the same again.

import { ALL, choiceOf, choiceText } from "plm/choice";
import { COLOURINGS } from "plm/runcolours";
import { FIELDS } from "plm/runfields";
import { GROUPINGS } from "plm/rungroups";
import { XAXES } from "plm/series";
import { MOST_WEIGHT } from "plm/smoothing";

/** Nothing set: sort {key, sign}, smoothing null as the fits smooth, zoom {x, y} of the loss plot, each [low, high] or null. */
export const PLAIN = {
  sort: null, filter: "", group: null, closed: [], colour: "size", x: "flops", xScale: "log", yScale: "log", smoothing: null, chosen: ALL, baseline: null, zoom: { x: null, y: null },
};

/** Which page an address asks for: {study, run} and the view; without a study the list of studies. @param hash location.hash */
export function addressOf(hash) {
  const [, path, query] = /^#?([^?]*)\??(.*)$/s.exec(hash);
  const [study, run] = path.split("/", 2).map(decoded);
  return { study: study || null, run: run || null, view: viewOf(new URLSearchParams(query)) };
}

/** The address of a page. @param known ids of the study's runs */
export function hashOf(study, run, view, known) {
  const path = [study, run].filter(Boolean).map(encodeURIComponent).join("/");
  const query = paramsOf(view, known);
  return `#${path}${query ? `?${query}` : ""}`;
}

function paramsOf(view, known) {
  const params = new URLSearchParams();
  const put = (name, value, usual) => value != null && value !== "" && value !== usual && params.set(name, value);
  put("sort", view.sort && `${view.sort.sign < 0 ? "-" : ""}${view.sort.key}`);
  put("filter", view.filter);
  put("group", view.group);
  put("closed", view.group && view.closed.join("|"));
  put("colour", view.colour, PLAIN.colour);
  put("x", view.x, PLAIN.x);
  put("xs", view.xScale, PLAIN.xScale);
  put("ys", view.yScale, PLAIN.yScale);
  put("smooth", view.smoothing);
  put("runs", choiceText(view.chosen, known));
  put("baseline", view.baseline);
  put("zx", view.zoom.x?.map(short).join("~"));
  put("zy", view.zoom.y?.map(short).join("~"));
  return params.toString();
}

/** What cannot be read is left as it is without it. */
function viewOf(params) {
  const one = (name, known, usual) => (Object.hasOwn(known, params.get(name) ?? "") ? params.get(name) : usual);
  const scales = { log: 1, linear: 1 };
  return {
    sort: sortOf(params.get("sort") ?? ""),
    filter: params.get("filter") ?? "",
    group: one("group", GROUPINGS, null),
    closed: (params.get("closed") ?? "").split("|").filter(Boolean),
    colour: one("colour", COLOURINGS, PLAIN.colour),
    x: one("x", XAXES, PLAIN.x),
    xScale: one("xs", scales, PLAIN.xScale),
    yScale: one("ys", scales, PLAIN.yScale),
    smoothing: weightOf(params.get("smooth")),
    chosen: choiceOf(params.get("runs")),
    baseline: params.get("baseline"),
    zoom: { x: rangeOf(params.get("zx"), params.get("xs")), y: rangeOf(params.get("zy"), params.get("ys")) },
  };
}

function sortOf(text) {
  const key = text.replace(/^-/, "");
  return Object.hasOwn(FIELDS, key) ? { key, sign: text.startsWith("-") ? -1 : 1 } : null;
}

function weightOf(text) {
  const weight = text == null || text === "" ? NaN : Number(text);
  return weight >= 0 && weight <= MOST_WEIGHT ? weight : null;
}

/** A logarithmic axis begins above 0. */
function rangeOf(text, scale) {
  const ends = (text ?? "").split("~").map(Number);
  const fits = ends.length === 2 && ends.every(Number.isFinite) && ends[0] < ends[1];
  return fits && (scale === "linear" || ends[0] > 0) ? ends : null;
}

function short(value) {
  return Number(value.toPrecision(5));
}

function decoded(text) {
  try {
    return decodeURIComponent(text ?? "");
  } catch {
    return text;
  }
}
