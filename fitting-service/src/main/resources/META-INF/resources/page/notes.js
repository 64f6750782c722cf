// Notes and tags: what people wrote of a study and its runs.

import { ask, change } from "plm/ask";
import { escape } from "plm/names";

/** Tags of one field, as they are sent: separated by blanks or commas, each once. */
export function tagsOf(text) {
  return [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
}

export function tagsHtml(tags) {
  return tags.map((tag) => `<span class="tag">${escape(tag)}</span>`).join(" ");
}

/** The notes of one study and its runs. */
export class Notes {
  /** @param changed called when they have come or a person has changed one */
  constructor(changed) {
    this.changed = changed;
    this.clear();
  }

  clear() {
    this.study = null;
    this.notes = new Map();
  }

  async open(study) {
    this.clear();
    this.study = study;
    const { body } = await ask(`/studies/${encodeURIComponent(study)}/notes`);
    if (this.study !== study || !body) return;
    this.notes = new Map(body.map((note) => [note.run ?? "", note]));
    this.changed();
  }

  /** @param run its id, empty for the study */
  of(run) {
    return this.notes.get(run) ?? { text: "", tags: [] };
  }

  /** {problem} where it was not kept. */
  async keep(run, text, tags) {
    const { study } = this;
    const place = `/studies/${encodeURIComponent(study)}/notes${run ? `/${encodeURIComponent(run)}` : ""}`;
    const answer = await change(place, { method: "PUT", json: { text, tags } });
    if (answer.body && this.study === study) {
      this.notes.set(run, answer.body);
      this.changed();
    }
    return answer;
  }
}

/** A note that is read, and written once a person wants that. */
export class NoteEditor {
  /** @param host element that it fills @param notes of the study @param what it is of, for people */
  constructor(host, notes, what) {
    Object.assign(this, { host, notes, run: null, shown: "" });
    host.innerHTML = `<p class="reading"><span class="tags"></span> <span class="text"></span> <button type="button">write a note</button></p>
      <form hidden><label>Note on the ${what} <textarea rows="3" maxlength="4000"></textarea></label>
      <label>Tags <input type="text" autocomplete="off" spellcheck="false" placeholder="words, as baseline lr-sweep"></label>
      <p><button type="submit">keep</button> <button type="button" class="back">cancel</button> <span class="apart" role="status"></span></p></form>`;
    this.reading = host.querySelector(".reading");
    this.form = host.querySelector("form");
    this.text = host.querySelector("textarea");
    this.tags = host.querySelector("input");
    this.said = host.querySelector("[role=status]");
    this.reading.querySelector("button").addEventListener("click", () => this.write());
    host.querySelector(".back").addEventListener("click", () => this.read());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.keep();
    });
  }

  /** @param run its id, empty for the study; another one ends what is being written */
  show(run) {
    if (this.run !== run) this.read();
    this.run = run;
    const { text, tags } = this.notes.of(run);
    const html = JSON.stringify([text, tags]);
    if (html === this.shown) return;
    this.shown = html;
    this.reading.querySelector(".tags").innerHTML = tagsHtml(tags);
    this.reading.querySelector(".text").textContent = text;
    this.reading.querySelector("button").textContent = text || tags.length ? "change" : "write a note";
  }

  write() {
    const { text, tags } = this.notes.of(this.run);
    this.text.value = text;
    this.tags.value = tags.join(" ");
    this.said.textContent = "";
    this.form.hidden = false;
    this.reading.hidden = true;
    this.text.focus();
  }

  read() {
    this.form.hidden = true;
    this.reading.hidden = false;
  }

  async keep() {
    const { problem } = await this.notes.keep(this.run, this.text.value, tagsOf(this.tags.value));
    this.said.textContent = problem ?? "";
    if (problem) return;
    this.read();
    this.reading.querySelector("button").focus();
  }
}
