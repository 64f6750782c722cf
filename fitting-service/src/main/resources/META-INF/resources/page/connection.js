// The line that says whether what is shown is live, and if not since when, why, and when the next attempt is.

const WORDS = { connecting: "connecting", live: "live", waiting: "waiting for a study", report: "report" };

export class Connection {
  /** @param retry called where the reader wants no waiting */
  constructor(retry) {
    this.line = document.getElementById("connection");
    this.words = this.line.querySelector("span");
    this.countdown = this.line.querySelector("small");
    this.button = this.line.querySelector("button");
    this.button.addEventListener("click", retry);
  }

  /** @param lost with state "lost": {since, reason, next}, milliseconds of Date.now() */
  show(state, lost) {
    clearInterval(this.timer);
    this.line.dataset.state = state;
    this.button.hidden = !lost;
    this.countdown.textContent = "";
    const words = lost ? `disconnected since ${clock(lost.since)}: ${lost.reason}` : WORDS[state];
    if (this.words.textContent !== words) this.words.textContent = words;
    if (!lost) return;
    const count = () => {
      const seconds = Math.ceil((lost.next - Date.now()) / 1000);
      this.countdown.textContent = seconds > 0 ? `next attempt in ${seconds} s` : "connecting";
    };
    count();
    this.timer = setInterval(count, 1000);
  }
}

function clock(millis) {
  const at = new Date(millis);
  const day = at.toDateString() === new Date().toDateString() ? "" : `${at.toLocaleDateString()} `;
  return day + at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}
