// The values of all drawn runs at one place of the x axis.

import { count, nats, scientific } from "plm/format";
import { escape, nameHtml } from "plm/names";
import { valueAt } from "plm/smoothing";

/** Lowest first; runs whose line does not reach the place are left out. @param series as of seriesOf */
export function valuesAt(series, x) {
  return series.map(({ runId, name, line }) => ({ runId, name, lossNats: valueAt(line, x) }))
    .filter(({ lossNats }) => lossNats != null)
    .sort((one, other) => one.lossNats - other.lossNats);
}

/** A place of an axis in words. */
export function placeInWords(x, axis) {
  if (axis === "flops") return `${scientific(x, 3)} FLOPs`;
  return axis === "epochs" ? `${x.toFixed(2)} epochs` : `${count(Math.round(x))} ${axis}`;
}

export class ValuesPanel {
  constructor() {
    this.place = document.getElementById("loss-place");
    this.list = document.getElementById("loss-values");
    this.wanted = null;
  }

  /** At most once per frame. @param colours run id to colour */
  show(series, x, axis, colours) {
    if (!this.wanted) requestAnimationFrame(() => this.draw());
    this.wanted = { series, x, axis, colours };
  }

  draw() {
    const { series, x, axis, colours } = this.wanted;
    this.wanted = null;
    const values = valuesAt(series, x);
    this.place.textContent = `At ${placeInWords(x, axis)}: ${values.length ? `${values.length} of ${series.length} drawn runs` : "no drawn run"}`;
    this.list.innerHTML = values.map(({ runId, name, lossNats }) => `<li data-run="${escape(runId)}"><i></i>${nameHtml(name)} <b>${nats(lossNats)}</b></li>`).join("");
    for (const item of this.list.children) item.firstElementChild.style.background = colours.get(item.dataset.run);
  }
}
