import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";
import { operationsByTag } from "../operations.mjs";
import { SOURCES, linkOf, titleOf } from "../pages.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pages = fileURLToPath(new URL("../.pages", import.meta.url));
const version = process.env["SITE_VERSION"] ?? "";
const repository = process.env["SITE_REPOSITORY"] ?? "";
const sources: Record<string, string> = JSON.parse(readFileSync(join(pages, SOURCES), "utf8"));
const isFolder = (path: string) => existsSync(join(root, path)) && statSync(join(root, path)).isDirectory();

/** A page of the staged folder as an entry of the menu. */
const entry = (page: string) => ({
  text: titleOf(readFileSync(join(pages, page), "utf8")) || page,
  link: `/${page.replace(/(?:index)?\.md$/, "")}`,
});
const pagesIn = (folder: string) =>
  readdirSync(join(pages, folder))
    .filter((name) => name.endsWith(".md") && name !== "index.md")
    .sort()
    .map((name) => `${folder}/${name}`);

/** The menu of the guides: what docs/README.md lists, in its order. */
function guides() {
  const groups: { text: string; items: { text: string; link: string }[] }[] = [];
  for (const line of readFileSync(join(root, "docs/README.md"), "utf8").split("\n")) {
    const heading = /^## (.+)$/.exec(line)?.[1];
    if (heading !== undefined) groups.push({ text: heading, items: [] });
    for (const [, text = "", href = ""] of line.matchAll(/\[([^\]]+)\]\(([^)#]+)\)/g)) {
      const link = linkOf(href, "docs/README.md", { isFolder, repository: undefined });
      if (link === undefined || groups.at(-1)?.items.some((item) => item.link === clean(link))) continue;
      groups.at(-1)?.items.push({ text: `${text.charAt(0).toUpperCase()}${text.slice(1)}`, link: clean(link) });
    }
  }
  return groups;
}
const clean = (link: string) => link.replace(/(?:index)?\.md$/, "");

/** A package of the reference, with a page a module where it is large. */
function packages() {
  return pagesIn("reference").map((page) => {
    const folder = page.replace(/\.md$/, "");
    const modules = existsSync(join(pages, folder)) ? pagesIn(folder) : [];
    return { ...entry(page), collapsed: true, items: modules.map(entry) };
  });
}

/** Pages of error codes, by the area that the codes begin with. */
const errorPages = () =>
  pagesIn("reference/errors").map((page) => ({ ...entry(page), text: page.replace(/^.*\/|\.md$/g, "") }));

function api() {
  const document = JSON.parse(readFileSync(join(root, "packages/sdk/openapi.json"), "utf8"));
  const groups = [...operationsByTag(document)].map(([text, operations]) => ({
    text,
    collapsed: true,
    items: operations.map(({ operation }) => ({ text: operation.operationId, link: `/api/${operation.operationId}` })),
  }));
  const schemas = Object.keys(document.components.schemas).map((text) => ({ text, link: `/api/schemas/${text}` }));
  return [
    { text: "Sign a request", link: "/api/sign" },
    ...groups,
    { text: "Schemas", collapsed: true, items: schemas },
  ];
}

export default defineConfig({
  title: "Amazon Pay Kit",
  description: "Client, books and sandbox for everyone who takes money through Amazon Pay",
  lang: "en",
  base: "./",
  srcDir: ".pages",
  cacheDir: ".vitepress/cache",
  // Addresses of a reader's own machine, in examples.
  ignoreDeadLinks: "localhostLinks",
  markdown: {
    config(markdown) {
      markdown.core.ruler.push("repository-links", ({ tokens, env }) => {
        const from = sources[env.relativePath];
        if (from === undefined) return;
        for (const { children } of tokens) {
          const unlinked: boolean[] = [];
          for (const token of children ?? []) {
            if (token.type === "link_open") {
              const link = linkOf(token.attrGet("href") ?? "", from, { isFolder, repository });
              if (link !== undefined) token.attrSet("href", link);
              unlinked.push(link === undefined);
            }
            const close = token.type === "link_close";
            // What is no page, and has no address either, is named without a link.
            if ((close || token.type === "link_open") && unlinked.at(-1)) {
              token.type = "html_inline";
              token.content = "";
            }
            if (close) unlinked.pop();
          }
        }
      });
    },
  },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    nav: [
      { text: "Guides", link: "/guides" },
      { text: "Reference", link: "/reference/" },
      { text: "API", link: "/api/" },
      { text: "Error codes", link: "/reference/errors/" },
    ],
    sidebar: {
      "/": guides(),
      "/reference/": [
        { text: "Packages", items: packages() },
        { text: "Error codes", link: "/reference/errors/", items: errorPages() },
      ],
      "/amazon-pay/": [{ text: "Amazon Pay", link: "/amazon-pay/", items: pagesIn("amazon-pay").map(entry) }],
      "/api/": api(),
      "/decisions/": [{ text: "Decisions", link: "/decisions/", items: pagesIn("decisions").map(entry) }],
      "/project/": [{ text: "Project", items: pagesIn("project").map(entry) }],
    },
    socialLinks: repository === "" ? [] : [{ icon: "github", link: repository }],
    footer: { message: "Unofficial: not made or endorsed by Amazon. Apache-2.0.", copyright: `Version ${version}` },
    version,
  },
  vite: {
    publicDir: "public",
    build: { chunkSizeWarningLimit: 4000 },
    define: { __SITE_VERSION__: JSON.stringify(version) },
  },
});
