// The generated pages, each as Markdown made from the file that defines what it says.

import { messages } from "./messages.js";
import { rest } from "./rest.js";
import { settings } from "./settings.js";
import { studyFile } from "./study.js";

const GENERATORS = {
  "study-file": studyFile,
  "rest-fitting-service": (read) => rest(read, "fitting-service"),
  "rest-dataset-service": (read) => rest(read, "dataset-service"),
  "rest-trainer-service": (read) => rest(read, "trainer-service"),
  messages,
  settings,
};

/** Markdown of a generated page; 'read' gives the text of a file of the repository. */
export function generate(name, read) {
  if (GENERATORS[name] === undefined) {
    throw new Error(`nothing generates the page '${name}'; there are ${Object.keys(GENERATORS).join(", ")}`);
  }
  return GENERATORS[name](read);
}
