import { words } from './actions.js';
import { element } from './elements.js';
import { navigation } from './service.js';

const byId = (id) => document.getElementById(id);
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 2 });

const REASONS = {
  EMPTY: 'a header without a residue',
  MALFORMED: 'holds bytes that no sequence holds',
  TOO_LONG: 'longer than the reader takes',
  CUT: 'the file broke off inside it',
  TOO_SHORT: 'fewer residues than minLength',
  ABOVE_MAX_RESIDUES: 'more residues than maxResidues',
  TOO_MANY_UNKNOWN: 'a larger share of X than maxUnknownShare',
  IDENTIFIER: 'its identifier does not match identifierPattern',
  DUPLICATE: 'an earlier protein has the same residues',
  CLUSTERED: 'another protein stands for its cluster',
  HELD_OUT: 'is in the held-out set that the corpus names',
  LIKE_HELD_OUT: 'too like a held-out protein',
  NOT_SAMPLED: 'the sample was full without it',
};

const PHASES = {
  WAITING: 'waiting for another build',
  READING: 'reading the sources',
  SELECTING: 'comparing proteins',
  WRITING: 'writing the token log',
  DONE: 'done',
};

function card(title, value, note) {
  const made = document.createElement('div');
  made.append(element('h2', title), element('p', value), element('small', note));
  return made;
}

function table(id, heads, rows, empty) {
  const target = byId(id);
  target.replaceChildren();
  if (!rows.length) {
    target.append(element('caption', empty));
    target.firstChild.style.padding = '10px 14px';
    return;
  }
  const columns = heads.map((head) => (head.startsWith('#') ? 'number' : ''));
  const head = document.createElement('tr');
  heads.forEach((text, i) => head.append(element('th', text.replace('#', ''), columns[i])));
  target.append(head);
  rows.forEach((row) => {
    const line = document.createElement('tr');
    row.forEach((cell, i) => line.append(element('td', cell, columns[i])));
    target.append(line);
  });
}

/** The studies that train on a corpus, each with a link to its page. */
async function showUsed(id) {
  const answer = await read('/studies');
  const studies = answer?.ok ? answer.body.filter((study) => study.corpus === id) : [];
  table('used', ['Study', 'State', '#Runs'], studies.map((study) => ['', words(study.state), whole.format(study.runs.length)]),
    answer?.ok ? 'No study trains on it.' : 'The studies could not be read.');
  studies.forEach((study, i) => {
    const link = element('a', study.id);
    link.href = `/studies.html#${encodeURIComponent(study.id)}`;
    byId('used').rows[i + 1].cells[0].append(link);
  });
}

function bars(id, items, mostLabels) {
  if (!items.length) {
    byId(id).replaceChildren();
    return;
  }
  const width = 680;
  const height = 250;
  const foot = 22;
  const head = 20;
  const top = Math.max(...items.map((item) => item.value));
  const step = width / items.length;
  const every = Math.ceil(items.length / mostLabels);
  const parts = items.map((item, i) => {
    const tall = Math.max(1, (item.value / top) * (height - foot - head));
    const x = i * step;
    const y = height - foot - tall;
    const label = i % every === 0
      ? `<text x="${(x + (every === 1 ? step / 2 : 0)).toFixed(1)}" y="${height - 6}" text-anchor="${every === 1 ? 'middle' : 'start'}">${item.label}</text>` : '';
    return `<rect x="${(x + step * 0.08).toFixed(1)}" y="${y.toFixed(1)}" width="${(step * 0.84).toFixed(1)}" height="${tall.toFixed(1)}" rx="2"><title>${item.title}</title></rect>${label}`;
  });
  byId(id).innerHTML = `<svg viewBox="0 0 ${width} ${height}"><line x1="0" x2="${width}" y1="${height - foot}" y2="${height - foot}"/>`
    + `<text x="${width}" y="12" text-anchor="end">highest bar: ${items.find((item) => item.value === top).title}</text>${parts.join('')}</svg>`;
}

function showCards(manifest) {
  const counts = manifest.counts;
  const identity = manifest.identity && manifest.identity.heldOut;
  byId('cards').replaceChildren(
    card('Training tokens', short.format(manifest.tokens), `${whole.format(manifest.records)} batches, ${percent.format(manifest.paddingShare)} padding`),
    card('Proteins kept', short.format(counts.kept), `of ${whole.format(counts.read)} records read`),
    card('Held out', short.format(counts.heldOut), heldOutWords(manifest.heldOut) + (identity
      ? (identity.highestIdentity === null ? 'nothing in training is like them' : `at most ${percent.format(identity.highestIdentity)} identity to training, by ${manifest.identity.tool}`)
      : manifest.heldOut ? 'likeness not bounded' : 'chosen at random, likeness not bounded')),
    card('Residues cut', percent.format(counts.residuesCut / Math.max(1, counts.residues)), `lie outside the windows of ${whole.format(manifest.options.maxLength)} tokens`),
    maskedLosses(manifest.references),
    card('Losses to beat, causal', `${nats(manifest.references.markovNats)} nats`, `order-2 Markov; unigram ${nats(manifest.references.unigramNats)}, uniform ${nats(manifest.references.uniformNats)}`),
  );
}

/** A masked model's loss has to be compared with predictors under the same masks, not with those that must name every residue. */
function maskedLosses({ uniformNats, masked }) {
  return masked
    ? card('Losses to beat, masked', `${nats(masked.frequenciesNats)} nats`, `frequencies under the masks of the evaluation; visible neighbours ${nats(masked.neighboursNats)}, uniform ${nats(uniformNats)}; on MASK ${nats(masked.frequenciesOnMaskNats)} and ${nats(masked.neighboursOnMaskNats)}`)
    : card('Losses to beat, masked', 'not computed', 'this corpus was built before there were references under masks; one that is built anew has them');
}

