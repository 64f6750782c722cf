// Tables and types of JSON schemas, as Markdown.

import { slug } from "../markdown.js";

/** Text as one cell of a table; marks that Markdown knows are text outside of code. */
export function cell(text) {
  const plain = String(text ?? "").replace(/\s+/g, " ").trim();
  return plain.split(/(`[^`]*`)/).map((part) => (part.startsWith("`") ? part : part.replace(/[*_<[\]\\]/g, "\\$&"))).join("").replaceAll("|", "\\|");
}

export function code(text) {
  return `\`${String(text).replaceAll("|", "\\|")}\``;
}

/** A table without the columns that no row fills. */
export function table(headers, rows) {
  const used = headers.map((_, column) => column === 0 || rows.some((row) => row[column] !== ""));
  const line = (cells) => `| ${cells.filter((_, column) => used[column]).join(" | ")} |`;
  return [line(headers), line(headers.map(() => "---")), ...rows.map(line)].join("\n");
}

export function json(value) {
  return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}

function named(reference) {
  const name = reference.split("/").at(-1);
  return `[${name}](#${slug(name)})`;
}

function bounds(schema) {
  const said = [
    schema.minimum !== undefined ? `at least ${schema.minimum}` : "", schema.exclusiveMinimum !== undefined ? `above ${schema.exclusiveMinimum}` : "",
    schema.maximum !== undefined ? `at most ${schema.maximum}` : "", schema.exclusiveMaximum !== undefined ? `below ${schema.exclusiveMaximum}` : "",
  ];
  return said.filter((one) => one !== "").join(", ");
}

/** What a value of a schema is, in words. */
export function type(schema) {
  if (schema.$ref) {
    return named(schema.$ref);
  }
  if (schema.const !== undefined) {
    return code(JSON.stringify(schema.const));
  }
  if (schema.enum) {
    return schema.enum.map((one) => code(one)).join(", ");
  }
  const choice = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (choice) {
    return choice.map(type).join(schema.allOf ? " and " : " or ");
  }
  const types = [schema.type ?? "any value"].flat();
  const words = types.map((one) => {
    if (one === "array") {
      return `list of ${type(schema.items ?? {})}`;
    }
    if (one === "object" && schema.additionalProperties?.type) {
      return `object of ${type(schema.additionalProperties)}`;
    }
    return one === "string" && schema.format ? schema.format : one;
  });
  const within = bounds(schema);
  return words.join(" or ") + (within === "" ? "" : `, ${within}`);
}

/** Schemas of objects that stand within a schema and have fields of their own. */
function inner(schema) {
  return [schema, schema.items ?? {}, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].filter((one) => one.properties);
}

/** One row per field and field of a field: name, whether it must be there, type, unit, default, description. */
export function fields(schema, before = "") {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const row = [code(before + name), required.has(name) ? "yes" : "", type(field), cell(field["x-unit"]),
      field.default === undefined ? "" : code(JSON.stringify(field.default)), cell(field.description)];
    return [row, ...inner(field).flatMap((one) => fields(one, `${before}${name}${field.type === "array" ? "[]" : ""}.`))];
  });
}

export const FIELD_HEADERS = ["field", "required", "type", "unit", "default", "meaning"];
