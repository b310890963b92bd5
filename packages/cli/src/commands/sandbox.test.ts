import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterAll, expect, it } from "vitest";
import { runProgram } from "../program.ts";
import { testTerminal } from "../terminal/testing/test-terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "apay-sandbox-command-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// A shell leaves an empty text where a variable is not set.
it.each([
  ["--data", "", "--data is empty"],
  ["--ready-file", "", "--ready-file is empty"],
  ["--port", "", '--port: "" is not a port'],
  ["--https-port", " ", '--https-port: " " is not a port'],
])("sandbox start refuses %s %j, and writes nothing", async (option, value, message) => {
  const terminal = testTerminal(folder);
  const args = ["sandbox", "start", "--port", "0", "--https-port", "0", option, value];
  expect(await runProgram(args, terminal, systemClock, systemRandom)).toBe(2);
  expect(terminal.written.err).toContain(message);
  expect(readdirSync(folder)).toEqual([]);
});
