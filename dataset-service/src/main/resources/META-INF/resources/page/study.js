// The form of a new study: every change is planned by the service, nothing is trained before the start.

import { element } from './elements.js';
import { EvaluationRows } from './evaluations.js';
import { corpusRequest, fileNameOf, grid, makespans, problemsByField, request, studyFile, total } from './plan.js';
import { navigation, send, upload } from './service.js';

const byId = (id) => document.getElementById(id);
const PAUSE_MILLIS = 350;
const LOOK_MILLIS = 1000;

let turn = 0;
let planned = null;
let pages = {};

function fields() {
  const data = Object.fromEntries(new FormData(byId('form')));
  return { ...data, kind: data.kind, evaluations: evaluations.values() };
}

function showProblems(problem, unit) {
  const places = [...document.querySelectorAll('.problem[data-field]')];
  const shown = new Set(places.map((place) => place.dataset.field));
  const found = problem ? problemsByField(problem, shown, unit) : {};
  for (const place of places) {
    const text = found[place.dataset.field];
    place.textContent = text ?? '';
    place.hidden = !text;
    const input = byId(place.dataset.field);
    input?.toggleAttribute('aria-invalid', Boolean(text));
  }
  byId('other').textContent = found.other ?? '';
  byId('other').hidden = !found.other;
}

function showPlan(preview) {
  byId('total').textContent = preview ? total(preview) : 'no plan';
  byId('makespans').textContent = preview ? makespans(preview).join('. ') : '';
  byId('choices').replaceChildren(...(preview?.choices ?? []).map((choice) => element('li', choice)));
  byId('warnings').replaceChildren(...[...(preview?.omissions ?? []), ...(preview?.warnings ?? [])].map((text) => element('li', text)));
  byId('cells').replaceChildren(...(preview ? tableOf(grid(preview)) : []));
  byId('start').disabled = !preview;
}

function tableOf({ heads, rows }) {
  const head = document.createElement('tr');
  head.append(element('th', 'run'), element('th', 'parameters', 'number'), ...heads.map((text) => element('th', text, 'number')));
  return [head, ...rows.map((row) => {
    const line = document.createElement('tr');
    line.append(element('td', row.name), element('td', row.parameters, 'number'), ...row.cells.map((cell) => {
      if (!cell) return element('td', 'left out', 'number none');
      const made = element('td', '', 'number');
      made.append(element('b', cell.main), document.createElement('br'), element('small', cell.note));
      return made;
    }));
    return line;
  })];
}

async function plan() {
  const mine = ++turn;
  const stated = fields();
  for (const part of document.querySelectorAll('[data-kind]')) part.hidden = part.dataset.kind !== stated.kind;
  const body = request(stated);
  byId('studyFile').textContent = studyFile(body);
  byId('begun').hidden = true;
  planned = null;
  byId('start').disabled = true;
  if (!stated.corpus) return;
  const answer = await send('/studies?preview=true', body);
  if (mine !== turn) return;
  showProblems(answer.ok ? null : answer.body, stated.unit);
  showPlan(answer.ok ? answer.body : null);
  planned = answer.ok ? body : null;
}

async function start(event) {
  event.preventDefault();
  if (!planned) return;
  const answer = await send('/studies', planned);
  showProblems(answer.ok ? null : answer.body, fields().unit);
  if (!answer.ok) return;
  const { live } = pages;
  const begun = byId('begun');
  begun.replaceChildren(`study ${answer.body.id} has begun: `);
  const link = element('a', live ? 'watch it' : 'its runs');
  link.href = live ? `${live}/#${encodeURIComponent(answer.body.id)}` : `/studies.html#${encodeURIComponent(answer.body.id)}`;
  const manage = element('a', 'stop, extend or delete it');
  manage.href = `/studies.html#${encodeURIComponent(answer.body.id)}`;
  begun.append(link, ' · ', manage);
  begun.hidden = false;
}

/** Sends the file that was chosen; its address at the service, or nothing where it was refused. */
async function sent(id) {
  const [file] = byId(id).files;
  if (!file) return null;
  byId('building').hidden = false;
  const told = (share) => { byId('building').textContent = `sending ${file.name}: ${Math.round(100 * share)} %`; };
  told(0);
  const answer = await upload(`/uploads?name=${encodeURIComponent(fileNameOf(file.name))}`, file, told);
  showProblems(answer.ok ? null : answer.body, '');
  byId('building').hidden = true;
  return answer.ok ? answer.body.address : null;
}

/** Sends the file that was chosen, and builds a corpus of it. */
async function sendFile() {
  const address = await sent('file');
  if (!address) return;
  byId('source').value = address;
  await build();
}

/** Sends a file of held-out proteins; the corpus that is built next holds them out. */
async function sendHeldOut() {
  const address = await sent('heldOutFile');
  if (address) byId('heldOutSource').value = address;
}

async function build() {
  const answer = await send('/corpora', corpusRequest(byId('source').value, byId('heldOutOf').value, byId('heldOutSource').value));
  showProblems(answer.ok ? null : answer.body, '');
  if (!answer.ok) return;
  let corpus = answer.body;
  byId('building').hidden = false;
  while (corpus.state === 'INGESTING') {
    const { progress } = corpus;
    const share = progress?.bytesTotal ? Math.round((100 * progress.bytesRead) / progress.bytesTotal) : 0;
    byId('building').textContent = `building corpus ${corpus.id}: ${share} % of the source read`;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MILLIS));
    corpus = (await send(`/corpora/${corpus.id}`)).body;
  }
  byId('building').textContent = corpus.state === 'READY' ? `corpus ${corpus.id} is ready` : corpus.error ?? corpus.detail;
  await corpora(corpus.id);
  plan();
}

async function corpora(chosen) {
  const answer = await send('/corpora');
  const ready = answer.ok ? answer.body.filter((corpus) => corpus.state === 'READY') : [];
  const options = (selected) => ready.map((corpus) => {
    const name = corpus.manifest.sources[0]?.path.replace(/^.*\//, '') ?? corpus.id;
    const option = element('option', `${name} (${corpus.id})`);
    option.value = corpus.id;
    option.selected = corpus.id === selected;
    return option;
  });
  byId('corpus').replaceChildren(...options(chosen));
  const of = byId('heldOutOf');
  of.replaceChildren(of.options[0], ...options(of.value));
  if (!ready.length) byId('total').textContent = 'no corpus is ready yet: build one of a FASTA file';
}

const evaluations = new EvaluationRows(byId('evaluation-rows'), plan);
let wait = 0;
byId('form').addEventListener('input', (event) => {
  if (['source', 'file', 'heldOutOf', 'heldOutSource', 'heldOutFile'].includes(event.target.id)) return;
  clearTimeout(wait);
  wait = setTimeout(plan, PAUSE_MILLIS);
});
byId('form').addEventListener('submit', start);
byId('build').addEventListener('click', build);
byId('file').addEventListener('change', sendFile);
byId('add-evaluation').addEventListener('click', () => {
  evaluations.add();
  plan();
});
byId('heldOutFile').addEventListener('change', sendHeldOut);
pages = await navigation();
byId('sending').hidden = !pages.uploads;
byId('sendingHeldOut').hidden = !pages.uploads;
await corpora(decodeURIComponent(location.hash.slice(1)));
plan();
