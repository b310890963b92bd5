/** Each error points to its place in the documentation: there is one for every code that the source holds. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { errorDocs } from "@amazon-pay-kit/money";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Codes where errors are made, are members of a class, or are listed in the type of a code. */
const CODES = [
  /new \w*(?:Error|Problem|Failure)\(\s*"([a-z][a-z-]*\.[a-z0-9.-]+)"/g,
  /\bcode = "([a-z][a-z-]*\.[a-z0-9.-]+)"/g,
  /^export type \w*ErrorCode =((?:\s*(?:\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*)?\|?\s*"[^"]+")+);/gm,
];

function codesOf(text: string): string[] {
  return CODES.flatMap((form) => [...text.matchAll(form)].map((found) => found[1] ?? "")).flatMap((found) =>
    found.includes('"')
      ? [...found.replaceAll(/\/\*\*[\s\S]*?\*\//g, "").matchAll(/"([^"]+)"/g)].map((each) => each[1] ?? "")
      : [found],
  );
}

it("every code of an error has a place in docs/reference/errors", () => {
  const files = readdirSync(`${root}packages`).flatMap((name) =>
    readdirSync(`${root}packages/${name}/src`, { recursive: true, encoding: "utf8" })
      .filter((path) => /\.tsx?$/.test(path) && !/\.test(-d)?\.tsx?$|(^|\/)(conformance|testing|fixtures)\//.test(path))
      .map((path) => `packages/${name}/src/${path}`),
  );
  const codes = new Map<string, string>();
  for (const file of files) for (const code of codesOf(readFileSync(root + file, "utf8"))) codes.set(code, file);
  expect(codes.size).toBeGreaterThan(300);
  const lost = [...codes].filter(([code]) => {
    const [page = "", anchor = ""] = (errorDocs(code) ?? "").split("#");
    if (page === "" || !existsSync(root + page)) return true;
    const heading = readFileSync(root + page, "utf8").includes(`\n## \`${code}\`\n`);
    return !heading || anchor !== code.toLowerCase().replaceAll(/[^\w-]/g, "");
  });
  expect(lost.map(([code, file]) => `${file}: ${code}`)).toEqual([]);
});
