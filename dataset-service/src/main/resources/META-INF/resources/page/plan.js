// A study request from the fields of the form, and what its preview says, as plain data.

const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const MINUTES_PER_HOUR = 60;

const list = (text) => text.split(/[\s,;]+/).filter((part) => part !== '');
const numbers = (text) => list(text).map((part) => (Number.isFinite(Number(part)) ? Number(part) : part));

/** Body of POST /studies; fields that are empty are left out. */
export function request(fields) {
  const body = { corpus: fields.corpus };
  if (fields.id.trim()) body.id = fields.id.trim();
  if (fields.family !== 'esm2') body.family = fields.family;
  if (fields.kind === 'budget') {
    body.budget = fields.budget.trim();
    if (Number(fields.devices) > 1) body.devices = Number(fields.devices);
  } else {
    body.sizes = fields.sizes.includes('..') ? fields.sizes.trim() : numbers(fields.sizes);
    body[fields.unit] = numbers(fields.budgets);
    if (fields.maxEpochs.trim()) [body.maxEpochs] = numbers(fields.maxEpochs);
  }
  if (fields.recipe) body.recipe = fields.recipe;
  if (fields.seeds.trim()) body.seeds = numbers(fields.seeds);
  if (fields.learningRates.trim()) body.learningRates = numbers(fields.learningRates);
  if (fields.evaluations?.length) body.evaluations = fields.evaluations.map(evaluation);
  return body;
}

/** Files of each kind of evaluation, by their roles; '?' behind those that may be absent. */
export const ROLES = {
  'variant-effect': ['scores', 'wildType', 'reference?'],
  'secondary-structure': ['training', 'validation'],
  contacts: ['structures?', 'trainingStructures?', 'proteins?', 'contacts?', 'trainingProteins?', 'trainingContacts?'],
  perplexity: ['proteins'],
};

/** An evaluation of a request from a row of the form: { name, kind, files by role, options, everyPercent }, all texts. */
export function evaluation({ name, kind, files, options, everyPercent }) {
  const one = { name: name.trim(), kind, files: {} };
  for (const [role, text] of Object.entries(files)) {
    const named = list(text);
    if (named.length) one.files[role] = named.length === 1 ? named[0] : named;
  }
  const pairs = list(options).map((pair) => {
    const [option, ...value] = pair.split('=');
    return [option, numbers(value.join('='))[0] ?? ''];
  });
  if (pairs.length) one.options = Object.fromEntries(pairs);
  if (everyPercent.trim()) [one.everyPercent] = numbers(everyPercent);
  return one;
}

/** Body of POST /corpora; what holds out a set of its own names none. */
export function corpusRequest(source, heldOutOf, heldOutSource) {
  const body = { sources: [source.trim()] };
  const heldOut = {};
  if (heldOutOf) heldOut.corpus = heldOutOf;
  if (heldOutSource.trim()) heldOut.sources = [heldOutSource.trim()];
  return Object.keys(heldOut).length ? { ...body, heldOut } : body;
}

/** A file's name as the service takes it. */
export function fileNameOf(name) {
  return name.normalize('NFKD').replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '').slice(-100).replace(/^[^A-Za-z0-9]+/, '') || 'proteins.fasta';
}

/** The request as a study file. JSON values are YAML. */
export function studyFile(body) {
  return Object.entries(body).map(([field, value]) => `${field}: ${JSON.stringify(value)}\n`).join('');
}

/** Problems by the field of the form that shows them; 'other' for those that no field shows. */
export function problemsByField(problem, shown, unit) {
  const found = {};
  const errors = problem.errors ?? [{ field: problem.field ?? '', detail: problem.detail ?? problem.title }];
  for (const { field, detail } of errors) {
    const name = field.replace(/[.[].*$/, '');
    const place = name === unit ? 'budgets' : name;
    const key = shown.has(place) ? place : 'other';
    found[key] = found[key] ? `${found[key]}; ${detail}` : detail;
  }
  return found;
}

export function duration(hours) {
  if (hours < 2) return `${(MINUTES_PER_HOUR * hours).toPrecision(3)} min`;
  return hours < 48 ? `${hours.toPrecision(3)} h` : `${(hours / 24).toPrecision(3)} d`;
}

/** Budgets of the preview as heads of a table, each run as a row with a cell or null for each budget. */
export function grid(preview) {
  const unit = { tokenBudgets: 'tokens', flopBudgets: 'FLOPs', tokensPerParameter: 'tokens per parameter' }[preview.budgetField];
  const heads = preview.budgetValues.map((value) => `${amount(value, unit)} ${unit}`);
  const rows = preview.runs.map((run) => {
    const cells = preview.budgetValues.map(() => null);
    run.cells.forEach((cell) => {
      cells[cell.budget] = {
        main: unit === 'FLOPs' ? `${short.format(cell.tokens)} tokens` : `${cell.flops.toExponential(1)} FLOPs`,
        note: `${cell.epochs.toPrecision(2)} epochs, ${duration(cell.deviceHours)}`,
      };
    });
    return { name: run.name, parameters: short.format(run.parameters.exact), cells };
  });
  return { heads, rows };
}

function amount(value, unit) {
  return unit === 'FLOPs' ? value.toExponential(2) : short.format(value);
}

/** One sentence over the whole plan. */
export function total(preview) {
  const hours = preview.runs.reduce((sum, run) => sum + run.deviceHours, 0);
  const cells = preview.runs.reduce((sum, run) => sum + run.cells.length, 0);
  const runs = preview.runs.length;
  return `${runs} ${runs === 1 ? 'run' : 'runs'}, ${cells} cells, ${preview.expectedFlops.toExponential(2)} FLOPs, about ${duration(hours)} of one device`;
}

/** Until when how many trainers are done, a sentence for each number of devices that they have; none where one trainer is all. */
export function makespans(preview) {
  const all = preview.makespans ?? [];
  if (all.length < 2) return [];
  return [...new Set(all.map((one) => one.devicesEach))].map((devices) => {
    const parts = all.filter((one) => one.devicesEach === devices)
      .map((one) => `${duration(one.hours)} with ${one.trainers} ${one.trainers === 1 ? 'trainer' : 'trainers'}`);
    return `Done in ${parts.join(', ')}${devices === 1 ? '' : `, of ${devices} devices each, at best`}`;
  });
}
