// What the pages of this service ask of it.

import { element } from './elements.js';

const byId = (id) => document.getElementById(id);

/**
 * What the service answers; a problem where it cannot be reached. Where it asks for a token, the page's field for one is shown.
 *
 * @param method with a body POST where nothing else is said, without one GET
 * @param body sent as JSON; nothing is sent where there is none
 * @returns {ok, status, body} with a body of null where there was none
 */
export async function send(path, body, method = body ? 'POST' : 'GET') {
  const headers = { Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }), ...authorization() };
  try {
    const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
    askForToken(answer.status);
    return { ok: answer.ok, status: answer.status, body: await answer.json().catch(() => null) };
  } catch {
    return { ok: false, status: 0, body: { detail: 'the service cannot be reached' } };
  }
}

function authorization() {
  const token = byId('token')?.value.trim();
  return token ? { Authorization: `Bearer ${token}` } : {};
}

function askForToken(status) {
  if ((status === 401 || status === 403) && byId('access')) byId('access').hidden = false;
}

/**
 * Sends a file, and says how far it is.
 *
 * @param told called with the share that was sent, 0 to 1
 */
export function upload(path, file, told) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Accept', 'application/json');
    for (const [name, value] of Object.entries(authorization())) request.setRequestHeader(name, value);
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) => event.lengthComputable && told(event.loaded / event.total));
    const done = () => {
      askForToken(request.status);
      const ok = request.status >= 200 && request.status < 300;
      const body = request.response ?? { detail: request.status ? `the service answered ${request.status}` : 'the file could not be sent: the service cannot be reached or has broken off' };
      resolve({ ok, status: request.status, body });
    };
    request.addEventListener('load', done);
    request.addEventListener('error', done);
    request.send(file);
  });
}

/** Links between the pages of the suite, into the page's header. */
export async function navigation() {
  const nav = document.querySelector('.top nav');
  const { ok, body } = await send('/pages');
  const links = [['studies', '/studies.html'], ['new study', '/study.html'], ['corpora', '/corpora.html']];
  if (ok && body.live) links.push(['live page', `${body.live}/`]);
  nav.replaceChildren(...links.map(([text, href]) => {
    const link = element('a', text);
    link.href = href;
    if (href === location.pathname) link.setAttribute('aria-current', 'page');
    return link;
  }));
  return ok ? body : { live: null, models: null, uploads: false };
}
