// Legends of the plots. Where entries stand for runs, pointing at one highlights them.

import { methodLabel } from "plm/methods";

/** More entries than that are one ramp, or are left to the table. */
const MOST_ENTRIES = 12;

/**
 * The legend of the loss plot.
 *
 * @param shades {entries: [{label, colour, runIds}], ordered} as of colouring
 * @param marks which further marks there are {family, uncommitted, predicted, envelope}
 * @param onFocus called with a set of run ids while an entry is pointed at or has the focus, else with null
 */
export function showLossLegend({ entries, ordered }, { family, uncommitted, predicted, envelope }, onFocus) {
  const marks = entries.length <= MOST_ENTRIES
    ? entries.map((one) => button(one, onFocus))
    : ordered ? [ramp(entries)] : [plain(`${entries.length} colours: point at a row or a line`, "")];
  if (family) marks.push(plain("other families", "other"));
  if (uncommitted) marks.push(plain("not yet committed", "uncommitted"));
  if (predicted) marks.push(plain("predicted end, 95 %", "predicted"));
  if (envelope) marks.push(plain("envelope and band", "envelope"));
  replace(document.getElementById("loss-legend"), marks);
}

export function showSizeLegend(frontier, others, fits) {
  const laws = others.map((other) => plain(methodLabel(other.method, fits), `dashed ${other.method}`));
  if (frontier?.line) laws.unshift(plain(others.length ? methodLabel(frontier.method, fits) : "fitted law and band", "law"));
  replace(document.getElementById("size-legend"), [...laws, plain("best size so far", "best")]);
}

/** Only where something else is to be said, so that a focus within stays. */
function replace(legend, marks) {
  const said = marks.map((one) => one.dataset.key).join("\n");
  if (legend.dataset.said === said) return;
  legend.dataset.said = said;
  legend.replaceChildren(...marks);
}

function button({ label, colour, runIds }, onFocus) {
  const item = document.createElement("button");
  item.type = "button";
  item.append(mark("", { background: colour }), label);
  item.dataset.key = `${label} ${colour} ${runIds.join()}`;
  const runs = new Set(runIds);
  for (const name of ["pointerenter", "focus"]) item.addEventListener(name, () => onFocus(runs));
  for (const name of ["pointerleave", "blur"]) item.addEventListener(name, () => onFocus(null));
  return item;
}

function ramp(entries) {
  const item = plain(entries.at(-1).label, "", { background: `linear-gradient(90deg,${entries.map(({ colour }) => colour).join(",")})` });
  item.className = "ramp";
  item.prepend(entries[0].label);
  item.dataset.key = `${item.textContent} ${entries.length} ${entries[0].colour}`;
  return item;
}

function plain(words, kind, style = {}) {
  const item = document.createElement("span");
  item.append(mark(kind, style), words);
  item.dataset.key = `${words} ${kind}`;
  return item;
}

function mark(kind, style) {
  const sign = document.createElement("i");
  sign.className = kind;
  Object.assign(sign.style, style);
  return sign;
}
