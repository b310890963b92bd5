import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runProgram } from "../program.ts";
import { testTerminal } from "../terminal/testing/test-terminal.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "apay-init-"));
  mkdirSync(join(folder, "keys"));
  writeFileSync(join(folder, "keys/shop.pem"), "-----BEGIN PRIVATE KEY-----\n");
  writeFileSync(join(folder, "keys/public.pem"), "-----BEGIN PUBLIC KEY-----\n");
  writeFileSync(join(folder, "keys/page.html"), "<html>");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function init(...args: readonly string[]): Promise<{ status: number; out: string; err: string }> {
  const terminal = testTerminal(folder);
  const status = await runProgram(["init", ...args], terminal, manualClock(Date.UTC(2026, 0, 1)), systemRandom);
  return { status, ...terminal.written };
}
const written = (): unknown => JSON.parse(readFileSync(join(folder, "apay.config.json"), "utf8"));
const answers = (keyId: string, file = "keys/shop.pem"): readonly string[] => [
  "--region",
  "EU",
  "--public-key-id",
  keyId,
  "--private-key-file",
  file,
];

describe("init without questions", () => {
  it.each([
    ["a file that is not there", answers("SANDBOX-AE1", "keys/none.pem"), "there is no file"],
    ["the public half of a key", answers("SANDBOX-AE1", "keys/public.pem"), "name the private one"],
    ["a page that was saved in place of the key", answers("SANDBOX-AE1", "keys/page.html"), "download the key again"],
    ["a region that there is not", ["--region", "mars", ...answers("SANDBOX-AE1").slice(2)], "unknown region"],
    ["too few answers", ["--region", "eu"], "--private-key-file"],
  ])("refuses %s, and writes nothing", async (_what, args, words) => {
    expect(await init(...args)).toMatchObject({ status: 2, out: "", err: expect.stringContaining(words) as string });
    expect(written).toThrow("ENOENT");
  });

  it("names the account after its region, and leaves the environment to a key id that says it", async () => {
    expect((await init(...answers("LIVE-AE1"))).status).toBe(0);
    expect(written()).toEqual({
      accounts: { eu: { region: "eu", publicKeyId: "LIVE-AE1", privateKeyFile: "keys/shop.pem" } },
    });
  });

  it.each([
    [[], "sandbox"],
    [["--environment", "live"], "live"],
  ])("a key id that does not say it, with %j: %s", async (more, environment) => {
    await init(...answers("AE1"), ...more);
    expect(written()).toMatchObject({ accounts: { eu: { publicKeyId: "AE1", environment } } });
  });

  it("keeps what was there, and replaces an account only when told to", async () => {
    writeFileSync(
      join(folder, "apay.config.json"),
      JSON.stringify({ dataDir: "books", accounts: { us: { region: "us" } } }),
    );
    const named = [...answers("SANDBOX-AE1"), "--name", "shop", "--endpoint", "https://localhost:8543"];
    expect((await init(...named, "--ca-file", "keys/ca.pem")).status).toBe(0);
    const before = written();
    expect(before).toMatchObject({
      dataDir: "books",
      accounts: { us: { region: "us" }, shop: { endpoint: "https://localhost:8543", caFile: "keys/ca.pem" } },
    });
    expect(await init(...named)).toMatchObject({ status: 2, err: expect.stringContaining("--force") as string });
    expect(written()).toEqual(before);
    expect((await init(...answers("SANDBOX-AE2"), "--name", "shop", "--force")).status).toBe(0);
    expect(written()).toMatchObject({ accounts: { shop: { publicKeyId: "SANDBOX-AE2" } } });
  });
});