/** Corpora of one set and one name of its masks are judged alike. */
function heldOutWords(set) {
  if (!set) return '';
  return set.masks === set.sha256 ? `the common set ${set.sha256.slice(0, 12)}; ` : `the held-out part of corpus ${set.masks}; `;
}

function nats(value) {
  return value.toFixed(3);
}

function showManifest(manifest) {
  showCards(manifest);
  bars('lengths', manifest.lengthHistogram.map((bin) => ({
    value: bin.count, label: short.format(bin.from), title: `${bin.from} to ${bin.to - 1}: ${whole.format(bin.count)}`,
  })), 12);
  bars('composition', Object.entries(manifest.residueFrequencies).map(([letter, share]) => ({
    value: share, label: letter, title: `${letter} ${percent.format(share)}`,
  })), 40);
  table('left-out', ['Reason', 'In words', '#Records'],
    Object.entries(manifest.counts.setApart).sort((a, b) => b[1] - a[1]).map(([reason, count]) => [reason, REASONS[reason] || '', whole.format(count)]),
    'Every record is part of the corpus.');
  table('sources', ['File', 'SHA-256', '#Bytes'],
    manifest.sources.map((source) => [source.path, source.sha256 || source.version, whole.format(source.bytes)]), '');
  table('options', ['Option', 'Value'],
    Object.entries(manifest.options).filter(([, value]) => value !== null)
      .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]), '');
  byId('plots').hidden = false;
  byId('tables').hidden = false;
}

function showFindings(findings) {
  const said = (place) => `${place.file}:${place.line}${place.detail ? ` ${place.detail}` : ''}`;
  table('findings', ['Class', 'First at, in each file', '#Count'],
    findings.map((finding) => [finding.type, finding.files.map(said).join('; '), whole.format(finding.count)]),
    'Nothing odd was found.');
}

function showProgress(progress) {
  byId('progress').hidden = !progress;
  if (!progress) return;
  byId('bar').style.width = `${progress.bytesTotal ? (100 * progress.bytesRead) / progress.bytesTotal : 0}%`;
  const pace = [PHASES[progress.phase], `${short.format(progress.bytesRead)} of ${short.format(progress.bytesTotal)} bytes`,
    `${whole.format(progress.sequences)} records`, `${whole.format(progress.records)} batches`];
  if (progress.rate !== null) pace.push(`${short.format(progress.rate)} ${progress.phase === 'READING' ? 'bytes' : 'proteins'} per second`);
  if (progress.secondsLeft !== null) pace.push(`${whole.format(progress.secondsLeft)} s left of this phase`);
  byId('pace').textContent = pace.join(' · ');
}

const PAUSE_MILLIS = 1000;
const PAUSE_AFTER_FAILURE_MILLIS = 5000;

let shown = 0;

/** What the service answers; null where it cannot be reached, where it fails, and where a proxy answers in its place. */
async function read(path) {
  try {
    const answer = await fetch(path, { headers: { Accept: 'application/json' } });
    return answer.status >= 500 ? null : { ok: answer.ok, body: await answer.json() };
  } catch {
    return null;
  }
}

async function show(id) {
  const turn = ++shown;
  const again = (pause) => setTimeout(() => turn === shown && show(id), pause);
  const answer = await read(`/corpora/${encodeURIComponent(id)}`);
  if (turn !== shown) return;
  if (!answer) {
    byId('state').textContent = 'the server cannot be reached, trying again';
    again(PAUSE_AFTER_FAILURE_MILLIS);
    return;
  }
  const corpus = answer.body;
  byId('plots').hidden = true;
  byId('tables').hidden = true;
  byId('cards').replaceChildren();
  byId('error').hidden = answer.ok && !corpus.error;
  byId('error').textContent = answer.ok ? corpus.error || '' : corpus.detail;
  byId('state').textContent = answer.ok ? corpus.state.toLowerCase() : '';
  showProgress(answer.ok ? corpus.progress : null);
  if (corpus.manifest) {
    showManifest(corpus.manifest);
    showUsed(corpus.id);
  }
  if (answer.ok) showFindings(corpus.findings);
  if (answer.ok && !corpus.manifest && corpus.findings.length > 0) {
    for (const other of ['left-out', 'sources', 'options', 'used']) table(other, [], [], '');
    byId('tables').hidden = false;
  }
  if (corpus.state === 'INGESTING') again(PAUSE_MILLIS);
}

async function start() {
  const answer = await read('/corpora');
  if (!answer?.ok) {
    byId('state').textContent = 'the server cannot be reached, trying again';
    setTimeout(start, PAUSE_AFTER_FAILURE_MILLIS);
    return;
  }
  const list = answer.body;
  const picker = byId('corpora');
  list.forEach((corpus) => {
    const option = element('option', corpus.id);
    option.value = corpus.id;
    picker.append(option);
  });
  picker.addEventListener('change', () => { location.hash = picker.value; });
  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1)) || (list.length ? list[list.length - 1].id : '');
    picker.value = id;
    if (id) show(id);
    else {
      byId('state').textContent = '';
      byId('error').hidden = false;
      const link = element('a', 'Send or name a FASTA file');
      link.href = '/study.html';
      byId('error').replaceChildren('No corpus yet. ', link, ' on the page of a new study, or run ./frontier corpus add FILE.');
    }
  };
  addEventListener('hashchange', follow);
  follow();
}

navigation();
start();
