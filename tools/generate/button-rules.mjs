/**
 * What may stand at a button is written once, in packages/sdk/src: the tables in `operations/button-facts.ts`, the judgement in
 * `button/rules.ts`; the base class of errors in packages/money. The package for pages has no dependency, not even the client, so it gets a copy; the sandbox's script, which is
 * plain JavaScript, gets the tables.
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { root } from "../../scripts/toolbox.mjs";

const sdk = `${root}packages/sdk/src/`;
const HEAD = "Made by tools/generate/run.mjs from packages/sdk/src";

/** A list as the formatter writes it. */
function list(name, values, js) {
  const one = `export const ${name} = [${values.map((value) => JSON.stringify(value)).join(", ")}]${js ? "" : " as const"};`;
  return one.length <= 120 ? one : one.replace("[", "[\n  ").replaceAll('", "', '",\n  "').replace(/"\]/, '",\n]');
}

/** Every file that is made, with its text. */
export async function buttonRules() {
  const { REGIONS, PLACEMENTS, PRODUCT_TYPES, BUTTON_COLORS } = await import(
    pathToFileURL(`${sdk}operations/button-facts.ts`).href
  );
  const source = (path) => readFileSync(sdk + path, "utf8");
  const facts = source("operations/button-facts.ts");
  const shape = facts.slice(facts.indexOf("/** What a page needs"), facts.indexOf("/** All regions"));
  const strings = (values) => `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
  const rows = REGIONS.map(
    (row) => `  {
    region: ${JSON.stringify(row.region)},
    aliases: ${strings(row.aliases)},
    scriptUrl: ${JSON.stringify(row.scriptUrl)},
    currencies: ${strings(row.currencies)},
    languages: ${strings(row.languages)},
  },`,
  );
  const languagesOf = REGIONS.flatMap((row) =>
    row.currencies.map((currency) => `  ${currency}: ${strings(row.languages)},`),
  );
  const from = (path) => `// ${HEAD}/${path}; change that.\n`;
  const browser = "packages/browser/src/rules/";
  const kitError = `// Made by tools/generate/run.mjs from packages/money/src/kit-error.ts; change that.\n${readFileSync(
    `${root}packages/money/src/kit-error.ts`,
    "utf8",
  )}`;
  return [
    ["packages/sdk/src/errors/kit-error.ts", kitError],
    [`${browser}kit-error.ts`, kitError],
    [
      `${browser}facts.ts`,
      [
        `${from("operations/button-facts.ts")}`,
        shape.trimEnd(),
        "",
        "/** All regions, as pages need them. */",
        `export const REGIONS: readonly PageRegion[] = [\n${rows.join("\n")}\n];`,
        "",
        "/** Ledger currencies of all regions. */",
        list("LEDGER_CURRENCIES", [...new Set(REGIONS.flatMap((row) => row.currencies))]),
        "",
        "/** Languages of all regions. */",
        list("LANGUAGES", [...new Set(REGIONS.flatMap((row) => row.languages))]),
        "",
        "/** Where a button may say it stands. */",
        list("PLACEMENTS", PLACEMENTS),
        "",
        "/** What a button may be for. */",
        list("PRODUCT_TYPES", PRODUCT_TYPES),
        "",
        "/** Colours of a button. */",
        list("BUTTON_COLORS", BUTTON_COLORS),
        "",
      ].join("\n"),
    ],
    [
      `${browser}rules.ts`,
      from("button/rules.ts") +
        source("button/rules.ts")
          .replace("../operations/fields/suggestion.ts", "./suggestion.ts")
          .replace("../operations/button-facts.ts", "./facts.ts"),
    ],
    [`${browser}suggestion.ts`, from("operations/fields/suggestion.ts") + source("operations/fields/suggestion.ts")],
    [
      "packages/sandbox/src/checkout/browser/button-facts.js",
      [
        from("operations/button-facts.ts"),
        list("placements", PLACEMENTS, true),
        "",
        list("productTypes", PRODUCT_TYPES, true),
        "",
        list("buttonColorNames", BUTTON_COLORS, true),
        "",
        "/** Languages by ledger currency. */",
        `export const languagesOf = {\n${languagesOf.join("\n")}\n};`,
        "",
      ].join("\n"),
    ],
  ];
}
