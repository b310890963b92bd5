/**
 * Writes the API as an OpenAPI 3.1 document: `spec/openapi.yaml` to read, `packages/sdk/openapi.json` to publish; and what pages and
 * the sandbox's script know of buttons (button-rules.mjs).
 *
 *     node tools/generate/run.mjs           writes all of it
 *     node tools/generate/run.mjs --check   status 1 when one of them is stale, does not pass the linter, or types and tables disagree
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { register } from "tsx/esm/api";
import { parse, stringify } from "yaml";
import { root } from "../../scripts/toolbox.mjs";
import { buttonRules } from "./button-rules.mjs";
import { buildDocument } from "./document.mjs";

register();
const sdk = `${root}packages/sdk/src/`;
const load = (path) => import(pathToFileURL(sdk + path).href);

/** Rows of the table by the name of their constant, as the resources' methods use them. */
async function constantsOf(rows) {
  const constants = new Map();
  const groups = new Set(readFileSync(`${sdk}operations/table.ts`, "utf8").match(/groups\/[\w-]+\.ts/g));
  for (const group of groups) {
    for (const [name, value] of Object.entries(await load(`operations/${group}`))) {
      if (rows.includes(value)) constants.set(name, value);
    }
  }
  return constants;
}

const { OPERATIONS } = await load("operations/table.ts");
const { throttleOf } = await load("operations/throttles.ts");
const { REASON_CODES } = await load("operations/reason-codes.ts");
const base = parse(readFileSync(`${root}spec/api.yaml`, "utf8"), { merge: true });
const { document, disagreements } = buildDocument(base, {
  OPERATIONS,
  throttleOf,
  REASON_CODES,
  constants: await constantsOf(OPERATIONS),
});
const json = `${JSON.stringify(document, null, 2)}\n`;
const yaml = `# Made by tools/generate/run.mjs from spec/api.yaml and packages/sdk/src; change those.\n${stringify(
  document,
  {
    aliasDuplicateObjects: false,
    lineWidth: 120,
  },
)}`;

const problems = disagreements.map((words) => `table and type disagree: ${words}`);
const config = await createConfig({
  extends: ["recommended"],
  rules: {
    // Bodies of DELETE are Amazon's own doing, and refusals are described once for all statuses.
    "operation-4xx-response": "off",
    "no-server-example.com": "off",
  },
});
const found = await lintFromString({ source: json, absoluteRef: `${root}packages/sdk/openapi.json`, config });
for (const { ruleId, severity, message, location } of found) {
  problems.push(`${severity} ${ruleId} at ${location[0]?.pointer ?? ""}: ${message}`);
}
const checking = process.argv.includes("--check");
for (const [path, text] of [
  ...(await buttonRules()),
  ["spec/openapi.yaml", yaml],
  ["packages/sdk/openapi.json", json],
]) {
  if (!checking) writeFileSync(root + path, text);
  else if (!existsSync(root + path) || readFileSync(root + path, "utf8") !== text) {
    problems.push(`${path} is stale: run node tools/generate/run.mjs`);
  }
}
for (const problem of problems) console.error(problem);
const schemas = Object.keys(document.components.schemas).length;
console.log(`${OPERATIONS.length} operations, ${schemas} schemas, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
