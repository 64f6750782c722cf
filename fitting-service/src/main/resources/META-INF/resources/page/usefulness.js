// What models are good for beside their loss: one metric of one evaluation at a time, against size, tokens, compute or loss.

import { offerExports } from "plm/exports";
import { count, interval, MISSING, nats, scientific, short } from "plm/format";
import { LogPlot } from "plm/logplot";
import { escape, nameHtml, sentenceHtml } from "plm/names";
import { colour, font, scaleColour } from "plm/theme";
import { decimalLabels, evenTicks, logTicks, powerLabels } from "plm/ticks";

const REFRESH_MILLIS = 20_000;
const MOST_ROWS = 200;

/** What a state can be drawn over. */
export const OVER = {
  computeFlops: { label: "training FLOPs", log: true, texts: powerLabels },
  parameters: { label: "parameters", log: true, texts: (ticks) => ticks.map(short) },
  tokens: { label: "training tokens", log: true, texts: (ticks) => ticks.map(short) },
  lossNats: { label: "held-out loss, nats", log: false, texts: decimalLabels },
};

const METRICS = {
  spearman: "Spearman's rank correlation",
  topRecall: "share of the best tenth that is found",
  auc: "area under the ROC curve",
  q3: "three-state accuracy (Q3)",
  q3PerProtein: "Q3, mean over proteins",
  f1C: "F1 of coil",
  f1E: "F1 of strands",
  f1H: "F1 of helices",
  longPrecisionL: "precision of the L best long-range contacts",
  longPrecisionL2: "precision of the L/2 best long-range contacts",
  longPrecisionL5: "precision of the L/5 best long-range contacts",
  mediumPrecisionL: "precision of the L best medium-range contacts",
  shortPrecisionL: "precision of the L best short-range contacts",
  perplexity: "perplexity",
  maskPerplexity: "perplexity on MASK",
  pseudoPerplexity: "pseudo-perplexity",
};

/** A metric in words; one that the page does not know by its name. */
export function metricWords(metric) {
  return METRICS[metric] ?? metric;
}

/** All metrics of all evaluations, those over all of the data first. */
export function choices(sheet) {
  const several = new Set(sheet.evaluations.flatMap(({ metrics }) => metrics.map(({ family }) => family))).size > 1;
  return sheet.evaluations.flatMap((evaluation) => evaluation.metrics.map((metric) => ({
    key: [evaluation.name, evaluation.hash, metric.metric, metric.subject, metric.family].join("\n"),
    words: [evaluation.name, metricWords(metric.metric), metric.subject, several ? metric.family : ""].filter(Boolean).join(", "),
    evaluation,
    metric,
  })));
}

export class Usefulness {
  /** @param read gives a promise of GET /studies/{id}/evaluations, or null */
  constructor(read) {
    this.read = read;
    this.section = document.getElementById("usefulness-section");
    this.metrics = document.getElementById("usefulness-metric");
    this.over = document.getElementById("usefulness-x");
    this.over.innerHTML = Object.entries(OVER).map(([key, { label }]) => `<option value="${key}">${label}</option>`).join("");
    this.metrics.addEventListener("change", () => {
      this.key = choices(this.sheet)[this.metrics.value]?.key;
      this.draw();
    });
    this.over.addEventListener("change", () => this.draw());
    this.sheet = null;
    this.plot = null;
    this.key = null;
  }

  /** Another study. */
  follow() {
    this.stop();
    this.timer = setInterval(() => document.hidden || this.look(), REFRESH_MILLIS);
    this.look();
  }

  stop() {
    clearInterval(this.timer);
    this.sheet = null;
    this.section.hidden = true;
    document.getElementById("answer-second").hidden = true;
  }

  async look() {
    const sheet = await this.read();
    if (sheet) this.show(sheet);
  }

  show(sheet) {
    this.sheet = sheet;
    const all = choices(sheet);
    this.section.hidden = !sheet.evaluations.length;
    const second = document.getElementById("answer-second");
    second.innerHTML = secondHtml(all);
    second.hidden = !second.innerHTML;
    if (this.section.hidden) return;
    const options = all.map(({ key, words }, i) => `<option value="${i}"${key === this.key ? " selected" : ""}>${escape(words)}</option>`).join("");
    if (options !== this.options) this.metrics.innerHTML = options;
    this.options = options;
    this.draw();
  }

  figure() {
    const host = document.getElementById("usefulness-plot");
    offerExports(host.closest("figure"), () => metricRows(this.drawn), () => `${this.sheet.study}-${this.drawn.evaluation.name}-${this.drawn.metric.metric}`);
    return new UsefulnessPlot(host);
  }

