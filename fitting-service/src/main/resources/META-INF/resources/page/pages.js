// Links to the pages of other services, where the service knows them, and to what can be downloaded of a study.

import { ask } from "plm/ask";

/** Addresses of other services; all null where the service does not answer. */
export async function readPages() {
  const { body } = await ask("/pages");
  return body ?? { studies: null, models: null };
}

/** Where the links lead, by their data-link; null where a link leads nowhere and is hidden. @param study id, or null on the list of studies */
export function linksOf({ studies }, study, imported) {
  const at = (path) => (studies ? `${studies}${path}` : null);
  const own = study == null ? null : encodeURIComponent(study);
  return {
    "studies": at("/studies.html"),
    "new-study": at("/study.html"),
    "corpora": at("/corpora.html"),
    "study": own && !imported ? at(`/studies.html#${own}`) : null,
    "csv": own && `/studies/${own}/curves?format=csv`,
    "report": own && `/studies/${own}/report`,
  };
}

/** Address of a model that a trainer exports; null where no trainer is known. @param budget tokens, null for the newest state */
export function modelLink({ models }, run, budget = null) {
  return models && `${models}/models/${encodeURIComponent(run)}${budget == null ? "" : `?budget=${budget}`}`;
}

/** Puts the links where they belong. */
export function showLinks(pages, study, imported) {
  const links = linksOf(pages, study, imported);
  for (const link of document.querySelectorAll("a[data-link]")) {
    const address = links[link.dataset.link] ?? null;
    link.hidden = !address;
    if (address) link.href = address;
  }
  for (const other of document.querySelectorAll("[data-link=no-form]")) other.hidden = Boolean(pages.studies);
  for (const other of document.querySelectorAll("[data-link=delete-import]")) other.hidden = !imported;
}
