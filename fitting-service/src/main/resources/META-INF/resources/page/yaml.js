// Plain data as YAML 1.2, to be copied.

/** Words that YAML reads as something else than text. */
const NOT_TEXT = /^(?:null|true|false|yes|no|on|off)$/i;
const PLAIN = /^[A-Za-z_][A-Za-z0-9_./-]*$/;

/** Objects, lists, texts, numbers, true, false and null; fields that are undefined are left out. */
export function yamlOf(value) {
  return `${lines(value).join("\n")}\n`;
}

/** Lines without an indent. */
function lines(value) {
  if (Array.isArray(value) && value.length) return value.flatMap((item) => lines(item).map((line, i) => `${i ? "  " : "- "}${line}`));
  if (!isFilled(value)) return [scalar(value)];
  return Object.entries(value).filter(([, item]) => item !== undefined).flatMap(([key, item]) => {
    const nested = lines(item);
    return isFilled(item) || (Array.isArray(item) && item.length) ? [`${scalar(key)}:`, ...nested.map((line) => `  ${line}`)] : [`${scalar(key)}: ${nested[0]}`];
  });
}

function isFilled(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value) && Object.keys(value).length > 0;
}

function scalar(value) {
  if (Array.isArray(value)) return "[]";
  if (value !== null && typeof value === "object") return "{}";
  if (typeof value === "number") return String(value).replace(/^(-?\d+)e/, "$1.0e");
  if (typeof value !== "string") return String(value);
  return PLAIN.test(value) && !NOT_TEXT.test(value) ? value : JSON.stringify(value);
}
