import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { pages, root } from "./pages.ts";

/** Of others, each known by this name. The name `apay` is nobody's on the registry: who takes it would be run by our readers. */
const OTHERS = new Set(["@aws-sdk/client-s3", "@opentelemetry/api", "wrangler"]);
/** At the beginning of a line, of a piece of code or of a further command. */
const TAKES =
  /(?<=^\s*|[`"';&|(]\s*)(?:npx|npm (?:i|install|exec|create)|pnpm (?:add|dlx)|yarn (?:add|dlx)|bunx)((?: [@\w./-]+)+)/gm;
const OPTION = /^-/;

/** Names of packages that a text tells its reader to run or install. */
function namesIn(text: string): string[] {
  return [...text.matchAll(TAKES)].flatMap(([line, rest = ""]) => {
    const words = rest
      .trim()
      .split(" ")
      .filter((word) => !OPTION.test(word));
    // What follows the name of a program that is run belongs to it.
    return /^(?:npx|npm (?:exec|create)|bunx|pnpm dlx|yarn dlx)/.test(line) ? words.slice(0, 1) : words;
  });
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:ts|tsx|js|mjs|txt)$/.test(name) && !/node_modules|\.test\./.test(name))
    .map((name) => `${folder}/${name}`);
}

it("pages, help and messages name no package but the kit's own, and those of others that are known", () => {
  // Those who work in the repository have what is in its workspaces.
  const read = pages().filter((page) => page !== "AGENTS.md");
  const texts = [
    ...read,
    "docs/commands.md",
    "llms.txt",
    ...["packages/cli/src", "packages/sandbox/src"].flatMap(sources),
  ];
  const found = texts.flatMap((name) =>
    namesIn(readFileSync(join(root, name), "utf8"))
      .filter((word) => !word.startsWith("@amazon-pay-kit") && !OTHERS.has(word))
      .map((word) => `${name}: ${word}`),
  );
  expect(found).toEqual([]);
});

it("sees a name that is not the kit's", () => {
  expect(namesIn("run `npx apay sandbox start`, or\n  npm install --save-dev apay left-pad")).toEqual([
    "apay",
    "apay",
    "left-pad",
  ]);
});
