// Marks on a plot's canvas, in the plot's own units. Lengths are CSS pixels.

/** Pixels by which a line may miss a point that it is drawn without. */
const TOLERANCE = 0.3;

export class Painter {
  /** @param ctx of another canvas of the same size; by default the plot's */
  constructor(plot, ctx = plot.ctx) {
    this.plot = plot;
    this.ctx = ctx;
    this.ratio = plot.pxRatio ?? devicePixelRatio;
    const { left, top, width, height } = plot.bbox;
    this.box = { left, top, right: left + width, bottom: top + height };
    this.x = placing(plot.scales.x, left, left + width);
    this.y = placing(plot.scales.y, top + height, top);
  }

  /** Runs the drawing with the canvas clipped to the axes. */
  clipped(draw) {
    const { left, top, right, bottom } = this.box;
    this.ctx.save();
    this.ctx.beginPath();
    this.ctx.rect(left, top, right - left, bottom - top);
    this.ctx.clip();
    draw();
    this.ctx.restore();
  }

  /** Hides so much of what lies under the canvas within the axes. */
  veil(fill, alpha) {
    const { left, top, right, bottom } = this.box;
    this.ctx.save();
    this.ctx.globalAlpha = alpha;
    this.ctx.fillStyle = fill;
    this.ctx.fillRect(left, top, right - left, bottom - top);
    this.ctx.restore();
  }

  line(points, { stroke, width = 2, alpha = 1, dash = [], steps = false }) {
    if (points.length < 2) return;
    const { ctx } = this;
    ctx.save();
    ctx.globalAlpha = alpha;
    ctx.strokeStyle = stroke;
    ctx.lineWidth = width * this.ratio;
    ctx.lineJoin = "round";
    ctx.lineCap = dash.length ? "butt" : "round";
    ctx.setLineDash(dash.map((length) => length * this.ratio));
    ctx.beginPath();
    for (const [i, [left, top]] of this.vertices(points, steps).entries()) {
      if (i === 0) ctx.moveTo(left, top);
      else ctx.lineTo(left, top);
    }
    ctx.stroke();
    ctx.restore();
  }

  /** Canvas pixels of a line's vertices. */
  vertices(points, steps) {
    const places = points.map(([x, y]) => [this.x(x), this.y(y)]);
    if (!steps) return simplified(places, TOLERANCE * this.ratio);
    return places.flatMap(([left, top], i) => (i === 0 ? [[left, top]] : [[left, places[i - 1][1]], [left, top]]));
  }

  /** A short level stroke, as at the end of an error bar. */
  cap(x, y, { stroke, width = 2, alpha = 1, half }) {
    const { ctx } = this;
    ctx.save();
    ctx.globalAlpha = alpha;
    ctx.strokeStyle = stroke;
    ctx.lineWidth = width * this.ratio;
    ctx.beginPath();
    ctx.moveTo(this.x(x) - half * this.ratio, this.y(y));
    ctx.lineTo(this.x(x) + half * this.ratio, this.y(y));
    ctx.stroke();
    ctx.restore();
  }

  /** Small squares, fast enough for tens of thousands. */
  dots(points, { fill, size = 1.6, alpha = 1 }) {
    const { ctx } = this;
    const side = size * this.ratio;
    ctx.save();
    ctx.globalAlpha = alpha;
    ctx.fillStyle = fill;
    for (const [x, y] of points) ctx.fillRect(this.x(x) - side / 2, this.y(y) - side / 2, side, side);
    ctx.restore();
  }

  /** The area between two curves over the same x: points are [x, low, high]. */
  band(points, { fill, alpha }) {
    if (points.length < 2) return;
    const { ctx } = this;
    ctx.save();
    ctx.globalAlpha = alpha;
    ctx.fillStyle = fill;
    ctx.beginPath();
    points.forEach(([x, low], i) => (i === 0 ? ctx.moveTo(this.x(x), this.y(low)) : ctx.lineTo(this.x(x), this.y(low))));
    [...points].reverse().forEach(([x, , high]) => ctx.lineTo(this.x(x), this.y(high)));
    ctx.closePath();
    ctx.fill();
    ctx.restore();
  }

