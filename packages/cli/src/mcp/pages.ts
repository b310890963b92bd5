import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { CliError } from "../errors.ts";

/** A page of the documentation. */
export interface Page {
  /** `docs/quick-start.md`. */
  readonly path: string;
  readonly title: string;
  readonly text: string;
}

/** Beside the bundle where it is installed, at the root of a clone. */
const PLACES = ["dist/pages.txt", "../../llms-full.txt"];
const MARK = /^<!-- page: (.+) -->\n/gm;

/** Every page, from the file that is made of them for assistants. */
export function readPages(): Page[] {
  const folder = dirname(createRequire(import.meta.url).resolve("@amazon-pay-kit/cli/package.json"));
  const path = PLACES.map((place) => join(folder, place)).find((place) => existsSync(place));
  if (path === undefined)
    throw new CliError("mcp.no-pages", "the documentation is not there", { remedy: "install the package again" });
  const text = readFileSync(path, "utf8");
  const marks = [...text.matchAll(MARK)];
  return marks.map((mark, index) => {
    const page = text.slice(mark.index + mark[0].length, marks[index + 1]?.index ?? text.length).trim();
    return { path: mark[1] ?? "", title: /^# (.+)$/m.exec(page)?.[1] ?? mark[1] ?? "", text: page };
  });
}

/** A section of a page that fits a search, best first. */
export interface Hit {
  readonly path: string;
  readonly heading: string;
  readonly text: string;
}

/**
 * Sections that have the words of a query, those with more of them first; words in a heading count more. A section is cut
 * after a while: the whole page can be read.
 */
export function searchPages(pages: readonly Page[], query: string, limit = 6): Hit[] {
  const words = query.toLowerCase().match(/[\p{L}\p{N}_.-]+/gu) ?? [];
  const hits: (Hit & { readonly score: number })[] = [];
  for (const { path, title, text } of pages) {
    for (const section of text.split(/^(?=#{1,3} )/m)) {
      const heading = /^#{1,3} (.+)$/m.exec(section)?.[1] ?? title;
      const [inHeading, inText] = [`${title} ${heading} ${path}`.toLowerCase(), section.toLowerCase()];
      const score = words.reduce(
        (sum, word) => sum + (inHeading.includes(word) ? 4 : 0) + (inText.includes(word) ? 1 : 0),
        0,
      );
      const whole = words.every((word) => inHeading.includes(word) || inText.includes(word));
      const guide = path.startsWith("docs/reference/") ? 0 : 2;
      if (score > 0)
        hits.push({ path, heading, text: section.trim().slice(0, 1500), score: score + (whole ? 10 : 0) + guide });
    }
  }
  return hits
    .sort((left, right) => right.score - left.score)
    .slice(0, limit)
    .map(({ path, heading, text }) => ({ path, heading, text }));
}
