// One page: navigation in the four kinds, search, the text.

import { address } from "../navigation.js";

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

function group({ kind, pages }, data) {
  const items = pages.map((page) => {
    const to = address(page);
    const here = to === data.address ? ' aria-current="page"' : "";
    return `<li><a href="${data.at(to)}"${here}>${escaped(page.title)}</a></li>`;
  });
  return `<section><h2>${kind}</h2><ul>${items.join("")}</ul></section>`;
}

export function render(data) {
  const title = data.address === "index.html" ? "plm-frontier" : `${data.title} - plm-frontier`;
  return `<!doctype html>
<html lang="en" data-root="${data.at("index.html").replace(/index\.html$/, "")}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${data.at("assets/style.css")}">
<script src="${data.at("assets/site.js")}" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<header>
<a class="home" href="${data.at("index.html")}">plm-frontier</a>
<search><input id="query" type="search" placeholder="Search" aria-label="Search the documentation" autocomplete="off" hidden><ol id="found" aria-live="polite" hidden></ol></search>
<button id="theme" type="button" hidden></button>
</header>
<div class="columns">
<nav aria-label="Documentation"><details open><summary>Pages</summary>${data.navigation.map((one) => group(one, data)).join("")}</details></nav>
<main id="content">
${data.kind ? `<p class="kind">${data.kind}</p>` : ""}
${data.content}
</main>
</div>
</body>
</html>
`;
}
