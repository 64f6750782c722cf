// Rows of the form in which evaluations are asked for.

import { element } from './elements.js';
import { ROLES } from './plan.js';

/** The rows in a host; each is removed by its own button. */
export class EvaluationRows {
  /** @param changed is called where a row goes */
  constructor(host, changed) {
    this.host = host;
    this.changed = changed;
    this.rows = [];
  }

  add() {
    const row = new Row(this.rows.length + 1, () => {
      this.rows.splice(this.rows.indexOf(row), 1);
      row.place.remove();
      this.changed();
    });
    this.rows.push(row);
    this.host.append(row.place);
  }

  values() {
    return this.rows.map((row) => row.value());
  }
}

class Row {
  constructor(number, removed) {
    this.place = element('div', '', 'evaluation');
    this.place.setAttribute('role', 'group');
    this.place.setAttribute('aria-label', `evaluation ${number}`);
    this.kind = document.createElement('select');
    this.kind.setAttribute('aria-label', 'what is measured');
    this.kind.append(...Object.keys(ROLES).map((kind) => element('option', kind)));
    this.name = field('name, as blat', 'name of the evaluation');
    this.files = element('div', '');
    this.everyPercent = field('also every so many % of a run, as 10', 'also within runs, at every so many per cent of their compute');
    this.options = field('options, as seed=2 window=512', 'options');
    const remove = element('button', 'Remove');
    remove.type = 'button';
    remove.addEventListener('click', removed);
    this.kind.addEventListener('change', () => this.fill());
    this.place.append(this.kind, this.name, this.files, this.everyPercent, this.options, remove);
    this.fill();
  }

  fill() {
    this.roles = Object.fromEntries(ROLES[this.kind.value].map((role) => {
      const name = role.replace('?', '');
      return [name, field(`${name}: a path or address${role.endsWith('?') ? ', may be absent' : ''}`, `files: ${name}`)];
    }));
    this.files.replaceChildren(...Object.values(this.roles));
  }

  value() {
    return {
      name: this.name.value,
      kind: this.kind.value,
      files: Object.fromEntries(Object.entries(this.roles).map(([role, input]) => [role, input.value])),
      options: this.options.value,
      everyPercent: this.everyPercent.value,
    };
  }
}

function field(placeholder, label) {
  const input = document.createElement('input');
  input.type = 'text';
  input.spellcheck = false;
  input.placeholder = placeholder;
  input.setAttribute('aria-label', label);
  return input;
}
