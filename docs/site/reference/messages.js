// Messages on Kafka, from docs/asyncapi.yaml.

import yaml from "js-yaml";
import { cell, code, FIELD_HEADERS, fields, json, table, type } from "./tables.js";

function last(reference) {
  return reference.split("/").at(-1);
}

function channel([name, one], api) {
  const kafka = one.bindings?.kafka ?? {};
  const settings = Object.entries(kafka.topicConfiguration ?? {}).map(([key, value]) => code(`${key}=${value}`));
  const who = Object.values(api.operations).filter((operation) => last(operation.channel.$ref) === name)
    .map((operation) => [operation.action === "send" ? "written" : "read", cell(operation.summary)]);
  const carried = Object.values(one.messages ?? {}).map(({ $ref }) => {
    const at = last($ref);
    return `[${at}](#message-${at.toLowerCase()})`;
  });
  return `### ${code(one.address)}

${cell(one.description)}. Carries ${carried.join(", ")}. Partitions: ${kafka.partitions}; ${settings.join(", ")}.

${table(["", "by"], who)}
`;
}

function message([name, one]) {
  const kind = one.headers?.allOf?.[1]?.properties?.ce_type?.const;
  const headers = one.headers?.$ref ? type(one.headers) : one.headers?.allOf ? type(one.headers.allOf[0]) : "";
  const said = [
    one.description ? `${cell(one.description)}.` : "",
    `Payload: ${type(one.payload)}${one.contentType ? `, ${code(one.contentType)}` : ""}.`,
    headers ? `Headers: ${headers}${kind ? `, ${code("ce_type")} ${code(kind)}` : ""}.` : "",
  ];
  const examples = (one.examples ?? []).map((example) => json(example.payload));
  return `### Message ${name}\n\n${said.filter((part) => part !== "").join(" ")}\n\n${examples.join("\n\n")}\n`;
}

function schema([name, one]) {
  const body = one.properties ? table(FIELD_HEADERS, fields(one)) : type(one);
  return `### ${name}\n\n${cell(one.description)}\n\n${body}\n`;
}

export function messages(read) {
  const api = yaml.load(read("docs/asyncapi.yaml"));
  return `# Messages on Kafka

${cell(api.info.description)} Generated from [asyncapi.yaml](../asyncapi.yaml).

## Topics

${Object.entries(api.channels).map((one) => channel(one, api)).join("\n")}

## Messages

${Object.entries(api.components.messages).map(message).join("\n")}

## Schemas

${Object.entries(api.components.schemas).map(schema).join("\n")}
`;
}
