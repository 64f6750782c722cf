// Marks on a plot's canvas, in the plot's own units. Lengths are CSS pixels.

export class Painter {
  constructor(plot) {
    this.plot = plot;
    this.ctx = plot.ctx;
    this.ratio = plot.pxRatio ?? devicePixelRatio;
    const { left, top, width, height } = plot.bbox;
    this.box = { left, top, right: left + width, bottom: top + height };
  }

  x(value) {
    return this.plot.valToPos(value, "x", true);
  }

  y(value) {
    return this.plot.valToPos(value, "y", true);
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
    points.forEach(([x, y], i) => {
      if (i === 0) ctx.moveTo(this.x(x), this.y(y));
      else if (steps) {
        ctx.lineTo(this.x(x), this.y(points[i - 1][1]));
        ctx.lineTo(this.x(x), this.y(y));
      } else ctx.lineTo(this.x(x), this.y(y));
    });
    ctx.stroke();
    ctx.restore();
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

function scaled(font, ratio) {
  return font.replace(/(\d+(?:\.\d+)?)px/, (all, size) => `${size * ratio}px`);
}
