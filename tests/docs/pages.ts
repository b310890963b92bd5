import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A code block of a page. */
export interface Block {
  readonly page: string;
  /** Line of the fence, from 1. */
  readonly line: number;
  readonly language: string;
  /** Without the indent that a list gives it. */
  readonly code: string;
  /** Why it cannot run here: the comment `<!-- not run: … -->` on the line before. */
  readonly notRun: string | undefined;
}

/** Pages that people read and copy from; `docs/commands.md` and `docs/reference/` are made from the sources. */
export function pages(): string[] {
  const inFolder = (folder: string): string[] => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
  const docs = inFolder("docs").filter((name) => name.endsWith(".md") && name !== "docs/commands.md");
  const packages = ["packages", "examples"].flatMap((folder) => inFolder(folder).map((name) => `${name}/README.md`));
  const others = ["README.md", "AGENTS.md", "CONTRIBUTING.md", "SECURITY.md"];
  return [...others, ...docs, ...packages].filter((name) => existsSync(join(root, name)));
}

/** Pages that a test of their own follows literally, with packed packages in an empty folder: tests/docs/literal. */
export const LITERAL_PAGES: readonly string[] = [
  "docs/quick-start.md",
  "examples/express/README.md",
  "examples/lambda/README.md",
  "examples/subscription/README.md",
  "examples/workers/README.md",
];

export function textOf(page: string): string {
  return readFileSync(join(root, page), "utf8");
}

const FENCED =
  /^(?:[ \t]*<!-- not run: (?<reason>.+?) -->\n)?(?<indent>[ \t]*)```(?<language>\w+)\n(?<code>[\s\S]*?)^\k<indent>```$/gm;

/** The blocks of a page, in order. */
export function blocksOf(page: string): Block[] {
  const text = textOf(page);
  return Array.from(text.matchAll(FENCED), (match) => {
    const { reason, indent = "", language = "", code = "" } = match.groups ?? {};
    return {
      page,
      line: text.slice(0, match.index).split("\n").length + (reason === undefined ? 0 : 1),
      language,
      code: code.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
      notRun: reason,
    };
  });
}

/** Every block of every page. */
export function everyBlock(): Block[] {
  return pages().flatMap(blocksOf);
}

/** A block as a test names it. */
export function nameOf(block: Block): string {
  return `${block.page}:${block.line}`;
}
