import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterAll, describe, expect, it } from "vitest";
import { COMMANDS } from "./commands/index.ts";
import { testTerminal } from "./terminal/testing/test-terminal.ts";
import { runProgram } from "./program.ts";

const folder = mkdtempSync(join(tmpdir(), "apay-program-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function apay(
  args: readonly string[],
  options: Parameters<typeof testTerminal>[1] = {},
): Promise<{ status: number; out: string; err: string }> {
  const terminal = testTerminal(folder, options);
  const status = await runProgram(args, terminal, manualClock(Date.UTC(2026, 0, 1)), systemRandom);
  return { status, ...terminal.written };
}

describe("apay", () => {
  it.each(COMMANDS.map((row) => [row.name] as const))("teaches %s: help with an example to copy", async (name) => {
    const { status, out } = await apay([...name.split(" "), "--help"]);
    expect(status).toBe(0);
    expect(out).toMatch(new RegExp(`Examples:\\n\\s+(?:.*)apay ${name}`));
  });

  it.each([40, 80, 120])("keeps its help within %i columns, but for commands to copy", async (columns) => {
    const { out } = await apay(["--help"], { columns });
    const before = out.split("Start here:")[0] ?? "";
    if (columns >= 80) expect(Math.max(...before.split("\n").map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(before).toContain("reconcile");
  });

  it.each([[], ["-h"], ["help"]])(
    "shows the page about all commands for %j, on which a group is one line",
    async (...args) => {
      const page = await apay(["--help"]);
      const { out, err } = await apay(args.flat());
      expect(out === "" ? err : out).toBe(page.out);
      for (const word of new Set(COMMANDS.map(({ name }) => name.split(" ")[0]))) {
        expect(page.out.split("\n").filter((line) => new RegExp(`^  ${word}( |$)`).test(line))).toHaveLength(1);
      }
    },
  );

  it("lets no name act on the terminal", async () => {
    const { status, err } = await apay(["parse", "a\u001B]0;title\u0007.csv"]);
    expect(status).toBe(2);
    expect(err).toContain("a\\x1b]0;title\\x07.csv");
    expect(err).not.toContain("\u001B]");
  });

  it("lets nothing that was typed act on the terminal, in whatever message it stands", async () => {
    for (const typed of ["foo\u001b[2J", "--foo\u202e", "parse\u009b"]) {
      const { status, out, err } = await apay([typed]);
      expect(status).toBe(2);
      // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
      expect(out + err).not.toMatch(/[\u001b\u009b\u202e]/);
      expect(err).toMatch(/\\x1b|\\x9b|\\u202e/);
    }
  });

  it("prints what it read of a file that breaks off", async () => {
    const rows = '"2026-01-01T10:00:00 -0800","1"\n'.repeat(20_000);
    const file = join(folder, "broken-off.csv");
    writeFileSync(file, `Alpha,Beta\n${rows}${"damaged\n".repeat(10)}`);
    const { status, out } = await apay(["parse", file, "--format", "ndjson", "--error-limit", "5"]);
    expect(status).toBe(2);
    const lines = out.trimEnd().split("\n");
    expect(lines.length).toBeGreaterThan(10_000);
    expect(lines[0]).toContain('"header"');
    expect(lines.at(-1)).toMatch(/^\{.*\}$/);
  });

  it("suggests what was meant", async () => {
    expect(await apay(["reconsile"])).toMatchObject({ status: 2, err: expect.stringContaining("reconcile") as string });
    expect(await apay(["parse", "x.csv", "--fromat", "ndjson"])).toMatchObject({
      status: 2,
      err: expect.stringContaining("--format") as string,
    });
  });

  it("shows an example to anyone who leaves something out", async () => {
    const { status, err } = await apay(["explain"]);
    expect([status, err]).toEqual([
      2,
      expect.stringMatching(/figure.*\nFor example: apay explain 48211\.07/) as string,
    ]);
  });

  it.each(["retry", "discard"])("takes neither no dead job for all of them nor all for one: jobs %s", async (name) => {
    for (const args of [[], ["3f2a91c0", "--all"]]) {
      const { status, err } = await apay(["jobs", name, ...args]);
      expect([status, err]).toEqual([2, expect.stringContaining("apay jobs list --dead") as string]);
    }
  });

  it("ends with 2 where something cannot be carried out, in words and as JSON", async () => {
    const missing = await apay(["parse", "nothing.csv"]);
    expect([missing.status, missing.out]).toEqual([2, ""]);
    expect(missing.err).toContain("nothing.csv");
    const json = await apay(["parse", "nothing.csv", "--json"]);
    expect(json.status).toBe(2);
    const { error } = JSON.parse(json.out) as { error: Record<string, unknown> };
    expect(Object.keys(error)).toEqual(["code", "message", "remedy", "docs"]);
  });

  it.each([
    [["--every", "5"], "--every"],
    [["--metrics-port", "9464", "--reconcile"], "--reconcile, --metrics-port"],
    [["--metrics-host", "0.0.0.0", "--once"], "--metrics-host"],
  ])("refuses what means something to sync only with --watch: %j", async (args, named) => {
    const { status, err } = await apay(["sync", ...args]);
    expect(status).toBe(2);
    expect(err).toContain(`${named}: only with --watch`);
  });

  it("ends with 3 where the service cannot be reached", async () => {
    await apay(["keys", "generate", "--out", "unreached"]);
    const account = ["--region", "na", "--public-key-id", "SANDBOX-A", "--private-key-file", "unreached.private.pem"];
    const clock = manualClock(Date.UTC(2026, 0, 1), { autoAdvance: true });
    const terminal = testTerminal(folder);
    const status = await runProgram(
      ["reports", "list", ...account, "--endpoint", "http://127.0.0.1:9"],
      terminal,
      clock,
      systemRandom,
    );
    expect([status, terminal.written.err]).toEqual([3, expect.stringContaining("error") as string]);
  });

  it("names file, line and remedy of a wrong configuration", async () => {
    const path = join(folder, "wrong.config.json");
    writeFileSync(
      path,
      '{\n  "accounts": {\n    "us": {\n      "region": "na",\n      "regoin": "eu"\n    }\n  }\n}\n',
    );
    const { status, err } = await apay(["doctor", "--config", path]);
    expect(status).toBe(2);
    expect(err).toContain(`${path}:5:`);
    expect(err).toContain("docs/configuration.md");
  });

  it("colours only where a person watches who wants it", async () => {
    const coloured = ({ err }: { err: string }): boolean => stripVTControlCharacters(err) !== err;
    const args = ["parse", "nothing.csv"];
    expect(coloured(await apay(args, { isTTY: true }))).toBe(true);
    expect(coloured(await apay(args, { isTTY: true, env: { TERM: "xterm" } }))).toBe(true);
    const plain = await apay(args);
    expect(coloured(plain)).toBe(false);
    expect(coloured(await apay(args, { env: { FORCE_COLOR: "1" } }))).toBe(true);
    // Where a person watches, the moving line of progress is taken away by a control sequence; colours are another matter.
    for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }])
      expect((await apay(args, { isTTY: true, env })).err).toContain("error: there");
  });

  it.each(["bash", "zsh", "fish"])("completes every command in %s", async (shell) => {
    const { status, out } = await apay(["completion", shell]);
    expect(status).toBe(0);
    for (const word of COMMANDS.flatMap((row) => row.name.split(" "))) expect(out).toContain(word);
  });
});
