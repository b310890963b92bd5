import { generateKeyPairSync } from "node:crypto";
import { tmpdir } from "node:os";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { describe, expect, it } from "vitest";
import { runProgram } from "../program.ts";
import { testTerminal } from "../terminal/testing/test-terminal.ts";
import { failureOf, showFailure } from "./failure.ts";

describe("a failure in words", () => {
  it.each([
    ["ENOSPC", /disk is full/, /free some space/],
    ["EDQUOT", /share of the disk/, /free some space/],
    ["EIO", /could not be read or written/, /check the disk/],
    ["EROFS", /not written/, /mount it/],
    ["EMFILE", /files open/, /ulimit/],
  ])("says what to do about %s, also where it is the cause of another", (code, words, advice) => {
    const error = Object.assign(new Error(`${code}: in the system's words, fsync`), { code, syscall: "fsync" });
    expect(failureOf(error)).toMatchObject({ code, exitStatus: 2 });
    expect(failureOf(error).message).toMatch(words);
    expect(failureOf(error).remedy).toMatch(advice);
    const wrapped = Object.assign(new Error("cannot make the archive folder", { cause: error }), { code: "archive.x" });
    expect(failureOf(wrapped)).toMatchObject({ code: "archive.x", message: "cannot make the archive folder" });
    expect(failureOf(wrapped).remedy).toMatch(advice);
  });

  it("says which login to use when the database refuses what this one may not do", () => {
    const refused = Object.assign(new Error("permission denied for table lease"), { code: "42501" });
    expect(failureOf(refused)).toMatchObject({
      code: "store.not-allowed",
      message: expect.stringContaining("permission denied for table lease") as string,
      remedy: expect.stringContaining("apay_worker") as string,
      exitStatus: 2,
    });
  });
});

describe("a private key", () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const KEY = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  const secret = KEY.split("\n")[4] ?? "";

  it.each([
    "--region",
    "--endpoint",
    "--account",
    "--time-zone",
    "--public-key-id",
    "--ca-file",
    "--private-key-file",
    "--data-dir",
    "--config",
    "--database-url",
  ])("given as %s is named and not quoted, in words and as JSON", async (option) => {
    for (const args of [
      ["sync", option, KEY],
      ["sync", `${option}=${KEY}`],
      ["sync", option, KEY, "--json"],
    ]) {
      const terminal = testTerminal(tmpdir());
      expect(await runProgram(args, terminal, systemClock, systemRandom)).toBe(2);
      expect(terminal.written.err).toContain(`${option} is a private key`);
      expect(terminal.written.err + terminal.written.out).not.toContain(secret);
    }
  });

  it("that stands in an environment variable or in a message is not quoted", async () => {
    for (const name of ["APAY_REGION", "APAY_TIME_ZONE", "APAY_ENDPOINT", "APAY_DATA_DIR", "APAY_PUBLIC_KEY_ID"]) {
      const terminal = testTerminal(tmpdir(), { env: { [name]: KEY } });
      await runProgram(["doctor", "--json"], terminal, systemClock, systemRandom);
      expect(terminal.written.err + terminal.written.out, name).not.toContain(secret);
    }
    const terminal = testTerminal(tmpdir());
    showFailure(terminal, failureOf(new Error(`unknown region ${JSON.stringify(KEY)}`)), true);
    expect(terminal.written.err).toContain("unknown region");
    expect(terminal.written.err + terminal.written.out).not.toContain(secret);
  });
});
