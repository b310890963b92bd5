import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, it } from "vitest";
import { pages, root, textOf } from "./pages.ts";

const markdown = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], { cwd: root })
  .toString()
  .split("\n")
  .filter((page) => page !== "" && existsSync(join(root, page)));

/** The text without code, in which brackets are no links. */
function proseOf(page: string): string {
  return textOf(page)
    .replaceAll(/^[ \t]*```[\s\S]*?^[ \t]*```$/gm, "")
    .replaceAll(/`[^`\n]*`/g, "");
}

/** Anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  return Array.from(textOf(page).matchAll(/^#+ (.+)$/gm), ([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(/\s/g, "-"),
  );
}

function linksOf(page: string): string[] {
  const text = proseOf(page);
  const links = text.matchAll(/\]\((?<target>[^)\s]+)\)|(?:src|href)="(?<attribute>[^"]+)"/g);
  return Array.from(links, ({ groups }) => groups?.["target"] ?? groups?.["attribute"] ?? "");
}

/** Why a link leads nowhere, or undefined. */
function brokenBecause(page: string, link: string): string | undefined {
  if (/^https?:/.test(link)) return undefined;
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : relative(root, join(root, dirname(page), path));
  if (!existsSync(join(root, target))) return `${page}: ${link}: no such file`;
  if (anchor !== undefined && !anchorsOf(target).includes(anchor)) return `${page}: ${link}: no such heading`;
  return undefined;
}

it("every relative link and picture in a page leads to a file, and to a heading of it", () => {
  const links = markdown.flatMap((page) => linksOf(page).map((link) => ({ page, link })));
  expect(links.length).toBeGreaterThan(30);
  expect(links.flatMap(({ page, link }) => brokenBecause(page, link) ?? [])).toEqual([]);
});

it("a link to a missing file or heading is found", () => {
  expect(brokenBecause("docs/README.md", "missing.md")).toMatch("no such file");
  expect(brokenBecause("docs/README.md", "commands.md#missing")).toMatch("no such heading");
  expect(brokenBecause("README.md", "docs/README.md#reference")).toBeUndefined();
});

// A page named in code is no link: a reader cannot follow it.
it("guides link to each other instead of naming files in code", () => {
  const named = markdown
    .filter((page) => /^(README\.md|docs\/[\w-]+\.md)$/.test(page))
    .flatMap((page) =>
      Array.from(textOf(page).matchAll(/(?<!\[)`(?:docs\/|decisions\/)?[\w-]+\.md`/g), ([name]) => `${page}: ${name}`),
    );
  expect(named).toEqual([]);
});

it("paths in code that a page names are there", () => {
  const paths = /`((?:docs|decisions|examples|packages|bench|tests|simulation)\/[\w./-]*)`/g;
  const missing = pages().flatMap((page) =>
    Array.from(textOf(page).matchAll(paths), ([, path = ""]) => path)
      .filter((path) => !existsSync(join(root, path)))
      .map((path) => `${page}: ${path}`),
  );
  expect(missing).toEqual([]);
});
