// A plot whose axes are logarithmic unless linear ones are asked for: uPlot gives axes, zoom and cursor, the caller paints the marks.

import { Painter, scaled } from "plm/painter";
import { SvgContext } from "plm/svgcontext";
import { colour, font, onThemeChange } from "plm/theme";

const LOGARITHMIC = 3;
const LINEAR = 1;

/** The plot of a host, for its pictures. */
const PLOTS = new WeakMap();

/** The plot that fills an element; undefined where there is none. */
export function plotOf(host) {
  return PLOTS.get(host);
}

export class LogPlot {
  /**
   * @param host element of fixed height that the plot fills
   * @param axes {xLabel, yLabel, xTicks(min, max, wanted), xTexts(ticks), yTicks, yTexts, xScale, yScale: log, the usual one, or linear}
   * @param paint called with a Painter after the axes are drawn
   * @param hover called with the cursor's canvas position or null
   * @param onZoom called with {x, y}, each [low, high] or null, where a person zooms
   */
  constructor(host, axes, paint, hover, onZoom = () => {}) {
    this.host = host;
    this.axes = axes;
    this.paint = paint;
    this.hover = hover;
    this.onZoom = onZoom;
    this.bounds = { x: [1, 10], y: [1, 10] };
    this.zoom = { x: null, y: null };
    this.plot = new uPlot(this.options(), [[1, 10], [null, null]], host);
    PLOTS.set(host, this);
    new ResizeObserver(() => this.fit()).observe(host);
    onThemeChange(() => this.plot.redraw(false, true));
  }

  /** New bounds {x: [min, max], y: [min, max]}; a zoom by hand stays. */
  show(bounds) {
    this.bounds = bounds;
    this.plot.batch(() => {
      for (const key of ["x", "y"]) {
        const [min, max] = this.range(key);
        this.plot.setScale(key, { min, max });
      }
      this.plot.redraw(false, true);
    });
  }

  /** Other axes, as for the constructor. uPlot keeps the kind of a scale for good, so the plot is made anew. */
  rescale(axes) {
    this.axes = axes;
    this.plot.destroy();
    this.clearOver();
    this.plot = new uPlot(this.options(), [[1, 10], [null, null]], this.host);
  }

  range(key) {
    return this.zoom[key] ?? this.bounds[key];
  }

  repaint() {
    this.plot.redraw(false);
  }

  /** Paints on a canvas of its own over the plot, which stays as it is, so that this is fast however much is drawn. */
  paintOver(paint) {
    const under = this.plot.ctx.canvas;
    this.over ??= this.overlay();
    if (this.over.width !== under.width || this.over.height !== under.height) Object.assign(this.over, { width: under.width, height: under.height });
    const ctx = this.over.getContext("2d");
    ctx.clearRect(0, 0, under.width, under.height);
    paint(new Painter(this.plot, ctx));
  }

  clearOver() {
    this.over?.getContext("2d").clearRect(0, 0, this.over.width, this.over.height);
  }

  overlay() {
    const canvas = document.createElement("canvas");
    canvas.className = "over";
    canvas.setAttribute("aria-hidden", "true");
    this.host.append(canvas);
    return canvas;
  }

  fit() {
    const { clientWidth: width, clientHeight: height } = this.host;
    if (width > 0 && height > 0) this.plot.setSize({ width, height });
  }

  /** The plot as SVG, with the marks that are painted and axes like uPlot's. @param title what a screen reader says of it */
  svg(title) {
    const { ctx } = this.plot;
    const picture = new SvgContext(ctx.canvas.width, ctx.canvas.height, (text, style) => {
      ctx.save();
      ctx.font = style;
      const { width } = ctx.measureText(text);
      ctx.restore();
      return width;
    });
    picture.fillStyle = colour("--surface");
    picture.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    const painter = new Painter(this.plot, picture);
    for (const key of ["x", "y"]) this.svgAxis(painter, key);
    this.paint(painter);
    return picture.toString(title);
  }

