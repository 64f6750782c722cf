// A plot with two logarithmic axes: uPlot gives axes, zoom and cursor, the caller paints the marks.

import { Painter } from "plm/painter";
import { colour, font, onThemeChange } from "plm/theme";

export class LogPlot {
  /**
   * @param host element of fixed height that the plot fills
   * @param axes {xLabel, yLabel, xTicks(min, max, wanted), xTexts(ticks), yTicks, yTexts}
   * @param paint called with a Painter after the axes are drawn
   * @param hover called with the cursor's canvas position or null
   */
  constructor(host, axes, paint, hover) {
    this.host = host;
    this.axes = axes;
    this.paint = paint;
    this.hover = hover;
    this.bounds = { x: [1, 10], y: [1, 10] };
    this.zoomed = false;
    this.plot = new uPlot(this.options(), [[1, 10], [null, null]], host);
    new ResizeObserver(() => this.fit()).observe(host);
    onThemeChange(() => this.plot.redraw(false, true));
  }

  /** New bounds {x: [min, max], y: [min, max]}; a zoom by hand stays. */
  show(bounds) {
    this.bounds = bounds;
    if (this.zoomed) {
      this.plot.redraw(false);
      return;
    }
    this.plot.batch(() => {
      this.plot.setScale("x", { min: bounds.x[0], max: bounds.x[1] });
      this.plot.setScale("y", { min: bounds.y[0], max: bounds.y[1] });
      this.plot.redraw(false, true);
    });
  }

  repaint() {
    this.plot.redraw(false);
  }

  fit() {
    const { clientWidth: width, clientHeight: height } = this.host;
    if (width > 0 && height > 0) this.plot.setSize({ width, height });
  }

  options() {
    const { clientWidth, clientHeight } = this.host;
    return {
      width: clientWidth || 600,
      height: clientHeight || 400,
      padding: [14, 30, 0, 0],
      legend: { show: false },
      cursor: { points: { show: false }, drag: { x: true, y: false, setScale: true }, y: false },
      scales: {
        x: { time: false, distr: 3, range: () => this.unzoomed("x") },
        y: { distr: 3, range: () => this.bounds.y },
      },
      series: [{}, { scale: "y", paths: () => null, points: { show: false } }],
      axes: [this.axis("x"), this.axis("y")],
      hooks: {
        draw: [(plot) => this.paint(new Painter(plot))],
        setSelect: [(plot) => (this.zoomed = this.zoomed || plot.select.width > 0)],
        setCursor: [(plot) => this.cursor(plot)],
      },
    };
  }

  unzoomed(key) {
    this.zoomed = false;
    return this.bounds[key];
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
