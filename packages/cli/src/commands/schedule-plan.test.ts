import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { type StartedSandbox, startSandbox } from "@amazon-pay-kit/sandbox";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runProgram } from "../program.ts";

let folder: string;
let started: StartedSandbox;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "apay-schedules-"));
  started = await startSandbox({ port: 0, httpsPort: 0, seed: 1 });
});
afterEach(async () => {
  await started.close();
  rmSync(folder, { recursive: true, force: true });
});

function want(schedules: Readonly<Record<string, string>> | undefined): void {
  const { https, caFile, merchants } = started.ready;
  const key = merchants[0]?.keys[0];
  const us = { region: "na", publicKeyId: key?.publicKeyId, privateKeyFile: key?.privateKeyFile, endpoint: https };
  writeFileSync(join(folder, "apay.config.json"), JSON.stringify({ accounts: { us: { ...us, caFile, schedules } } }));
}

async function apay(...words: string[]) {
  let out = "";
  let err = "";
  const screen = (write: (text: string | Uint8Array) => void) => ({
    write,
    drained: async () => {},
    isTTY: false,
    columns: 200,
  });
  const terminal = {
    out: screen((text) => void (out += String(text))),
    err: screen((text) => void (err += String(text))),
    input: Readable.from([]),
    env: {},
    cwd: folder,
    signal: new AbortController().signal,
  };
  const status = await runProgram(["reports", "schedules", ...words], terminal, systemClock, systemRandom);
  return { status, out, err };
}

async function scheduled(): Promise<Record<string, string>> {
  const { out } = await apay("list", "--json");
  const { reportSchedules } = JSON.parse(out) as {
    reportSchedules: { reportType: string; scheduleFrequency: string }[];
  };
  return Object.fromEntries(
    reportSchedules.map(({ reportType, scheduleFrequency }) => [
      reportType.replace("_GET_FLAT_FILE_OFFAMAZONPAYMENTS_", ""),
      scheduleFrequency,
    ]),
  );
}

it("names what is wrong with the plan, and where", async () => {
  want(undefined);
  expect(await apay("plan")).toMatchObject({ status: 2, err: expect.stringContaining("apay.config.json") });
  want({ refund: "daily" });
  expect(await apay("plan")).toMatchObject({ status: 2, err: expect.stringContaining("P1D") });
  want({ refnd: "P1D" });
  expect(await apay("plan")).toMatchObject({ status: 2, err: expect.stringContaining("order-reference") });
});

it("makes what is missing, once, and destroys nothing that it was not told to destroy", async () => {
  want({ refund: "P1D", authorization: "P7D" });
  expect((await apay("plan")).out).toMatch(/refund +P1D +create/);
  expect(await scheduled()).toEqual({});
  expect(await apay("apply")).toMatchObject({ status: 0, out: expect.stringContaining("2 made, 0 cancelled") });
  expect(await apay("apply")).toMatchObject({ status: 0, out: expect.stringContaining("0 made, 0 cancelled") });
  const before = { REFUND_DATA_: "P1D", AUTHORIZATION_DATA_: "P7D" };
  expect(await scheduled()).toEqual(before);

  want({ refund: "PT84H", "order-reference": "P1D" });
  const { steps } = JSON.parse((await apay("plan", "--prune", "--json")).out) as { steps: { action: string }[] };
  expect(steps.map(({ action }) => action)).toEqual(["replace", "create", "cancel"]);
  expect((await apay("plan")).out).toContain("not asked for, stays");
  const refused = await apay("apply");
  expect(refused).toMatchObject({ status: 2, err: expect.stringContaining("nothing was changed") });
  // It says what would be lost: the id and the next date of the schedule that is there.
  expect(refused.out).toMatch(/refund +P1D +PT84H +REPLACE +\d+ +\d{8}T\d{6}Z/);
  expect(await scheduled()).toEqual(before);

  expect(await apay("apply", "--destroy", "--prune")).toMatchObject({
    status: 0,
    out: expect.stringContaining("2 made, 1 cancelled"),
  });
  expect(await scheduled()).toEqual({ REFUND_DATA_: "PT84H", ORDER_REFERENCE_DATA_: "P1D" });
});
