// REST of one service, from docs/openapi.

import yaml from "js-yaml";
import { cell, code, FIELD_HEADERS, fields, json, table, type } from "./tables.js";

const METHODS = ["get", "post", "put", "patch", "delete"];

function examples(content) {
  const named = Object.values(content.examples ?? {}).map((one) => one.value);
  return content.example === undefined ? named : [content.example, ...named];
}

function body(title, contents) {
  return Object.entries(contents ?? {}).map(([media, content]) => {
    const shown = examples(content).map((one) => (typeof one === "string" ? `\`\`\`text\n${one.trimEnd()}\n\`\`\`` : json(one)));
    return `${title}, ${code(media)}: ${type(content.schema ?? {})}\n\n${shown.join("\n\n")}\n`;
  }).join("\n");
}

/** What a response means; one that operations share, with its schema. */
function meaning(response, api) {
  if (response.$ref === undefined) {
    return cell(response.description);
  }
  const shared = api.components.responses[response.$ref.split("/").at(-1)];
  return `${cell(shared.description)}: ${Object.values(shared.content).map((content) => type(content.schema)).join(", ")}`;
}

function operation(method, path, one, api) {
  const parameters = (one.parameters ?? []).map((parameter) => [code(parameter.name), parameter.in, parameter.required ? "yes" : "",
    type(parameter.schema ?? {}), parameter.schema?.default === undefined ? "" : code(parameter.schema.default), cell(parameter.description)]);
  const responses = Object.entries(one.responses ?? {}).map(([status, response]) => [code(status), meaning(response, api)]);
  const request = one.requestBody ? body("Request", one.requestBody.content) : "";
  const answers = Object.entries(one.responses ?? {}).map(([status, response]) => body(`Response ${status}`, response.content)).join("\n");
  return `### ${code(`${method.toUpperCase()} ${path}`)}

${cell(one.summary)}. ${cell(one.description)}

${parameters.length ? table(["parameter", "in", "required", "type", "default", "meaning"], parameters) : ""}

${request}

${table(["status", "means"], responses)}

${answers}
`;
}

function schema([name, one]) {
  const about = one.properties ? table(FIELD_HEADERS, fields(one)) : type(one);
  const example = one.examples?.[0] ?? one.example;
  return `### ${name}\n\n${cell(one.description)}\n\n${about}\n\n${example === undefined ? "" : json(example)}\n`;
}

export function rest(read, service) {
  const file = `docs/openapi/${service}.yaml`;
  const api = yaml.load(read(file), { schema: yaml.JSON_SCHEMA });
  const byTag = new Map();
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const method of METHODS.filter((one) => methods[one])) {
      const tag = methods[method].tags?.[0] ?? "other";
      byTag.set(tag, [...(byTag.get(tag) ?? []), operation(method, path, methods[method], api)]);
    }
  }
  const groups = [...byTag].map(([tag, operations]) => `## ${tag}\n\n${operations.join("\n")}`);
  return `# REST of ${service}

What people ask for most is in [REST](../rest.md); this is all of it. Generated from [${file}](../openapi/${service}.yaml), which the running service
answers at \`/q/openapi\`.

${groups.join("\n\n")}

## Schemas

${Object.entries(api.components?.schemas ?? {}).map(schema).join("\n")}
`;
}