  draw() {
    const all = choices(this.sheet);
    const { evaluation, metric } = all.find(({ key }) => key === this.key) ?? all[0] ?? { evaluation: this.sheet.evaluations[0], metric: null };
    document.getElementById("usefulness-note").innerHTML = noteHtml(evaluation, metric);
    document.getElementById("usefulness-body").innerHTML = metric ? rowsHtml(metric) : "";
    document.getElementById("usefulness-panel").hidden = !metric;
    if (!metric) return;
    this.drawn = { evaluation, metric };
    this.plot ??= this.figure();
    this.plot.show(metric, this.over.value || "computeFlops");
  }
}

/** Metrics over all of an evaluation's data whose best state is another than that with the lowest loss. */
export function secondHtml(all) {
  return all.filter(({ metric }) => metric.best?.differ && !metric.subject).map(({ words, metric: { best: { byMetric, byLoss } } }) => `By ${escape(words)} the answer is another: <b>${nameHtml(byMetric.name)}</b> `
    + `reached ${number(byMetric.value)} (${interval(byMetric, number)}), ${nameHtml(byLoss.name)} with the lowest loss ${number(byLoss.value)} (${interval(byLoss, number)}).`).join(" ");
}

/** The table of what is drawn. */
export function metricRows({ evaluation, metric }) {
  const head = ["evaluation", "metric", "subject", "run", "run_id", "parameters", "tokens", "compute_flops", "loss_nats", "value", "low", "high"];
  return [head, ...metric.states.map((state) => [evaluation.name, metric.metric, metric.subject, state.name, state.runId, state.parameters, state.tokens, state.computeFlops, state.lossNats, state.value, state.low, state.high])];
}

/** What the numbers say, and what was set apart. */
export function noteHtml(evaluation, metric) {
  const sentences = [];
  if (metric) {
    const { fromLoss, best, baselines, references } = metric;
    if (fromLoss.outcome === "PREDICTABLE") sentences.push("It follows the loss: over the loss the line is its law.");
    else if (fromLoss.outcome === "NOT_PREDICTABLE") sentences.push(`<b>Not predictable from the loss</b>: ${sentenceHtml(fromLoss.reason)}.`);
    else sentences.push(`Whether it follows the loss is not known yet: ${sentenceHtml(fromLoss.reason)}.`);
    if (best) sentences.push(best.differ ? `<b>${sentenceHtml(best.sentence)}</b>` : sentenceHtml(best.sentence));
    for (const { predictor, value } of baselines) sentences.push(`${escape(predictor)}, which knows nothing of the model: ${escape(number(value))}.`);
    if (references.length) sentences.push(referencesHtml(references));
  }
  if (evaluation.kind === "variant-effect" && metric?.states.some(({ low }) => low != null)) sentences.push("The interval of one scan is over its variants, not over other proteins.");
  if (evaluation.relatives) sentences.push(relativesHtml(evaluation.relatives));
  sentences.push(`Took ${escape(number(evaluation.seconds))} s of devices.`);
  if (evaluation.gone) sentences.push(`<span class="quiet">${evaluation.gone === 1 ? "One state was" : `${evaluation.gone} states were`} not measured: the checkpoint was gone when its turn came.</span>`);
  for (const finding of evaluation.findings.slice(0, 5)) sentences.push(`<span class="quiet">${sentenceHtml(sentence(finding))}</span>`);
  if (evaluation.findings.length > 5) sentences.push(`<span class="quiet">And ${evaluation.findings.length - 5} further findings.</span>`);
  return sentences.join(" ");
}

/** How many of the evaluated proteins are like training proteins. */
function relativesHtml({ proteins, shares, unknown }) {
  if (unknown) return `Whether the corpus has relatives of its proteins is unknown: ${sentenceHtml(unknown)}.`;
  const parts = shares.map((share) => `${number((100 * share.proteins) / proteins)} % at ${Math.round(100 * share.identity)} % identity`);
  return `Of its ${count(proteins)} proteins have a relative in the training corpus: ${parts.join(", ")} (MMseqs2, over 80 % of their length).`;
}

