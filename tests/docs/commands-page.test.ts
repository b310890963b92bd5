import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { COMMANDS } from "../../packages/cli/src/commands/index.ts";
import { commandReference } from "../../packages/cli/src/command-reference.ts";
import { GLOBAL_OPTIONS } from "../../packages/cli/src/program.ts";

const page = fileURLToPath(new URL("../../docs/commands.md", import.meta.url));

it("docs/commands.md says what the commands say; npm run docs writes it anew", () => {
  const wanted = commandReference(COMMANDS, GLOBAL_OPTIONS);
  if (process.env["WRITE_DOCS"] === "true") writeFileSync(page, wanted);
  expect(readFileSync(page, "utf8")).toBe(wanted);
});
