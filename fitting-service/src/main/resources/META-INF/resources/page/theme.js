// Colours of the canvas, taken from the page's style sheet so that both themes live in one place.

const SMALL_TO_LARGE = ["--size-1", "--size-2", "--size-3", "--size-4", "--size-5"];
const CATEGORIES = 8;

export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function font(size, weight = 400) {
  return `${weight} ${size}px ${colour("--font")}`;
}

/** A colour of the sequential palette: 0 for the smallest, 1 for the largest. */
export function scaleColour(share) {
  const stops = SMALL_TO_LARGE.map(colour).map(channels);
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const left = Math.min(stops.length - 2, Math.floor(place));
  const mix = stops[left].map((channel, i) => Math.round(channel + (stops[left + 1][i] - channel) * (place - left)));
  return `rgb(${mix.join(" ")})`;
}

/** The colour of one of several things without an order: eight that are told apart easily, then further hues by the golden angle. */
export function categoryColour(place) {
  if (place < CATEGORIES) return colour(`--category-${place + 1}`);
  return `hsl(${Math.round(place * 137.508) % 360} 55% ${colour("--category-lightness")})`;
}

export function onThemeChange(listener) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", listener);
}

function channels(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}
