// Colours of the canvas, taken from the page's style sheet so that both themes live in one place.

const SMALL_TO_LARGE = ["--size-1", "--size-2", "--size-3", "--size-4", "--size-5"];

export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function font(size, weight = 400) {
  return `${weight} ${size}px ${colour("--font")}`;
}

/** A colour of the sequential palette: 0 for the smallest model, 1 for the largest. */
export function sizeColour(share) {
  const stops = SMALL_TO_LARGE.map(colour).map(channels);
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const left = Math.min(stops.length - 2, Math.floor(place));
  const mix = stops[left].map((channel, i) => Math.round(channel + (stops[left + 1][i] - channel) * (place - left)));
  return `rgb(${mix.join(" ")})`;
}

/** Run id to colour: one per size of the family, evenly over the palette, smallest first; other families are quiet. */
export function runColours(runs, family) {
  const sizes = [...new Set(runs.filter((run) => run.family === family).map((run) => run.size))].sort((a, b) => a - b);
  const last = Math.max(1, sizes.length - 1);
  return new Map(runs.map((run) => [
    run.runId,
    run.family === family ? sizeColour(sizes.length === 1 ? 0.5 : sizes.indexOf(run.size) / last) : colour("--other"),
  ]));
}

export function onThemeChange(listener) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", listener);
}

function channels(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}
