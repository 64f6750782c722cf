// The site of the documentation: npm run docs. Pages are the Markdown files of the repository as they are; nothing is copied into
// docs/site, and nothing needs a network.

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { address, HOME, NAVIGATION } from "./navigation.js";
import { links, relative, renderer, sections, target } from "./markdown.js";
import { generate } from "./reference/pages.js";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const IMAGE = /\.(png|svg|jpg)$/;
/** Files that say the same as a generated page, which links lead to instead. */
const generatedFrom = new Map(NAVIGATION.flatMap((group) => group.pages).filter((page) => page.from).map((page) => [page.from, address(page)]));

function read(file) {
  return fs.readFileSync(path.join(ROOT, file), "utf8");
}

/** All pages of the navigation with their Markdown. */
function pages() {
  const home = { source: HOME, title: "plm-frontier", kind: "" };
  const listed = NAVIGATION.flatMap((group) => group.pages.map((page) => ({ ...page, kind: group.kind })));
  return [home, ...listed].map((page) => {
    const written = page.source ? read(page.source) : "";
    const made = page.generated ? generate(page.generated, read) : "";
    const source = page.source ?? `docs/reference/${page.generated}.md`;
    return { ...page, source, address: address(page), text: `${written}\n${made}` };
  });
}

/** A file that is no Markdown, as a page. */
function sourcePage(file) {
  const fence = "~".repeat(12);
  return { source: `${file}.md`, file, title: file, kind: "", address: `files/${file}.html`,
    text: `# ${path.posix.basename(file)}\n\n\`${file}\`\n\n${fence}\n${read(file)}\n${fence}\n` };
}

/**
 * Pages of the files that pages are generated from, or link to and that are neither pages nor pictures; a link that leads nowhere is
 * an error.
 */
function linkedFiles(md, written, known) {
  const files = new Set(generatedFrom.keys());
  for (const page of written) {
    for (const link of links(md, page.text)) {
      const { file } = target(page.source, link);
      if (known.has(file) || IMAGE.test(file)) {
        continue;
      }
      if (!fs.existsSync(path.join(ROOT, file)) || fs.statSync(path.join(ROOT, file)).isDirectory()) {
        throw new Error(`${page.source}: the link '${link}' leads to ${file}, which is neither a page nor a file`);
      }
      if (file.endsWith(".md")) {
        throw new Error(`${page.source}: the link '${link}' leads to ${file}, which is not in docs/site/navigation.js`);
      }
      files.add(file);
    }
  }
  return [...files].sort().map(sourcePage);
}

export default function site(eleventy) {
  const md = renderer();
  const written = pages();
  const known = new Map([...generatedFrom, ...written.map((page) => [page.source, page.address])]);
  const files = linkedFiles(md, written, known);
  const ofFile = new Map(files.map((page) => [page.file, page.address]));
  // A generated page links to the file that it is made from, every other page to the generated one.
  const resolver = (page) => (file) => (IMAGE.test(file) ? file : (file === page.from ? undefined : known.get(file)) ?? ofFile.get(file));

  eleventy.setLibrary("md", md);
  eleventy.setUseGitIgnore(false);
  for (const page of [...written, ...files]) {
    eleventy.addTemplate(page.source, page.text, { ...page, permalink: page.address, layout: "layout.11ty.js", text: undefined,
      resolve: resolver(page), navigation: NAVIGATION, at: (to) => relative(page.address, to) });
  }
  const index = written.flatMap((page) => sections(md, page.text)
    .map((section) => ({ page: page.title, kind: page.kind, ...section, url: page.address + (section.anchor ? `#${section.anchor}` : "") })));
  eleventy.on("eleventy.before", ({ directories }) => {
    const out = path.join(ROOT, directories.output);
    fs.rmSync(out, { recursive: true, force: true });
    fs.mkdirSync(path.join(out, "assets"), { recursive: true });
    fs.writeFileSync(path.join(out, "assets/index.js"), `globalThis.searchIndex = ${JSON.stringify(index)};\n`);
    ["style.css", "site.js"].forEach((file) => fs.copyFileSync(path.join(ROOT, "docs/site", file), path.join(out, "assets", file)));
    written.flatMap((page) => links(md, page.text).map((link) => target(page.source, link).file)).filter((file) => IMAGE.test(file)).forEach((file) => {
      fs.mkdirSync(path.join(out, path.dirname(file)), { recursive: true });
      fs.copyFileSync(path.join(ROOT, file), path.join(out, file));
    });
  });
  return { dir: { input: "docs/site", includes: "_includes" }, templateFormats: ["md"], markdownTemplateEngine: false };
}
