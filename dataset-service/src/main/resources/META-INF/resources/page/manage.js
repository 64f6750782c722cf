// The list of studies and the page of one: what goes on, and what a person may do about it.

import { budgetsOf, cellsOf, commandsOf, commandsOfAll, extension, factsOf, loss, rowOf } from './actions.js';
import { element } from './elements.js';
import { navigation, send } from './service.js';

const byId = (id) => document.getElementById(id);
const REFRESH_MILLIS = 5000;
const VERBS = { STOP: 'Stop', RESUME: 'Resume' };
const CONSEQUENCES = {
  STOP: 'Training ends after the step in hand; nothing is lost, and it can be resumed.',
  RESUME: 'Training goes on exactly where it ended.',
};

let pages = {};
let turn = 0;
let drawn = '';

const chosen = () => decodeURIComponent(location.hash.slice(1));
const path = (id, rest = '') => `/studies/${encodeURIComponent(id)}${rest}`;

function say(id, text) {
  byId(id).textContent = text ?? '';
  byId(id).hidden = !text;
}

function button(text, press) {
  const made = element('button', text);
  made.type = 'button';
  made.addEventListener('click', press);
  return made;
}

function link(text, href, download) {
  const made = element('a', text);
  made.href = href;
  if (download) made.download = download;
  return made;
}

function row(tag, cells) {
  const line = document.createElement('tr');
  line.append(...cells.map((cell) => {
    const made = document.createElement(tag);
    made.append(...[cell].flat());
    return made;
  }));
  return line;
}

/** Asks for a reason, and for the name where something is lost for good; null where the person thinks better of it. */
function ask(title, text, verb, name = null) {
  const dialog = byId('ask');
  byId('ask-title').textContent = title;
  byId('ask-text').textContent = text;
  byId('ask-go').textContent = verb;
  byId('ask-reason').value = '';
  byId('ask-name').value = '';
  byId('ask-name-line').hidden = !name;
  const check = () => { byId('ask-go').disabled = Boolean(name) && byId('ask-name').value !== name; };
  byId('ask-name').oninput = check;
  check();
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'go' ? { reason: byId('ask-reason').value.trim() } : null), { once: true });
  });
}

/** Sends what was asked for, and says what came of it. */
async function act(address, body, method, done) {
  const answer = await send(address, body, method);
  say('problem', answer.ok ? '' : answer.body?.detail ?? `the service answered ${answer.status}`);
  say('said', answer.ok ? done(answer.body) : '');
  await show();
  return answer.ok;
}

async function command(address, name, action) {
  const asked = await ask(`${VERBS[action]} ${name}?`, CONSEQUENCES[action], VERBS[action]);
  if (!asked) return;
  await act(address, { action, reason: asked.reason || 'asked for on the page', by: 'page' }, 'POST', () => `${name}: trainers were told to ${VERBS[action].toLowerCase()}`);
}

async function remove(study) {
  const asked = await ask(`Delete ${study.id}?`, loss(study), 'Delete for good', study.id);
  if (!asked) return;
  const why = asked.reason ? `&reason=${encodeURIComponent(asked.reason)}` : '';
  const gone = await act(path(study.id, `?by=page${why}`), null, 'DELETE', (body) => `${body.id} is deleted: ${body.runs.length} runs, ${body.slices} slices`);
  if (gone) location.hash = '';
}

function actionsOf(study) {
  const commands = commandsOfAll(study).map((action) => button(`${VERBS[action]} all`, () => command(path(study.id, '/commands'), study.id, action)));
  const repair = study.state === 'LOST'
    ? [button('Repair', () => act(path(study.id, '/repair'), null, 'POST', (body) => `${body.publishedJobs} jobs were published again`))] : [];
  const links = [link('plan and state as JSON', path(study.id), `${study.id}.json`)];
  if (pages.live) {
    const live = `${pages.live}/studies/${encodeURIComponent(study.id)}`;
    links.unshift(link('watch', `${pages.live}/#${encodeURIComponent(study.id)}`));
    links.push(link('losses as CSV', `${live}/curves?format=csv`), link('report', `${live}/report`));
  }
  return [...commands, ...repair, button('Delete', () => remove(study)), ...links];
}

