// As much of a document as the page's scripts touch: elements by id or selector, that remember what was written into them.

/** An element; children that are asked for come into being. */
export function element() {
  const classes = new Map();
  const attributes = new Map();
  return {
    attributes,
    children: [],
    dataset: {},
    files: [],
    hidden: false,
    innerHTML: "",
    listeners: {},
    rows: [],
    style: {},
    textContent: "",
    title: "",
    value: "",
    classList: { toggle: (name, on) => classes.set(name, on), contains: (name) => classes.get(name) === true },
    addEventListener(name, listener) {
      this.listeners[name] = listener;
    },
    deleteRow(at) {
      this.rows.splice(at, 1);
    },
    insertRow() {
      const row = element();
      this.rows.push(row);
      return row;
    },
    querySelector: selectors(),
    querySelectorAll: () => [],
    append(...more) {
      this.children.push(...more);
    },
    closest() {
      return this;
    },
    replaceChildren(...all) {
      this.children = all;
    },
    focus: () => {},
    get firstElementChild() {
      return this.querySelector(":first-child");
    },
    setAttribute: (name, value) => attributes.set(name, value),
    getAttribute: (name) => attributes.get(name) ?? null,
  };
}

function selectors() {
  const found = new Map();
  return (selector) => {
    if (!found.has(selector)) found.set(selector, element());
    return found.get(selector);
  };
}

/** Puts an empty document in place of the browser's, for one test. */
export function emptyDocument() {
  const byId = selectors();
  const listeners = {};
  globalThis.document = {
    body: element(),
    createElement: () => element(),
    documentElement: element(),
    getElementById: byId,
    hidden: false,
    querySelector: selectors(),
    addEventListener: (name, listener) => (listeners[name] = listener),
    removeEventListener: (name) => delete listeners[name],
    listeners,
  };
  return globalThis.document;
}

/** The words of a piece of HTML. */
export function wordsOf(html) {
  return html.replace(/<[^>]*>/g, "");
}
