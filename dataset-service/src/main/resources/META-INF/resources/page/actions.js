// What can be done with a study and its runs, and what it says of them, as plain data.

const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

const OVER = new Set(['COMPLETED', 'DIVERGED']);
const BUDGETS = { flopBudgets: 'FLOPs of a run', tokensPerParameter: 'tokens per parameter', tokenBudgets: 'tokens' };

/** A state in words. */
export const words = (state) => state.toLowerCase().replaceAll('_', ' ');

export const isOver = (run) => OVER.has(run.state);

/** The commands that a run can be given: STOP while it may go on, RESUME where it was stopped. */
export function commandsOf(run) {
  if (isOver(run)) return [];
  return run.state === 'STOPPED' ? ['RESUME'] : ['STOP'];
}

/** The commands that a study can be given: each that one of its runs can. */
export function commandsOfAll(study) {
  const all = study.runs.flatMap(commandsOf);
  return ['STOP', 'RESUME'].filter((command) => all.includes(command));
}

/** The kind of budgets by which a study is extended, as [field, label]. */
export function budgetsOf(study) {
  const field = ['flopBudgets', 'tokensPerParameter'].find((name) => study[name]) ?? 'tokenBudgets';
  return [field, BUDGETS[field]];
}

/** Body of an extension; null where nothing is stated. Numbers that are none go as they are: the service says what is wrong with them. */
export function extension(study, budgets, shapes) {
  const list = (text) => text.split(/[\s,;]+/).filter((part) => part !== '');
  const [field] = budgetsOf(study);
  const body = {};
  if (list(budgets).length) body[field] = list(budgets).map((part) => (Number.isFinite(Number(part)) ? Number(part) : part));
  if (list(shapes).length) body.shapes = list(shapes);
  return Object.keys(body).length ? body : null;
}

/** The row of a study in the list. */
export function rowOf(study, now) {
  return {
    id: study.id,
    state: words(study.state),
    runs: `${study.runs.filter(isOver).length} / ${study.runs.length}`,
    done: percent.format(study.expectedFlops > 0 ? Math.min(1, study.doneFlops / study.expectedFlops) : 0),
    corpus: study.corpus,
    age: age(now - Date.parse(study.createdAt)),
  };
}

/** A study in a sentence. */
export function factsOf(study) {
  const [field, label] = budgetsOf(study);
  const budgets = study[field].map((value) => (field === 'flopBudgets' ? value.toExponential(2) : short.format(value))).join(', ');
  const asked = study.budget ? `chosen for ${study.budget}; ` : '';
  return `${words(study.state)}: ${study.doneFlops.toExponential(2)} of ${study.expectedFlops.toExponential(2)} training FLOPs; ${asked}`
    + `${study.runs.length} runs of ${study.shapes.length} shapes; ${label}: ${budgets}; recipe ${study.recipe.name}; seeds ${study.seeds.join(', ')}`;
}

/** The cells of a run's row. */
export function cellsOf(run) {
  return [
    words(run.state),
    short.format(run.parameters.exact),
    percent.format(run.expectedFlops > 0 ? Math.min(1, run.computeFlops / run.expectedFlops) : 0),
    short.format(run.tokens),
    run.epochs.toFixed(2),
    short.format(run.step),
  ];
}

/** What a person agrees to who deletes a study. */
export function loss(study) {
  const going = study.runs.filter((run) => !isOver(run)).length;
  return `${study.runs.length} ${study.runs.length === 1 ? 'run' : 'runs'} with ${study.doneFlops.toExponential(2)} training FLOPs spent, their checkpoints, losses and fits are removed from every service`
    + `${going ? `; ${going} that ${going === 1 ? 'is' : 'are'} not over ${going === 1 ? 'is' : 'are'} stopped` : ''}. Sealed predictions stay on their topic. There is no way back.`;
}

/** Milliseconds as 5 min, 3 h, 4 d. */
export function age(millis) {
  const minutes = Math.max(0, Math.floor(millis / 60_000));
  if (minutes < 60) return `${minutes} min`;
  return minutes < 2 * 1440 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
}