function runRow(run) {
  const actions = commandsOf(run).map((action) => button(VERBS[action], () => command(`/runs/${encodeURIComponent(run.runId)}/commands`, run.name, action)));
  if (pages.models && run.step > 0) actions.push(link('model', `${pages.models}/models/${encodeURIComponent(run.runId)}`));
  const name = pages.live ? link(run.name, `${pages.live}/#${encodeURIComponent(chosen())}/${encodeURIComponent(run.runId)}`) : run.name;
  const line = row('td', [name, ...cellsOf(run), actions]);
  [...line.children].slice(2, -1).forEach((cell) => { cell.className = 'number'; });
  line.lastChild.className = 'actions';
  return line;
}

function heads(names, from, to) {
  const line = row('th', names);
  [...line.children].slice(from, to).forEach((cell) => { cell.className = 'number'; });
  return line;
}

function showOne(study) {
  byId('title').textContent = study.id;
  byId('facts').textContent = factsOf(study);
  say('trouble', study.problem);
  byId('actions').replaceChildren(...actionsOf(study));
  const [, label] = budgetsOf(study);
  byId('budgets-label').textContent = `Further budgets, ${label}`;
  byId('warnings').replaceChildren(...study.warnings.map((text) => element('li', text)));
  byId('warnings').parentElement.hidden = !study.warnings.length;
  byId('runs').replaceChildren(heads(['Run', 'State', 'Parameters', 'Done', 'Tokens', 'Epochs', 'Step', 'Actions'], 2, 7), ...study.runs.map(runRow));
  byId('extension').onsubmit = (event) => {
    event.preventDefault();
    extend(study);
  };
}

async function extend(study) {
  const body = extension(study, byId('budgets').value, byId('shapes').value);
  if (!body) {
    say('problem', 'State further budgets, further shapes, or both.');
    return;
  }
  if (await act(path(study.id, '/extend'), body, 'POST', (extended) => `${extended.id} has ${extended.runs.length} runs and ${extended.expectedFlops.toExponential(2)} training FLOPs now`)) {
    byId('extension').reset();
  }
}

function showList(studies) {
  byId('title').textContent = 'Studies';
  byId('none').hidden = studies.length > 0;
  const rows = [...studies].reverse().map((study) => {
    const { id, ...cells } = rowOf(study, Date.now());
    const made = row('td', [link(id, `#${encodeURIComponent(id)}`), cells.state, cells.runs, cells.done, link(cells.corpus, `/corpora.html#${cells.corpus}`), cells.age]);
    [2, 3, 5].forEach((at) => { made.children[at].className = 'number'; });
    return made;
  });
  byId('studies').parentElement.hidden = !studies.length;
  const head = heads(['Study', 'State', 'Runs over / all', 'Done', 'Corpus', 'Begun ago'], 2, 4);
  head.lastChild.className = 'number';
  byId('studies').replaceChildren(head, ...rows);
}

async function show() {
  const mine = ++turn;
  const id = chosen();
  const answer = await send(id ? path(id) : '/studies');
  if (mine !== turn) return;
  byId('one').hidden = !id || !answer.ok;
  byId('list').hidden = Boolean(id);
  if (!answer.ok) {
    say('problem', answer.body?.detail ?? `the service answered ${answer.status}`);
    return;
  }
  const seen = JSON.stringify([id, answer.body]);
  if (seen === drawn && id) return;
  drawn = seen;
  if (id) showOne(answer.body);
  else showList(answer.body);
}

addEventListener('hashchange', () => {
  say('problem', '');
  show();
});
setInterval(() => !document.hidden && !byId('ask').open && show(), REFRESH_MILLIS);
document.addEventListener('visibilitychange', () => !document.hidden && show());
pages = await navigation();
await show();
