// Sends a file of losses to the service, which makes a study of it.

/** The study that a file is proposed to become: its name with the signs that an id may have. */
export function studyOf(fileName) {
  const plain = fileName.toLowerCase().replace(/(?:\.(?:csv|tsv|txt|json|gz))+$/, "").replace(/[^a-z0-9._-]+/g, "-").replace(/^[^a-z0-9]+|-+$/g, "");
  return plain.slice(0, 100) || "losses";
}

/** An answer that is no study, as one sentence. @param problem of RFC 9457, or null where the answer was none */
export function refusal(status, problem) {
  if (!problem?.detail) return `the service answered ${status}`;
  const place = [problem.row != null && `line ${problem.row}`, problem.field && problem.field !== "body" && `column ${problem.field}`].filter(Boolean).join(", ");
  return place && !problem.detail.startsWith(place) ? `${place}: ${problem.detail}` : problem.detail;
}

export class ImportForm {
  /** @param open called with the id of the study that was made */
  constructor(open) {
    this.open = open;
    this.form = document.getElementById("import-form");
    this.file = document.getElementById("import-file");
    this.study = document.getElementById("import-study");
    this.tokenLine = document.getElementById("import-token-line");
    this.token = document.getElementById("import-token");
    this.said = document.getElementById("import-said");
    this.send = document.getElementById("import-send");
    this.file.addEventListener("change", () => this.picked());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.post();
    });
  }

  picked() {
    const [file] = this.file.files;
    if (file) this.study.value = studyOf(file.name);
    this.say("");
  }

  say(words, bad = false) {
    this.said.textContent = words;
    this.said.classList.toggle("apart", bad);
  }

  async post() {
    const [file] = this.file.files;
    if (!file) {
      this.say("Choose a file first.", true);
      return;
    }
    this.send.disabled = true;
    this.say(`sending ${file.name}`);
    try {
      await this.answered(await fetch(`/imports?study=${encodeURIComponent(this.study.value.trim())}`, { method: "POST", headers: this.headers(), body: file }));
    } catch (error) {
      this.say(error instanceof TypeError ? "The server cannot be reached, or the file cannot be read." : String(error), true);
    } finally {
      this.send.disabled = false;
    }
  }

  headers() {
    const token = this.token.value.trim();
    return { "Content-Type": "text/csv", Accept: "application/json", ...(token ? { Authorization: `Bearer ${token}` } : {}) };
  }

  async answered(response) {
    const body = await response.json().catch(() => null);
    if (response.ok) {
      this.say("");
      this.open(body.id);
      return;
    }
    if (response.status === 401) this.tokenLine.hidden = false;
    this.say(refusal(response.status, body), true);
    if (response.status === 401) this.token.focus();
  }
}
