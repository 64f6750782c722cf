// Names from files: any length, any script, any sign. Here they are cut, isolated and made safe for HTML.

/** Signs that turn the direction of the text after them, and others that nobody sees. */
// eslint-disable-next-line no-control-regex -- control characters are what it is about
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";

export function escape(words) {
  return words.replace(/[&<>"']/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[sign]);
}

/** A name as HTML: cut by the style sheet where it is long, the whole of it on hover. */
export function nameHtml(name) {
  return `<bdi class="name" title="${escape(name)}">${escape(name)}</bdi>`;
}

/** A sentence that may hold names, as HTML: signs that nobody sees are written out, so that they move no other word. */
export function sentenceHtml(sentence) {
  return escape(visible(sentence));
}

/** The same as plain text. */
export function visible(sentence) {
  return sentence.replace(HIDDEN, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A name for a canvas: at most so many letters, its direction kept to itself. */
export function shortName(name, most = 24) {
  const letters = Array.from(name.replace(HIDDEN, ""));
  const cut = letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : letters.join("");
  return FIRST_STRONG_ISOLATE + cut + POP_ISOLATE;
}