  svgAxis({ ctx, box, ratio, ...painter }, key) {
    const wide = key === "x";
    const axis = this.axis(key);
    const { min, max } = this.plot.scales[key];
    const ticks = axis.splits(this.plot, 0, min, max).filter((tick) => tick >= min && tick <= max);
    const texts = axis.values(this.plot, ticks);
    const at = wide ? painter.x : painter.y;
    ctx.save();
    Object.assign(ctx, { strokeStyle: colour("--grid"), lineWidth: ratio, fillStyle: colour("--quiet"), font: scaled(font(12), ratio) });
    Object.assign(ctx, wide ? { textAlign: "center", textBaseline: "top" } : { textAlign: "right", textBaseline: "middle" });
    ticks.forEach((tick, i) => {
      const place = at(tick);
      const reach = 5 * ratio;
      ctx.beginPath();
      if (wide) {
        ctx.moveTo(place, box.top);
        ctx.lineTo(place, box.bottom + reach);
      } else {
        ctx.moveTo(box.left - reach, place);
        ctx.lineTo(box.right, place);
      }
      ctx.stroke();
      if (wide) ctx.fillText(texts[i], place, box.bottom + 11 * ratio);
      else ctx.fillText(texts[i], box.left - 11 * ratio, place);
    });
    ctx.textAlign = "center";
    if (wide) {
      ctx.textBaseline = "alphabetic";
      ctx.fillText(axis.label, (box.left + box.right) / 2, ctx.canvas.height - 5 * ratio);
    } else {
      ctx.textBaseline = "middle";
      ctx.turnedText(axis.label, 12 * ratio, (box.top + box.bottom) / 2);
    }
    ctx.restore();
  }

  options() {
    const { clientWidth, clientHeight } = this.host;
    return {
      width: clientWidth || 600,
      height: clientHeight || 400,
      padding: [14, 30, 0, 0],
      legend: { show: false },
      cursor: {
        points: { show: false },
        drag: { x: true, y: true, dist: 5, uni: 30, setScale: false },
        bind: { dblclick: () => () => this.unzoom() },
      },
      scales: {
        x: { time: false, distr: distribution(this.axes.xScale), range: () => this.range("x") },
        y: { distr: distribution(this.axes.yScale), range: () => this.range("y") },
      },
      series: [{}, { scale: "y", paths: () => null, points: { show: false } }],
      axes: [this.axis("x"), this.axis("y")],
      hooks: {
        draw: [(plot) => this.paint(new Painter(plot))],
        setSelect: [(plot) => this.selected(plot)],
        setCursor: [(plot) => this.cursor(plot)],
      },
    };
  }

  /** A selection that is as wide or as high as the plot selects nothing of that axis. */
  selected(plot) {
    const { left, top, width, height } = plot.select;
    if (!(width > 0) || !(height > 0)) return;
    const ratio = plot.pxRatio ?? devicePixelRatio;
    const zoom = { ...this.zoom };
    if (width < plot.bbox.width / ratio - 1) zoom.x = [plot.posToVal(left, "x"), plot.posToVal(left + width, "x")];
    if (height < plot.bbox.height / ratio - 1) zoom.y = [plot.posToVal(top + height, "y"), plot.posToVal(top, "y")];
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.zoomTo(zoom);
    this.onZoom(zoom);
  }

  zoomTo(zoom) {
    this.zoom = zoom;
    this.show(this.bounds);
  }

  /** All of the newest bounds. */
  unzoom() {
    this.zoomTo({ x: null, y: null });
    this.onZoom(this.zoom);
    return null;
  }

  cursor(plot) {
    const { left, top } = plot.cursor;
    if (left == null || left < 0) this.hover(null);
    else this.hover({ left, top, x: plot.posToVal(left, "x"), y: plot.posToVal(top, "y"), plot });
  }

  axis(key) {
    const { axes } = this;
    const wide = key === "x";
    const ticksOf = wide ? axes.xTicks : axes.yTicks;
    const textsOf = wide ? axes.xTexts : axes.yTexts;
    const room = wide ? 74 : 56;
    return {
      scale: key,
      side: wide ? 2 : 3,
      label: wide ? axes.xLabel : axes.yLabel,
      labelSize: 20,
      labelFont: font(12),
      labelGap: 4,
      font: font(12),
      size: wide ? 34 : 58,
      gap: 6,
      stroke: () => colour("--quiet"),
      grid: { stroke: () => colour("--grid"), width: 1 },
      ticks: { stroke: () => colour("--grid"), width: 1, size: 5 },
      splits: (plot, axis, min, max) => ticksOf(min, max, Math.max(3, Math.floor((wide ? plot.bbox.width : plot.bbox.height) / devicePixelRatio / room))),
      filter: (plot, splits) => splits,
      values: (plot, splits) => textsOf(splits),
    };
  }
}

function distribution(scale) {
  return scale === "linear" ? LINEAR : LOGARITHMIC;
}
