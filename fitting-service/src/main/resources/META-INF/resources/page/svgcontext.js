// What of a canvas's 2D context the plots use, written down as SVG instead of painted.

const ALIGNMENTS = { left: "start", start: "start", right: "end", end: "end", center: "middle" };
const BASELINES = { middle: "central", top: "hanging", bottom: "text-after-edge", alphabetic: "alphabetic" };
const PLAIN = {
  globalAlpha: 1, fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, lineJoin: "miter", lineCap: "butt", dash: [], font: "10px sans-serif", textAlign: "start", textBaseline: "alphabetic", clipId: null,
};

export class SvgContext {
  /** @param measure width of a text in a font, both of the canvas @param width in pixels of the canvas, as all lengths */
  constructor(width, height, measure) {
    Object.assign(this, PLAIN, { canvas: { width, height }, measure, parts: [], definitions: [], path: "", before: [] });
  }

  save() {
    this.before.push(Object.fromEntries(Object.keys(PLAIN).map((name) => [name, this[name]])));
  }

  restore() {
    Object.assign(this, this.before.pop());
  }

  setLineDash(dash) {
    this.dash = dash;
  }

  beginPath() {
    this.path = "";
  }

  moveTo(x, y) {
    this.path += `M${short(x)} ${short(y)}`;
  }

  lineTo(x, y) {
    this.path += `L${short(x)} ${short(y)}`;
  }

  closePath() {
    this.path += "Z";
  }

  rect(x, y, width, height) {
    this.path += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`;
  }

  /** A whole circle: the plots draw no other arcs. */
  arc(x, y, radius) {
    this.path += `M${short(x - radius)} ${short(y)}a${short(radius)} ${short(radius)} 0 1 0 ${short(2 * radius)} 0a${short(radius)} ${short(radius)} 0 1 0 ${short(-2 * radius)} 0Z`;
  }

  clip() {
    this.clipId = `clip${this.definitions.length}`;
    this.definitions.push(`<clipPath id="${this.clipId}"><path d="${this.path}"/></clipPath>`);
  }

  stroke() {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.map(short).join(" ")}"` : "";
    this.put(`<path d="${this.path}" fill="none" ${this.line()}${dash}`);
  }

  fill() {
    this.put(`<path d="${this.path}" fill="${escaped(this.fillStyle)}"`);
  }

  fillRect(x, y, width, height) {
    this.put(`<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="${escaped(this.fillStyle)}"`);
  }

  fillText(text, x, y) {
    this.write(text, x, y, `fill="${escaped(this.fillStyle)}"`);
  }

  strokeText(text, x, y) {
    this.write(text, x, y, `fill="none" ${this.line()}`);
  }

  /** A text that is turned by a quarter against the clock about its place. */
  turnedText(text, x, y) {
    this.write(text, x, y, `fill="${escaped(this.fillStyle)}" transform="rotate(-90 ${short(x)} ${short(y)})"`);
  }

  measureText(text) {
    return { width: this.measure(text, this.font) };
  }

  write(text, x, y, style) {
    const [, weight, size, family] = /^(?:(\d+|normal|bold) )?([\d.]+px) (.*)$/.exec(this.font) ?? [null, "", "12px", "sans-serif"];
    this.put(`<text x="${short(x)}" y="${short(y)}" font-family="${escaped(family)}" font-size="${size}"${weight ? ` font-weight="${weight}"` : ""}`
      + ` text-anchor="${ALIGNMENTS[this.textAlign]}" dominant-baseline="${BASELINES[this.textBaseline]}" ${style}`, escaped(text));
  }

  line() {
    return `stroke="${escaped(this.strokeStyle)}" stroke-width="${short(this.lineWidth)}" stroke-linejoin="${this.lineJoin}" stroke-linecap="${this.lineCap}"`;
  }

  put(opened, content) {
    const alpha = this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : "";
    const clip = this.clipId ? ` clip-path="url(#${this.clipId})"` : "";
    const name = /^<(\w+)/.exec(opened)[1];
    this.parts.push(`${opened}${alpha}${clip}${content == null ? "/>" : `>${content}</${name}>`}`);
  }

  /** The picture as a file. @param title what a screen reader says of it */
  toString(title = "") {
    const { width, height } = this.canvas;
    return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`
      + `<title>${escaped(title)}</title><defs>${this.definitions.join("")}</defs>\n${this.parts.join("\n")}\n</svg>\n`;
  }
}

function short(value) {
  return Number(value.toFixed(2));
}

function escaped(text) {
  return String(text).replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign])
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
}
