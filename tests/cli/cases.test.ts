/** Files of a shop and its bank, from the inbox to the verdicts, with the commands that a person types. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openSqliteStore } from "@amazon-pay-kit/ledger";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runProgram } from "../../packages/cli/src/program.ts";
import { testTerminal } from "../../packages/cli/src/terminal/testing/test-terminal.ts";

const CASES = fileURLToPath(new URL("cases/e2e/", import.meta.url));
const clock = manualClock(Date.UTC(2026, 11, 1));

interface Verdicts {
  settlements: { settlementId: string; status: string; bank: string }[];
  exceptions: { id: string; code: string; amount: string | null; orderId: string | null; message: string }[];
}

let folder: string;
let stamp = Date.UTC(2026, 10, 1);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "apay-cases-"));
  mkdirSync(join(folder, "inbox"));
  const shop = { region: "na", publicKeyId: "LIVE-X", sources: ["folder"], inbox: "inbox" };
  put("apay.config.json", JSON.stringify({ accounts: { shop }, reconcile: { history: "complete" } }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file that was left alone long enough to be taken; each is younger than the one before. */
function put(name: string, content: string): void {
  writeFileSync(join(folder, name), content);
  stamp += 60_000;
  utimesSync(join(folder, name), stamp / 1000, stamp / 1000);
}

const original = (name: string): string => readFileSync(join(CASES, name), "utf8");

async function apay(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const terminal = testTerminal(folder);
  const status = await runProgram(args, terminal, clock, systemRandom);
  return { status, ...terminal.written };
}

async function json<T>(...args: string[]): Promise<T> {
  const { out, err } = await apay(...args, "--json");
  expect(out, err).not.toBe("");
  return JSON.parse(out) as T;
}

const codes = ({ exceptions }: Verdicts): string[] =>
  exceptions.map(({ code, amount }) => `${code} ${amount ?? ""}`.trim()).toSorted();

/** A settlement in the inbox, orders and a statement imported, and all of it reconciled. */
async function kept(statement: string): Promise<Verdicts> {
  put("inbox/a.csv", original("settlement.csv"));
  copyFileSync(join(CASES, "orders.csv"), join(folder, "orders.csv"));
  copyFileSync(join(CASES, statement), join(folder, statement));
  expect((await apay("sync")).status).toBe(0);
  expect((await apay("records", "import", "orders.csv")).status).toBe(0);
  expect((await apay("bank", "import", statement)).status).toBe(0);
  return json<Verdicts>("reconcile");
}

describe("a shop, its orders and a statement", () => {
  it.each(["bank-two86.sta", "bank-plain.sta", "bank-addtl.xml"])(
    "%s: the text of the bank finds the payout, whatever line of the file it stands on",
    async (statement) => {
      const verdicts = await kept(statement);
      expect(codes(verdicts)).toEqual(["capture.unsettled 100.00", "match.amount -2.17", "match.status 19.90"]);
      expect(verdicts.settlements).toMatchObject([{ status: "exceptions", bank: "differs" }]);
      expect(verdicts.exceptions.find(({ code }) => code === "match.status")).toMatchObject({ orderId: "1002" });
    },
  );

  it("explains each by id, order, reference, settlement and every spelling of its amount", async () => {
    const { exceptions, settlements } = await kept("bank-two86.sta");
    const short = exceptions.find(({ code }) => code === "match.amount");
    const deposit = await json<{ deposits: { id: number }[] }>("explain", "65.00");
    expect(deposit.deposits).toHaveLength(1);
    const asked: readonly (readonly [query: string, found: RegExp])[] = [
      [settlements[0]?.settlementId ?? "", /67\.17/],
      [short?.id ?? "", /2\.17/],
      [(short?.id ?? "").slice(0, 10), /2\.17/],
      ["1003", /capture\.unsettled|in no settlement/],
      ["1002", /declined|match\.status/],
      ["P01-1111111-1111111-C000001", /49\.90/],
      ["P01-1111111-1111111", /49\.90/],
      ["8032276654432210046", /49\.90/],
      ["100.00", /1003/],
      ["100", /1003/],
      ["USD 100.00", /1003/],
      ["$100.00", /1003/],
      ["-2.17", /2\.17/],
      ["2.17", /2\.17/],
      ["67.17", /67\.17/],
      ["-67.17", /67\.17/],
      ["19.02", /19\.02/],
    ];
    for (const [query, found] of asked) {
      const { status, out, err } = await apay("explain", ...(query.startsWith("-") ? ["--", query] : [query]));
      expect([query, status, out + err]).toEqual([query, 0, expect.stringMatching(found)]);
    }
    const comma = await apay("explain", "67,17");
    expect(comma.out + comma.err).toMatch(/67\.17/);
    const nothing = await apay("explain", "67.20");
    expect(nothing.out + nothing.err).toMatch(/67\.17/);
  });
});

describe("the archive", () => {
  const verify = (...more: string[]): Promise<{ status: number; out: string; err: string }> =>
    apay("archive", "verify", ...more);

  it("is sound with the same file twice in the inbox, and after it was taken away", async () => {
    put("inbox/a.csv", original("settlement.csv"));
    put("inbox/b.csv", original("settlement.csv"));
    expect((await apay("sync")).status).toBe(0);
    expect((await verify()).status).toBe(0);
    rmSync(join(folder, "inbox/b.csv"));
    put("inbox/c.csv", original("settlement.csv"));
    expect((await apay("sync")).status).toBe(0);
    for (const more of [[], ["--rows"]]) expect(await verify(...more)).toMatchObject({ status: 0 });
    const { settlements } = await json<Verdicts>("reconcile");
    expect(settlements).toHaveLength(1);
  });

  it("finds a byte that rotted, and rows that somebody changed, took away or added", async () => {
    put("inbox/a.csv", original("settlement.csv"));
    await apay("sync");
    expect((await verify("--rows")).status).toBe(0);
    const books = join(folder, ".apay");
    const store = await openSqliteStore(join(books, "ledger.sqlite"));
    const [row] = await store.db.selectFrom("settlement_row").selectAll().where("type_key", "=", "capture").execute();
    const [file] = await store.db.selectFrom("file").select("archive_path").execute();
    if (row === undefined || file === undefined) throw new Error("nothing was loaded");
    const change = async (amount: bigint): Promise<void> => {
      await store.db
        .updateTable("settlement_row")
        .set({ amount_minor: amount })
        .where("line", "=", row.line)
        .where("file_id", "=", row.file_id)
        .execute();
    };
    await change(row.amount_minor + 1n);
    expect((await verify()).status).toBe(0);
    const changed = await verify("--rows");
    expect([changed.status, changed.out + changed.err]).toEqual([1, expect.stringContaining(String(row.line))]);
    await change(row.amount_minor);
    await store.db.deleteFrom("settlement_row").where("line", "=", row.line).execute();
    expect((await verify("--rows")).status).toBe(1);
    await store.db
      .insertInto("settlement_row")
      .values({ ...row, line: row.line + 100, ordinal: 7 })
      .execute();
    expect((await verify("--rows")).status).toBe(1);
    await store.db
      .updateTable("settlement_row")
      .set({ line: row.line, ordinal: row.ordinal })
      .where("line", "=", row.line + 100)
      .execute();
    expect((await verify("--rows")).status).toBe(0);
    await store.close();
    const path = join(books, "archive", file.archive_path);
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 20) ^ 1, bytes.length - 20);
    writeFileSync(path, bytes);
    for (const more of [[], ["--rows"]]) expect((await verify(...more)).status).toBe(1);
  });
});
