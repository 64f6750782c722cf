// Writes dashboards.ts: every dashboard and every panel's options as a value of Grafana's own types.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const folder = process.env.DASHBOARDS ?? "../dashboards";
const options = { xychart: "xychart", timeseries: "timeseries", stat: "stat", table: "table" };
const raw = "@grafana/schema/dist/esm/raw/composable";
const modules = { xychart: "XYChartPanelCfg", timeseries: "TimeSeriesPanelCfg", stat: "StatPanelCfg", table: "TablePanelCfg" };

let text = 'import type { Dashboard } from "@grafana/schema";\n';
for (const [type, name] of Object.entries(modules)) {
  text += `import type { Options as ${type} } from "${raw}/${type}/panelcfg/x/${name}_types.gen";\n`;
}
// An enum's value stands in JSON as its text.
text += `
type Plain<T> = T extends string ? \`\${T}\` : T extends (infer U)[] ? Plain<U>[] : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;
`;
let panels = 0;
for (const file of readdirSync(folder).filter((name) => name.endsWith(".json")).sort()) {
  const board = JSON.parse(readFileSync(`${folder}/${file}`, "utf8"));
  const id = file.replace(/\W/g, "_");
  text += `export const ${id}: Plain<Dashboard> = ${JSON.stringify(board)};\n`;
  for (const panel of board.panels) {
    if (!(panel.type in options)) throw new Error(`${file}: no type known for a panel of type ${panel.type}`);
    text += `export const ${id}_${panel.id}: Plain<Partial<${panel.type}>> = ${JSON.stringify(panel.options)};\n`;
    panels++;
  }
}
writeFileSync("dashboards.ts", text);
console.log(`${panels} panels written for the type checker`);
