import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import { type StartedSandbox, startSandbox } from "@amazon-pay-kit/sandbox";
import { EXPORT_FORMATS } from "@amazon-pay-kit/ledger";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase } from "../postgres/database.ts";
import { runProgram } from "../../packages/cli/src/program.ts";

/** Marks in data of the buyer, which the client sends and the books must never come to know. */
const BUYER = { note: "CANARY-NOTE-TO-BUYER", custom: "CANARY-CUSTOM-INFORMATION" };

let folder: string;
let started: StartedSandbox;
/** Everything that the programs wrote to either stream. */
let printed = "";
const secrets = new Map<string, string>();
let settlementId: string;
/** What else was looked at, by place. */
const places: [string, string][] = [];

interface Run {
  readonly env?: Readonly<Record<string, string>>;
  /** Ends a command that would go on. */
  readonly signal?: AbortSignal;
}

async function apay({ env = {}, signal = new AbortController().signal }: Run, ...words: string[]): Promise<number> {
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
    signal,
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

/** All that lies in the tables of a database: those of the ledger, and those of the queue with what jobs carry and what became of them. */
async function tablesOf(client: pg.Client): Promise<[string, string][]> {
  const { rows } = await client.query<{ place: string }>(
    `select format('%I.%I', table_schema, table_name) as place from information_schema.tables
     where table_schema in ('public', 'apay_jobs') and table_type = 'BASE TABLE'`,
  );
  const found: [string, string][] = [];
  for (const { place } of rows) {
    const { rows: content } = await client.query<{ text: string | null }>(
      `select string_agg(t::text, E'\\n') as text from ${place} t`,
    );
    found.push([place, content[0]?.text ?? ""]);
  }
  return found;
}

/**
 * Works on PostgreSQL until a shop's reports are in the books and the jobs of an account with a wrong key are dead; then
 * looks at everything that tells of it.
 */
async function letWorkersWork(): Promise<void> {
  const env = { DATABASE_URL: await freshDatabase() };
  const client = new pg.Client({ connectionString: env.DATABASE_URL });
  await client.connect();
  const stop = new AbortController();
  expect(await apay({ env }, "worker", "--prepare")).toBe(0);
  const working = apay({ env, signal: stop.signal }, "worker", "--json", "--metrics-port", "0");
  const count = async (query: string): Promise<number> =>
    (await client.query<{ n: number }>(`select count(*)::int as n from ${query}`)).rows[0]?.n ?? 0;
  const end = systemClock.now() + 150_000;
  const ready = async (): Promise<boolean> => {
    // At once, and for the last time where it has failed once.
    await client.query(
      `update apay_jobs.job set start_after = now(), retry_limit = least(retry_limit, 1) where state in ('created', 'retry')`,
    );
    return (await count("settlement_row")) > 0 && (await count("apay_jobs.job where name = 'dead'")) > 0;
  };
  while (!(await ready())) {
    if (systemClock.now() > end) throw new Error(`the workers did not come through: ${printed.slice(-3000)}`);
    await systemClock.sleep(100);
  }
  const [, address = ""] = /figures on (\S+)/.exec(printed) ?? [];
  places.push(["metrics", await (await fetch(address)).text()]);
  for (const words of [
    ["jobs", "list"],
    ["jobs", "list", "--json"],
    ["jobs", "list", "--dead"],
    ["jobs", "status"],
  ])
    await apay({ env }, ...words);
  stop.abort();
  expect(await working).toBe(0);
  places.push(...(await tablesOf(client)));
  await client.end();
}

/** The values of a Parquet file, which are packed in it. */
async function unpacked(place: string): Promise<string> {
  const file = await asyncBufferFromFile(place);
  const rows = await parquetReadObjects({ file, compressors: { GZIP: (bytes) => gunzipSync(bytes) } });
  return JSON.stringify(rows, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value));
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
  const { settlements } = (await control("POST", "/settlements", { merchantId: merchant.merchantId })) as {
    settlements: readonly { settlementId: string }[];
  };
  settlementId = settlements[0]?.settlementId ?? "none was closed";
  await control("POST", "/faults", { match: { path: "/v2/reports" }, times: 1, fault: "status", status: 503 });

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
    await apay({}, ...words);
  // A key that is cut off, handed over by the environment: nothing of it may be quoted.
  const cut = readFileSync(key.privateKeyFile, "utf8").slice(0, 900);
  const env = {
    AMAZON_PAY_REGION: "na",
    AMAZON_PAY_PUBLIC_KEY_ID: key.publicKeyId,
    AMAZON_PAY_PRIVATE_KEY: cut,
    AMAZON_PAY_ENDPOINT: https,
  };
  await apay({ env }, "doctor", "--account", "us");
  for (const { name } of EXPORT_FORMATS) {
    const status = await apay({}, "export", "--format", name, "--out", join(folder, "exports", name));
    expect(status, `export --format ${name}: ${printed.slice(-500)}`).toBe(0);
  }
  await letWorkersWork();
});

afterAll(async () => {
  await started.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("a secret or a buyer's mark", () => {
  it("is found neither in what was printed, logged, exported and counted nor in any file or table", async () => {
    const files = contents(join(folder, "data"));
    // Proof that the search had something to find things in: a charge came through to the books and out of them.
    expect(printed).toContain("ORDER-1");
    expect(files.some(([, text]) => text.includes("ORDER-1"))).toBe(true);
    expect(printed).toMatch(/signature/i);

    const events = JSON.stringify(await control("GET", "/events"));
    expect(events).toContain("/charges");
    const exports = contents(join(folder, "exports"));
    for (const [place] of exports)
      if (place.endsWith(".parquet")) places.push([`${place}, unpacked`, await unpacked(place)]);
    places.push(["printed", printed], ["sandbox events", events], ...files, ...exports);
    const textOf = (part: string): string =>
      places.map(([place, text]) => (place.includes(part) ? text : "")).join("\n");
    // A workbook is packed: what is in it is read by its own tests.
    const plain = EXPORT_FORMATS.filter(({ name }) => name !== "xlsx");
    for (const part of [...plain.map(({ name }) => join("exports", name)), ".parquet, unpacked"])
      expect(textOf(part), part).toContain(settlementId);
    expect(textOf("metrics")).toContain("apay_jobs_dead 1\n");
    expect(textOf("apay_jobs.job")).toContain("reportId");
    expect(textOf("public.settlement_row")).toContain("ORDER-1");
    expect(printed).toMatch(/\n[0-9a-f]{8} +discover +wrong /);
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
