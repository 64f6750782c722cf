// Numbers as people read them. Missing numbers are a dash.

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
export const MISSING = "–";

/** 3.2e13 as 3.2 × 10¹³. */
export function scientific(value, digits = 2) {
  if (value == null) return MISSING;
  if (value === 0) return "0";
  let exponent = Math.floor(Math.log10(Math.abs(value)));
  let mantissa = (value / 10 ** exponent).toFixed(digits - 1);
  if (Math.abs(Number(mantissa)) >= 10) {
    exponent += 1;
    mantissa = (value / 10 ** exponent).toFixed(digits - 1);
  }
  const trimmed = Number(mantissa) === 1 && digits <= 1 ? "" : mantissa + " × ";
  return trimmed + power(exponent);
}

/** 13 as 10¹³. */
export function power(exponent) {
  const digits = String(Math.abs(exponent)).split("").map((digit) => SUPERSCRIPTS[Number(digit)]).join("");
  return "10" + (exponent < 0 ? "⁻" : "") + digits;
}

/** 1234567 as 1.23M, 12 as 12. */
export function count(value) {
  if (value == null) return MISSING;
  for (const [unit, size] of [["T", 1e12], ["B", 1e9], ["M", 1e6], ["K", 1e3]]) {
    if (value >= size * 0.9995) return significant(value / size) + unit;
  }
  return Number.isInteger(value) ? String(value) : significant(value);
}

/** 50000 as 50K and 1500000 as 1.5M, for axes. */
export function short(value) {
  return count(value).replace(/\.\d*/, (decimals) => decimals.replace(/\.?0+$/, ""));
}

function significant(value) {
  const digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return value.toFixed(digits);
}

/** A share of a whole as percent, rounded down so that only the whole is 100 %. */
export function percent(share, decimals = 0) {
  const step = 10 ** decimals;
  return `${(Math.floor(share * 100 * step + 1e-9) / step).toFixed(share === 1 ? 0 : decimals)} %`;
}

export function nats(value) {
  return value == null ? MISSING : value.toFixed(3);
}

/** Seconds as 2 h 5 min, 3 min 20 s or 12 s. */
export function duration(seconds) {
  if (seconds == null) return MISSING;
  const whole = Math.max(1, Math.round(seconds));
  const days = Math.floor(whole / 86400);
  const hours = Math.floor((whole % 86400) / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  if (minutes >= 10) return `${minutes} min`;
  if (minutes > 0) return `${minutes} min ${whole % 60} s`;
  return `${whole} s`;
}

/** An estimate's interval by a number format. */
export function interval(estimate, format) {
  return estimate == null ? "" : `${format(estimate.low)} to ${format(estimate.high)}`;
}

/** NOT_YET as not yet. */
export function words(code) {
  return code.toLowerCase().replaceAll("_", " ");
}
