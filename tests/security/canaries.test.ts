import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import { type StartedSandbox, startSandbox } from "@amazon-pay-kit/sandbox";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runProgram } from "../../packages/cli/src/program/program.ts";

/** Marks in data of the buyer, which the client sends and the books must never come to know. */
const BUYER = { note: "CANARY-NOTE-TO-BUYER", custom: "CANARY-CUSTOM-INFORMATION" };

let folder: string;
let started: StartedSandbox;
/** Everything that the programs wrote to either stream. */
let printed = "";
const secrets = new Map<string, string>();

async function apay(env: Readonly<Record<string, string>>, ...words: string[]): Promise<number> {
  const screen = {
    write: (text: string | Uint8Array) =>
      void (printed += typeof text === "string" ? text : Buffer.from(text).toString("latin1")),
    drained: async () => {},
    isTTY: false,
    columns: 200,
  };
  const terminal = {
    out: screen,
    err: screen,
    input: Readable.from([]),
    env,
    cwd: folder,
    signal: new AbortController().signal,
  };
  return runProgram([...words, "--data-dir", join(folder, "data")], terminal, systemClock, systemRandom);
}

const control = async (method: string, path: string, body?: unknown): Promise<unknown> =>
  (
    await fetch(`${started.ready.http}/_sandbox${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    })
  ).json();

/** All files below a folder, packed ones unpacked. */
function contents(place: string): [string, string][] {
  if (statSync(place).isDirectory()) return readdirSync(place).flatMap((name) => contents(join(place, name)));
  const bytes = readFileSync(place);
  return [[place, (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("latin1")]];
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "apay-canaries-"));
  started = await startSandbox({ port: 0, httpsPort: 0, seed: 1 });
  const { https, caFile, merchants } = started.ready;
  const [merchant, other] = merchants;
  const [key] = merchant?.keys ?? [];
  const [foreignKey] = other?.keys ?? [];
  if (merchant === undefined || key === undefined || foreignKey === undefined)
    throw new Error("the sandbox has no merchants");
  for (const [name, file] of [
    ["key", key.privateKeyFile],
    ["foreign key", foreignKey.privateKeyFile],
  ] as const)
    secrets.set(name, readFileSync(file, "utf8").split("\n")[7]?.slice(0, 40) ?? "");
  secrets.set("MWS secret", merchant.mws.secretKey);
  secrets.set("MWS token", merchant.mws.authToken);

  const ours = {
    region: "na",
    publicKeyId: key.publicKeyId,
    privateKeyFile: key.privateKeyFile,
    endpoint: https,
    caFile,
  };
  writeFileSync(
    join(folder, "apay.config.json"),
    JSON.stringify({ accounts: { us: ours, wrong: { ...ours, privateKeyFile: foreignKey.privateKeyFile } } }),
  );

  const pay = new AmazonPay({
    region: "na",
    publicKeyId: key.publicKeyId,
    privateKey: readFileSync(key.privateKeyFile, "utf8"),
    baseUrl: https,
    ca: readFileSync(caFile, "utf8"),
  });
  const { chargePermissionId } = (await control("POST", "/charge-permissions", {
    merchantId: merchant.merchantId,
    type: "OneTime",
    amount: "25.00",
    currencyCode: "USD",
    merchantReferenceId: "ORDER-1",
  })) as { chargePermissionId: string };
  await pay.chargePermissions.update(chargePermissionId, {
    merchantMetadata: { noteToBuyer: BUYER.note, customInformation: BUYER.custom },
  });
  await pay.charges.create({
    chargePermissionId,
    chargeAmount: { amount: "25.00", currencyCode: "USD" },
    captureNow: true,
  });
  pay.close();
  await control("POST", "/settlements", { merchantId: merchant.merchantId });
  await control("POST", "/faults", { match: { path: "/v2/reports" }, times: 1, fault: "status", status: 503 });

  const silent = {};
  for (const words of [
    ["doctor", "--account", "us"],
    ["doctor", "--account", "wrong"],
    ["sync", "--once", "--account", "us"],
    ["sync", "--once", "--account", "wrong"],
    ["reconcile", "--json"],
    ["settlements", "list", "--json"],
    ["export", "--format", "ndjson"],
    ["call", "GET", "/charges/S01-0000000-0000000-C000000", "--account", "wrong"],
  ])
    await apay(silent, ...words);
  // A key that is cut off, handed over by the environment: nothing of it may be quoted.
  const cut = readFileSync(key.privateKeyFile, "utf8").slice(0, 900);
  await apay(
    {
      AMAZON_PAY_REGION: "na",
      AMAZON_PAY_PUBLIC_KEY_ID: key.publicKeyId,
      AMAZON_PAY_PRIVATE_KEY: cut,
      AMAZON_PAY_ENDPOINT: https,
    },
    "doctor",
    "--account",
    "us",
  );
}, 120_000);

afterAll(async () => {
  await started.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("a secret or a buyer's mark", () => {
  it("is found neither in what was printed and logged nor in any file of the data folder", async () => {
    const files = contents(join(folder, "data"));
    // Proof that the search had something to find things in: a charge came through to the books and out of them.
    expect(printed).toContain("ORDER-1");
    expect(files.some(([, text]) => text.includes("ORDER-1"))).toBe(true);
    expect(printed).toMatch(/signature/i);

    const events = JSON.stringify(await control("GET", "/events"));
    expect(events).toContain("/charges");
    const places: [string, string][] = [["printed", printed], ["sandbox events", events], ...files];
    for (const [place, text] of places) {
      for (const [what, secret] of secrets) {
        expect(secret.length, what).toBeGreaterThan(8);
        expect(text.includes(secret), `${what} in ${place}`).toBe(false);
      }
      for (const [what, mark] of Object.entries(BUYER)) expect(text.includes(mark), `${what} in ${place}`).toBe(false);
      expect(/Signature=[A-Za-z0-9+/]{40}/.test(text), `a request's signature in ${place}`).toBe(false);
      expect(
        /[?&](X-Amz-Signature|Signature|signature)=[\w%+/=-]{8}/.test(text),
        `a pre-signed address in ${place}`,
      ).toBe(false);
    }
  });
});