function sentence(text) {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** A sentence for each set of published numbers: what they were measured on, where they stand, and whether they compare. */
function referencesHtml(references) {
  const setOf = ({ data, source }) => `${data}\n${source}`;
  return [...new Set(references.map(setOf))].map((key) => {
    const set = references.filter((one) => setOf(one) === key);
    const [{ comparable, why, data, source }] = set;
    const values = set.map(({ model, value }) => `${escape(model)} ${escape(number(value))}`).join(", ");
    return `Published, ${comparable ? "drawn as rings over the parameters" : "not comparable"} (${sentenceHtml(why)}): ${values} on ${escape(data)}; ${escape(source)}.`;
  }).join(" ");
}

export function number(value) {
  const size = Math.abs(value);
  return size > 0 && (size < 1e-3 || size >= 1e5) ? scientific(value) : String(Number(value.toPrecision(size >= 10 ? 4 : 3)));
}

function rowsHtml({ states }) {
  return [...states].reverse().slice(0, MOST_ROWS).map((state) => `<tr><td>${nameHtml(state.name)}</td><td class="n">${short(state.parameters)}</td><td class="n">${short(state.tokens)}</td>`
    + `<td class="n">${scientific(state.computeFlops)}</td><td class="n">${state.lossNats == null ? MISSING : nats(state.lossNats)}</td>`
    + `<td class="n"><b>${number(state.value)}</b>${state.low == null ? "" : `<small>${interval(state, number)}</small>`}</td><td class="n">${count(state.count)}</td></tr>`).join("");
}

/** States as discs with their intervals, a shade for each size; baselines dashed. */
export class UsefulnessPlot {
  constructor(host) {
    this.host = host;
    this.metric = null;
    this.over = null;
  }

  show(metric, over) {
    const changed = over !== this.over || metric.metric !== this.metric?.metric;
    this.metric = metric;
    this.over = over;
    if (!this.plot) this.plot = new LogPlot(this.host, this.axes(), (painter) => this.paint(painter), () => {});
    else if (changed) this.plot.rescale(this.axes());
    this.plot.show(bounds(metric, over));
    this.host.setAttribute("aria-label", describe(metric, over));
  }

  axes() {
    const { label, log, texts } = OVER[this.over];
    return {
      xLabel: label,
      yLabel: metricWords(this.metric.metric),
      xTicks: log ? logTicks : evenTicks,
      xTexts: texts,
      xScale: log ? "log" : "linear",
      yTicks: evenTicks,
      yTexts: (ticks) => ticks.map(number),
      yScale: "linear",
    };
  }

  paint(painter) {
    const { metric, over } = this;
    if (!metric) return;
    const { x } = painter.plot.scales;
    const sizes = [...new Set(metric.states.map(({ parameters }) => parameters))].sort((one, other) => one - other);
    const shade = ({ parameters }) => scaleColour(sizes.length === 1 ? 0.5 : sizes.indexOf(parameters) / (sizes.length - 1));
    painter.clipped(() => {
      for (const { predictor, value } of metric.baselines) {
        painter.line([[x.min, value], [x.max, value]], { stroke: colour("--quiet"), width: 1.2, dash: [5, 4] });
        painter.text(predictor, painter.box.right - 6 * painter.ratio, painter.y(value) - 8 * painter.ratio, { fill: colour("--quiet"), halo: colour("--surface"), font: font(12), align: "right" });
      }
      if (over === "lossNats" && metric.fromLoss.curve.length) painter.line(metric.fromLoss.curve, { stroke: colour("--frontier-strong"), width: 2 });
      if (over === "parameters") {
        for (const one of comparableModels(metric)) painter.disc(one.parameters, one.value, { fill: colour("--surface"), stroke: colour("--quiet"), radius: 3 });
      }
      for (const state of metric.states) {
        if (state[over] != null && state.low != null) painter.line([[state[over], state.low], [state[over], state.high]], { stroke: shade(state), width: 1.4, alpha: 0.5 });
      }
      for (const state of metric.states) {
        if (state[over] != null) painter.disc(state[over], state.value, { fill: shade(state), stroke: colour("--surface"), radius: 4 });
      }
    });
  }
}

/** Published models that are drawn beside the states, over the parameters. */
function comparableModels({ references }) {
  return references.filter((one) => one.comparable);
}

export function bounds(metric, over) {
  const states = metric.states.filter((state) => state[over] != null);
  const published = over === "parameters" ? comparableModels(metric) : [];
  const xs = [...states, ...published].map((one) => one[over]);
  const ys = [...states.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]), ...[...metric.baselines, ...published].map(({ value }) => value)];
  if (!xs.length) return { x: OVER[over].log ? [1, 10] : [2, 3], y: [0, 1] };
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  const room = (Math.max(...ys) - Math.min(...ys)) * 0.08 || Math.abs(ys[0]) * 0.1 || 0.1;
  const pad = OVER[over].log ? Math.max(1.1, (high / low) ** 0.05) : 0;
  const side = OVER[over].log ? 0 : (high - low) * 0.06 || 0.05;
  return {
    x: pad ? [low / pad, high * pad] : [low - side, high + side],
    y: [Math.min(...ys) - room, Math.max(...ys) + room],
  };
}

/** What a screen reader says of the plot. */
export function describe({ states, metric }, over) {
  const values = states.map(({ value }) => value);
  return `${metricWords(metric)} of ${states.length} states over ${OVER[over].label}, ${number(Math.min(...values))} to ${number(Math.max(...values))}`;
}
