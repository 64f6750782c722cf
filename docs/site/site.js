// Theme and search of the site. It works from a folder (file://) as from any server: the index is a script, loaded at the first use.

const root = document.documentElement;
const THEMES = ["auto", "light", "dark"];
const MOST = 20;

/** Storage may be forbidden, as it is from a folder in some browsers; then the choice lasts for the page. */
function stored(value) {
  try {
    if (value !== undefined) {
      localStorage.setItem("theme", value);
    }
    return localStorage.getItem("theme");
  } catch {
    return null;
  }
}

function theme() {
  const button = document.getElementById("theme");
  let now = THEMES.includes(stored()) ? stored() : "auto";
  const apply = () => {
    root.dataset.theme = now;
    button.textContent = `Theme: ${now}`;
  };
  button.addEventListener("click", () => {
    now = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length];
    stored(now);
    apply();
  });
  button.hidden = false;
  apply();
}

/** Sections that have every word, those first that have more of them in a title. */
function search(index, query) {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) {
    return [];
  }
  const scored = index.map((section) => {
    const title = `${section.page} ${section.heading}`.toLowerCase();
    const text = section.text.toLowerCase();
    const found = words.map((word) => (title.includes(word) ? 2 : 0) + (text.includes(word) ? 1 : 0));
    return { section, score: found.includes(0) ? 0 : found.reduce((sum, one) => sum + one, 0) };
  });
  return scored.filter((one) => one.score > 0).sort((one, other) => other.score - one.score).slice(0, MOST).map((one) => one.section);
}

function load() {
  if (document.getElementById("index") === null) {
    const script = document.createElement("script");
    script.id = "index";
    script.src = `${root.dataset.root}assets/index.js`;
    script.addEventListener("load", show);
    document.head.append(script);
  }
}

function item(section) {
  const link = document.createElement("a");
  link.href = root.dataset.root + section.url;
  link.textContent = section.heading || section.page;
  const where = document.createElement("small");
  where.textContent = [section.kind, section.page].filter((part) => part !== "").join(": ");
  link.append(where);
  const line = document.createElement("li");
  line.append(link);
  return line;
}

function show() {
  const query = document.getElementById("query");
  const list = document.getElementById("found");
  const found = globalThis.searchIndex === undefined ? [] : search(globalThis.searchIndex, query.value);
  list.replaceChildren(...found.map(item));
  if (found.length === 0 && globalThis.searchIndex !== undefined) {
    list.textContent = "No section has all of these words.";
  }
  list.hidden = query.value.trim() === "";
}

if (root.dataset !== undefined) {
  theme();
  const query = document.getElementById("query");
  query.hidden = false;
  query.addEventListener("focus", load);
  query.addEventListener("input", show);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      query.value = "";
      show();
    }
  });
}
