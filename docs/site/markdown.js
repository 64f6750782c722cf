// Markdown as the forge renders it, with links that lead to the pages of the site.

import path from "node:path";
import MarkdownIt from "markdown-it";

/** The end of a heading's address, as the forge makes it. */
export function slug(text) {
  return text.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-");
}

/** What a heading or a cell says, without its marks. */
export function words(token) {
  return (token.children ?? []).filter((child) => child.type === "text" || child.type === "code_inline").map((child) => child.content).join("");
}

function headings(state) {
  const taken = new Map();
  state.tokens.forEach((token, i) => {
    if (token.type === "heading_open") {
      const base = slug(words(state.tokens[i + 1]));
      const before = taken.get(base) ?? 0;
      taken.set(base, before + 1);
      token.attrSet("id", before === 0 ? base : `${base}-${before}`);
    }
  });
}

const ELSEWHERE = /^[a-z][a-z0-9+.-]*:/;

/** The file of the repository that a link of another file means, and the part behind '#'. */
export function target(source, link) {
  const [file, anchor = ""] = link.split("#", 2);
  return { file: file === "" ? source : path.posix.normalize(path.posix.join(path.posix.dirname(source), decodeURI(file))), anchor };
}

/** An address of the site as seen from a page of the site. */
export function relative(from, to) {
  return path.posix.relative(path.posix.dirname(from), to);
}

/**
 * A renderer whose environment names 'source', the file that is rendered, 'address', where its page stands, and 'resolve', which
 * gives the address of a file's page.
 */
export function renderer() {
  const md = new MarkdownIt({ html: false, linkify: false });
  md.core.ruler.push("headings", headings);
  md.core.ruler.push("links", (state) => {
    const rewrite = (token, name) => {
      const link = token.attrGet(name);
      if (ELSEWHERE.test(link) || state.env.resolve === undefined) {
        return;
      }
      const { file, anchor } = target(state.env.source, link);
      const to = state.env.resolve(file);
      token.attrSet(name, relative(state.env.address, to) + (anchor === "" ? "" : `#${anchor}`));
    };
    state.tokens.flatMap((token) => token.children ?? []).forEach((token) => {
      if (token.type === "link_open") {
        rewrite(token, "href");
      } else if (token.type === "image") {
        rewrite(token, "src");
      }
    });
  });
  // A wide table scrolls by itself, not with the page.
  md.renderer.rules.table_open = () => '<div class="table" tabindex="0" role="region" aria-label="table"><table>\n';
  md.renderer.rules.table_close = () => "</table></div>\n";
  return md;
}

/** Links and images of a text, as they stand there. */
export function links(md, text) {
  return md.parse(text, {}).flatMap((token) => token.children ?? [])
    .map((token) => (token.type === "link_open" ? token.attrGet("href") : token.type === "image" ? token.attrGet("src") : null))
    .filter((link) => link !== null && !ELSEWHERE.test(link));
}

/** The text under each heading, for the search: title, end of the address, words. */
export function sections(md, text) {
  const found = [{ heading: "", anchor: "", text: "" }];
  const tokens = md.parse(text, {});
  tokens.forEach((token, i) => {
    if (token.type === "heading_open") {
      found.push({ heading: words(tokens[i + 1]), anchor: token.attrGet("id"), text: "" });
    } else if (token.type === "inline" && tokens[i - 1]?.type !== "heading_open") {
      found.at(-1).text += `${words(token)} `;
    } else if (token.type === "fence") {
      found.at(-1).text += `${token.content} `;
    }
  });
  return found.filter((section) => section.heading !== "" || section.text !== "");
}
