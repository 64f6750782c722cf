// Settings of the services: of the mapped interfaces, with their Javadoc and defaults, and of application.properties.

import { cell, code, table } from "./tables.js";

const COMMON = "service-runtime/src/main/java/org/plmfrontier/runtime/http/HttpSettings.java";
const SERVICES = {
  "dataset-service": ["dataset-service/src/main/java/org/plmfrontier/dataset/wiring/DatasetConfig.java"],
  "trainer-service": ["trainer-service/src/main/java/org/plmfrontier/trainer/wiring/TrainerConfig.java"],
  "fitting-service": ["fitting-service/src/main/java/org/plmfrontier/fitting/wiring/FittingConfig.java"],
};
// Javadoc, default, type and name of a member; the beginning of a nested interface; the end of one.
const PART = /(?:\/\*\*((?:(?!\*\/)[^])*)\*\/\s*)?(?:(?:@WithDefault\("([^"]*)"\)\s*)?([\w.]+(?:<[\w<>]+>)?) (\w+)\(\);|(?:public )?interface (\w+) \{)|^( *)\}$/gm;

export function kebab(name) {
  return name.replace(/([A-Z])/g, "-$1").replace(/^-/, "").toLowerCase();
}

/** Javadoc as text with Markdown's marks for code. */
function sentence(javadoc) {
  return (javadoc ?? "").replace(/^\s*\* ?/gm, "").replace(/\{@code ([^}]*)\}/g, "`$1`")
    .replace(/\{@link #(\w+)\(\)\}/g, (_, name) => `\`${kebab(name)}\``).replace(/\{@link (\w+)\}/g, "`$1`").replace(/\s+/g, " ").trim();
}

/** Settings of one mapped interface: key, type, default, meaning. */
export function mapped(source) {
  const prefix = source.match(/@ConfigMapping\(prefix = "([^"]+)"\)/)[1];
  const members = new Map();
  const open = [];
  for (const [, javadoc, fallback, kind, member, nested, end] of source.slice(source.indexOf("@ConfigMapping")).matchAll(PART)) {
    if (nested !== undefined) {
      open.push(nested);
      members.set(nested, []);
    } else if (end !== undefined) {
      open.pop();
    } else {
      members.get(open.at(-1)).push({ kind, member, fallback, meaning: sentence(javadoc) });
    }
  }
  const expand = (name, before) => members.get(name).flatMap((one) => {
    const key = `${before}.${kebab(one.member)}`;
    return members.has(one.kind) ? expand(one.kind, key) : [{ ...one, key }];
  });
  return expand([...members.keys()][0], prefix);
}

/** Lines of application.properties with the comment above them. */
function properties(text) {
  const rows = [];
  let comment = [];
  for (const line of text.split("\n")) {
    if (line.startsWith("#")) {
      comment.push(line.slice(1).trim());
    } else {
      const [, key, value] = line.match(/^([^=]+)=(.*)$/) ?? [];
      if (key !== undefined) {
        rows.push({ key, value, meaning: comment.join(" ") });
      }
      comment = [];
    }
  }
  return rows;
}

const TYPES = { Duration: "duration", Path: "path", String: "text", URI: "address", boolean: "true or false", int: "integer", short: "integer",
  long: "integer", double: "number", OptionalDouble: "number", OptionalLong: "integer", "List<String>": "list", "Optional<List<String>>": "list" };

function typeOf(kind) {
  return TYPES[kind] ?? TYPES[kind.replace(/^Optional<(.*)>$/, "$1")] ?? kind;
}

function variable(key) {
  return key.replace(/[^A-Za-z0-9]/g, "_").toUpperCase();
}

function tableOf(source) {
  return table(["key", "environment variable", "type", "default", "meaning"], mapped(source).map((one) => [code(one.key), code(variable(one.key)),
    typeOf(one.kind), one.fallback === undefined ? "" : code(one.fallback), cell(one.meaning)]));
}

export function settings(read) {
  const services = Object.entries(SERVICES).map(([service, files]) => `## ${service}

${files.map((file) => tableOf(read(file))).join("\n\n")}

What ${service} sets of the libraries it is made of, in ${code("application.properties")}; each may be overridden in the same ways.

${table(["key", "value", "why"], properties(read(`${service}/src/main/resources/application.properties`))
    .map((one) => [code(one.key), one.value === "" ? "" : code(one.value), cell(one.meaning)]))}
`);
  return `## Every service\n\n${tableOf(read(COMMON))}\n\n${services.join("\n")}`;
}
