/**
 * Writes `llms.txt`, the list of pages with what each is about, and `llms-full.txt`, the pages themselves without the reference: for coding
 * assistants.
 *
 *     node scripts/llms.mjs [--check | --with-reference FILE]
 *
 * With --with-reference only FILE is written, for `apay mcp`: all pages, and the reference. With --check nothing is written; status 1 when a file is not what the pages say.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./toolbox.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");
const markdownIn = (folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md") && name !== "README.md")
    .sort()
    .map((name) => `${folder}/${name}`);

const index = read("docs/README.md");

/** The sections of docs/README.md with their links, in the order in which a reader is led. */
function sections() {
  const seen = new Set();
  return index
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [title = ""] = section.split("\n");
      const links = [...section.matchAll(/^(?:\d+\.|-) \[([^\]]+)\]\(([\w./-]+\.md)\)(?:: (.+))?$/gm)];
      const rows = links.map(([, name, path, about]) => ({ name, path: pathOf(path), about }));
      return { title, links: rows.filter(({ path }) => !seen.has(path) && seen.add(path)) };
    })
    .filter(({ links }) => links.length > 0);
}

const pathOf = (path) => (path.startsWith("../") ? path.slice(3) : `docs/${path}`);

const listed = sections().flatMap(({ links }) => links.map(({ path }) => path));
const guides = [...new Set([...listed, ...markdownIn("docs")])].filter((path) => !path.includes("/reference/"));
const rules = markdownIn("docs/amazon-pay");
const reference = readdirSync(join(root, "docs/reference"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".md"))
  .map((name) => `docs/reference/${name.replaceAll("\\", "/")}`)
  .sort();

const short = [
  "# Amazon Pay Kit",
  "",
  "> A typed client for Amazon Pay API v2, a sandbox that is Amazon Pay on your own machine, and books that reconcile its settlements to the cent. TypeScript, unofficial, Apache-2.0.",
  "",
  "Install the client with `npm install @amazon-pay-kit/sdk`; start the sandbox with `npx @amazon-pay-kit/sandbox`. All pages in one file: [llms-full.txt](llms-full.txt).",
  "",
  ...sections().flatMap(({ title, links }) => [
    `## ${title}`,
    "",
    ...links.map(({ name, path, about }) => `- [${name}](${path})${about === undefined ? "" : `: ${about}`}`),
    "",
  ]),
].join("\n");

const textOf = (paths) =>
  paths
    .filter((path, at, all) => all.indexOf(path) === at && !/^(?:CONTRIBUTING|THIRD-PARTY)/.test(path))
    .map((path) => `<!-- page: ${path} -->\n${read(path).trim()}\n`)
    .join("\n");
const pages = ["README.md", ...guides, ...rules];
const full = textOf(pages);

const [option, file] = process.argv.slice(2);
if (option === "--with-reference") {
  writeFileSync(file, textOf([...pages, ...reference]));
  process.exit(0);
}

const stale = [];
for (const [name, text] of [
  ["llms.txt", short],
  ["llms-full.txt", full],
]) {
  if (option !== "--check") writeFileSync(join(root, name), text);
  else if (read(name) !== text) stale.push(name);
}
if (stale.length > 0) {
  console.error(`${stale.join(" and ")}: not what the pages say; run npm run docs`);
  process.exit(1);
}