  diamond(x, y, { fill, radius = 5, alpha = 1 }) {
    const { ctx } = this;
    const [left, top, r] = [this.x(x), this.y(y), radius * this.ratio];
    ctx.save();
    ctx.globalAlpha = alpha;
    ctx.fillStyle = fill;
    ctx.beginPath();
    ctx.moveTo(left, top - r);
    ctx.lineTo(left + r, top);
    ctx.lineTo(left, top + r);
    ctx.lineTo(left - r, top);
    ctx.closePath();
    ctx.fill();
    ctx.restore();
  }

  disc(x, y, { fill, stroke, radius = 4, alpha = 1 }) {
    const { ctx } = this;
    ctx.save();
    ctx.globalAlpha = alpha;
    ctx.fillStyle = fill;
    ctx.strokeStyle = stroke;
    ctx.lineWidth = 1.5 * this.ratio;
    ctx.beginPath();
    ctx.arc(this.x(x), this.y(y), radius * this.ratio, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
    ctx.restore();
  }

  /** Text at canvas pixels, with a halo of the background so that it reads on top of lines. */
  text(words, left, top, { fill, halo, font, align = "left", baseline = "middle" }) {
    const { ctx } = this;
    ctx.save();
    ctx.font = scaled(font, this.ratio);
    ctx.textAlign = align;
    ctx.textBaseline = baseline;
    if (halo) {
      ctx.strokeStyle = halo;
      ctx.lineWidth = 4 * this.ratio;
      ctx.lineJoin = "round";
      ctx.strokeText(words, left, top);
    }
    ctx.fillStyle = fill;
    ctx.fillText(words, left, top);
    ctx.restore();
  }

  /** Width of a text in canvas pixels. */
  widthOf(words, font) {
    this.ctx.save();
    this.ctx.font = scaled(font, this.ratio);
    const width = this.ctx.measureText(words).width;
    this.ctx.restore();
    return width;
  }
}

/** A font of CSS pixels in those of the canvas. */
export function scaled(font, ratio) {
  return font.replace(/(\d+(?:\.\d+)?)px/, (all, size) => `${size * ratio}px`);
}

/** Canvas pixels of the values of a scale. */
function placing({ min, max, distr }, from, to) {
  if (distr === 1) {
    const slope = (to - from) / (max - min);
    return (value) => from + slope * (value - min);
  }
  const low = Math.log(min);
  const slope = (to - from) / (Math.log(max) - low);
  return (value) => from + slope * (Math.log(value) - low);
}

/**
 * The vertices of a line without those that nobody would miss: each that is left out is within the tolerance of what is drawn. From each vertex
 * the line goes on as long as one straight piece passes all points so far.
 *
 * @param places [[left, top]], ascending by left; where they are not, nothing is left out
 */
export function simplified(places, tolerance) {
  if (places.length < 3) return places;
  const kept = [places[0]];
  let [low, high] = [-Infinity, Infinity];
  for (let i = 1; i < places.length; i++) {
    const [left, top] = kept[kept.length - 1];
    const across = places[i][0] - left;
    const slope = (places[i][1] - top) / across;
    if (across > 0 && slope >= low && slope <= high) {
      low = Math.max(low, (places[i][1] - tolerance - top) / across);
      high = Math.min(high, (places[i][1] + tolerance - top) / across);
    } else {
      if (kept[kept.length - 1] !== places[i - 1]) {
        kept.push(places[i - 1]);
        i -= 1;
      } else kept.push(places[i]);
      [low, high] = [-Infinity, Infinity];
    }
  }
  if (kept[kept.length - 1] !== places[places.length - 1]) kept.push(places[places.length - 1]);
  return kept;
}
