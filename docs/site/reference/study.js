// The study file, from its JSON schema.

import { cell, FIELD_HEADERS, fields, json, table, type } from "./tables.js";

const SCHEMA = "dataset-service/src/main/resources/META-INF/resources/study.schema.json";
const TITLES = { amount: "A number with a suffix.", corpus: "Under `corpus`.", shape: "One of `shapes`.", recipe: "Under `recipe`." };

export function studyFile(read) {
  const schema = JSON.parse(read(SCHEMA));
  const parts = Object.entries(schema.$defs).map(([name, part]) => {
    const body = part.properties ? table(FIELD_HEADERS, fields(part)) : `Type: ${type(part)}`;
    return `## ${name}\n\n${TITLES[name] ?? ""} ${cell(part.description)}\n\n${body}\n`;
  });
  return `# Study file

${cell(schema.description)} The file is YAML or JSON; [studies](../studies.md) says how it is used. Generated from
[study.schema.json](../../${SCHEMA}), which a running dataset service has at \`/study.schema.json\`.

## Fields

${table(FIELD_HEADERS, fields(schema))}

${parts.join("\n")}

## Examples

${schema.examples.map(json).join("\n\n")}
`;
}
