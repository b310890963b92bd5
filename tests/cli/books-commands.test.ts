import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXPORT_FORMATS, formatAmount } from "@amazon-pay-kit/ledger";
import { startSandbox, trade, type StartedSandbox, type Trade } from "@amazon-pay-kit/sandbox";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeBooksConfig } from "../../examples/storefront/books-config.ts";
import { clockOf } from "../../packages/cli/src/demo/demo-clock.ts";
import { runProgram } from "../../packages/cli/src/program.ts";
import { testTerminal } from "../../packages/cli/src/terminal/testing/test-terminal.ts";

type Document = Record<string, unknown>;
interface Settlement extends Record<string, unknown> {
  settlementId: string;
  currency: string;
  status: string;
  opening: string;
  activity: string;
  fees: string;
  transfer: string;
  closing: string;
  rows: number;
}
interface Verdicts {
  settlements: Settlement[];
  exceptions: { code: string; amount: string | null }[];
  coverage: Document[];
}

const SETTLEMENT = "settlementId currency start end status bank opening activity fees transfer closing rows".split(" ");
const EXCEPTION =
  "id cause code severity settlementId transactionId orderId referenceId line amount currency message".split(" ");
const COVERAGE = "reportType from to status".split(" ");
const AMOUNT = /^-?\d+\.\d\d$/;

/** Cents of a decimal text. */
const cents = (amount: unknown): bigint => BigInt(String(amount).replace(".", ""));
const sum = (amounts: readonly unknown[]): bigint => amounts.reduce<bigint>((all, one) => all + cents(one), 0n);

/** A shop that has traded for some days, with its books. */
class Shop {
  readonly folder = mkdtempSync(join(tmpdir(), "apay-contract-"));
  started!: StartedSandbox;
  trade!: Trade;
  #config = "";

  async open(kind?: string): Promise<void> {
    this.started = await startSandbox({ port: 0, httpsPort: 0, seed: "contract", processing: "straight" });
    const { sandbox, ready } = this.started;
    const [merchant] = ready.merchants;
    if (merchant === undefined) throw new Error("the sandbox has no merchant");
    this.#config = writeBooksConfig(this.folder, ready, merchant);
    const { merchantId } = merchant;
    if (kind !== undefined) await sandbox.control("POST", "/discrepancies", { kind, merchantId });
    await sandbox.clock.advance(-12 * 86_400_000);
    this.trade = await trade(sandbox, {
      merchantId,
      days: 12,
      orders: 60,
      books: { firstSettlementAfter: "P2D", settlementEvery: "P3D" },
    });
    expect((await this.run("sync", "--once")).status).toBe(0);
  }

  async run(...args: string[]): Promise<{ status: number; out: string; err: string }> {
    const { sandbox } = this.started;
    const clock = clockOf(sandbox, systemClock);
    const terminal = testTerminal(this.folder);
    const status = await runProgram([...args, "--config", this.#config], terminal, clock, systemRandom);
    return { status, ...terminal.written };
  }

  /** Runs with `--json`: what is on standard output must be one document. */
  async json<T = Document>(...args: string[]): Promise<{ status: number; document: T }> {
    const { status, out } = await this.run(...args, "--json");
    return { status, document: JSON.parse(out) as T };
  }

  async close(): Promise<void> {
    await this.started?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

describe("the commands of books in which all is well", () => {
  const shop = new Shop();
  beforeAll(() => shop.open(), 60_000);
  afterAll(() => shop.close());

  it.each<[string, string[], string, RegExp]>([
    ["an account", ["exceptions", "list", "--account", "shpo"], "books.unknown-account", /it has \w+/],
    ["an account", ["settlements", "list", "--account", "shpo"], "books.unknown-account", /it has \w+/],
    ["an account", ["balance", "--account", "shpo"], "books.unknown-account", /it has \w+/],
    ["an account", ["fees", "--account", "shpo"], "books.unknown-account", /it has \w+/],
    ["an account", ["explain", "10.00", "--account", "shpo"], "books.unknown-account", /it has \w+/],
    ["an account", ["api", "tokens", "create", "erp", "--for", "shpo"], "books.unknown-account", /it has \w+/],
    ["a code", ["exceptions", "list", "--code", "capture.unsetled"], "usage.code", /did you mean capture\.unsettled/],
    ["a settlement", ["exceptions", "list", "--settlement", "5000"], "view.not-found", /no settlement 5000/],
    ["a currency", ["settlements", "list", "--currency", "EURO"], "usage.currency", /ISO 4217/],
    ["a period", ["fees", "--from", "2026-02-01", "--to", "2026-01-01"], "usage.period", /--from 2026-02-01/],
  ])("is not said to be without trouble where %s was mistyped: %j", async (_, words, code, text) => {
    const { status, document } = await shop.json<{ error: { code: string } }>(...words);
    expect({ status, code: document.error.code }).toEqual({ status: 2, code });
    expect(JSON.stringify(document.error)).toMatch(text);
  });

  it("records import takes the order book once, and nothing of a file with a bad row", async () => {
    const lines = shop.trade.records.map(({ amountMinor, occurredAt, ...record }) =>
      JSON.stringify({
        ...record,
        amount: formatAmount(amountMinor, record.currency),
        occurredAt: new Date(occurredAt).toISOString(),
      }),
    );
    writeFileSync(join(shop.folder, "bad.ndjson"), [lines[0], "{ not json"].join("\n"));
    const bad = await shop.json("records", "import", "bad.ndjson");
    expect(bad).toMatchObject({ status: 2, document: { error: {}, problems: [{ line: 2 }] } });
    writeFileSync(join(shop.folder, "book.ndjson"), lines.join("\n"));
    const first = await shop.json("records", "import", "book.ndjson");
    expect(first).toMatchObject({ status: 0, document: { added: lines.length, repeated: 0, dryRun: false } });
    const second = await shop.json("records", "import", "book.ndjson");
    expect(second).toMatchObject({ status: 0, document: { added: 0, repeated: lines.length } });
  });

  it("bank import takes the statement once, and refuses a form of dates it was not told", async () => {
    const { bank, from, to } = shop.trade;
    const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
    const statement = (dates: (date: string) => string): string =>
      [
        "bookedAt,amount,currency,text",
        `${dates(day(from))},-1200.00,USD,RENT`,
        ...bank.map((line) => `${dates(line.bookedOn)},${formatAmount(line.amount, "USD")},USD,${line.text}`),
        `${dates(day(to))},-1200.00,USD,RENT`,
      ].join("\n");
    writeFileSync(
      join(shop.folder, "odd.csv"),
      statement((date) => date.split("-").reverse().join("/")),
    );
    const odd = await shop.json("bank", "import", "odd.csv");
    expect(odd).toMatchObject({ status: 2, document: { error: { code: "bank.unusable-file" } } });
    expect(JSON.stringify(odd.document)).toContain("say which form the file has with --date-format");
    const parsed = await shop.json("bank", "parse", "odd.csv", "--date-format", "dd/mm/yyyy");
    expect(parsed).toMatchObject({ status: 0, document: { summary: { lines: bank.length + 2, errors: 0 } } });
    writeFileSync(
      join(shop.folder, "bank.csv"),
      statement((date) => date),
    );
    const lines = bank.length + 2;
    expect(bank.length).toBeGreaterThan(0);
    const first = await shop.json("bank", "import", "bank.csv");
    expect(first).toMatchObject({ status: 0, document: { added: lines, repeated: 0, from: day(from), to: day(to) } });
    expect((await shop.json("bank", "import", "bank.csv")).document).toMatchObject({ added: 0, repeated: lines });
  });

  it("bank withdraw takes a statement back for a reason, and it can be imported again", async () => {
    expect((await shop.json("bank", "withdraw", "bank.csv")).status).toBe(2);
    expect((await shop.json("bank", "withdraw", "other.csv", "--note", "wrong")).status).toBe(2);
    const lines = shop.trade.bank.length + 2;
    const withdrawn = await shop.json("bank", "withdraw", "bank.csv", "--note", "wrong form of dates");
    expect(withdrawn).toMatchObject({ status: 0, document: { fileName: "bank.csv", lines, importAgain: [] } });
    expect((await shop.json("bank", "import", "bank.csv")).document).toMatchObject({ added: lines, repeated: 0 });
    const { statements } = (await shop.json("bank", "list")).document as { statements: Document[] };
    expect(statements).toMatchObject([
      { fileName: "bank.csv", lines, withdrawn: { note: "wrong form of dates" } },
      { fileName: "bank.csv", lines, withdrawn: null },
    ]);
  });

  it("export refuses verdicts before there are any", async () => {
    const early = await shop.json("export", "--format", "beancount", "--out", "early.beancount");
    expect(early).toMatchObject({ status: 2, document: { error: { code: "export.not-reconciled" } } });
  });

  it("reconcile has the members of the contract, amounts that add up, and ends with 0", async () => {
    const { status, document } = await shop.json<Verdicts>("reconcile");
    expect(document.exceptions).toEqual([]);
    expect(status).toBe(0);
    expect(Object.keys(document)).toEqual(["settlements", "exceptions", "coverage"]);
    expect(document.settlements.length).toBeGreaterThan(2);
    for (const one of document.settlements) {
      expect(Object.keys(one)).toEqual(SETTLEMENT);
      expect(one.status).toBe("balanced");
      const steps = [one.opening, one.activity, one.fees, one.transfer];
      for (const amount of [...steps, one.closing]) expect(amount).toMatch(AMOUNT);
      expect(sum(steps)).toBe(cents(one.closing));
    }
    const paid = document.settlements.map(({ transfer }) => -cents(transfer));
    for (const { amount } of shop.trade.bank) expect(paid).toContain(amount);
    for (const one of document.coverage) expect(Object.keys(one)).toEqual(COVERAGE);
  });

  it("settlements list and show tell the same settlements, down to rows that add up", async () => {
    const { settlements: judged } = (await shop.json<Verdicts>("reconcile")).document;
    const { document } = await shop.json<{ settlements: Settlement[] }>("settlements", "list");
    const ids = (list: readonly Settlement[]): string[] => list.map(({ settlementId }) => settlementId).sort();
    expect(ids(document.settlements)).toEqual(ids(judged));
    const wanted = document.settlements[0]!;
    expect(wanted).toMatchObject(judged.find(({ settlementId }) => settlementId === wanted.settlementId) ?? {});
    const shown = await shop.json<Settlement & { transactions: Document[] }>(
      "settlements",
      "show",
      wanted.settlementId,
    );
    expect(shown.document).toMatchObject(wanted);
    expect(shown.document.transactions).toHaveLength(wanted.rows);
    const unknown = await shop.json("settlements", "show", "0");
    expect([unknown.status, Object.keys(unknown.document)]).toEqual([2, ["error"]]);
  });

  it.each(EXPORT_FORMATS.map((format) => [format.name, format.folder !== undefined] as const))(
    "export writes %s",
    async (name, folder) => {
      const out = `out-${name}`;
      const { status, document } = await shop.json<{ format: string; out: string; files: string[] }>(
        "export",
        "--format",
        name,
        "--out",
        out,
      );
      expect([status, document.format, document.out]).toEqual([0, name, join(shop.folder, out)]);
      expect(document.files.length).toBeGreaterThan(0);
      expect(statSync(document.out).isDirectory()).toBe(folder);
      if (!folder) expect(readFileSync(document.out).length).toBeGreaterThan(200);
    },
  );

  it("settlements list gives a part, says where to go on, and goes on there", async () => {
    interface Part {
      readonly settlements: Settlement[];
      readonly next: string | null;
    }
    const list = (...args: string[]) => shop.json<Part>("settlements", "list", ...args);
    const whole = (await list()).document;
    expect([whole.settlements.length > 2, whole.next]).toEqual([true, null]);
    const found: Settlement[] = [];
    for (let next: string | null = ""; next !== null;) {
      const { document } = await list("--limit", "2", ...(next === "" ? [] : ["--after", next]));
      expect(document.settlements.length).toBeLessThanOrEqual(2);
      found.push(...document.settlements);
      next = document.next;
    }
    expect(found).toEqual(whole.settlements);
    expect((await shop.run("settlements", "list", "--limit", "1")).err).toContain("go on with --after");
    expect((await list("--limit", "0")).status).toBe(2);
    expect((await list("--after", "nowhere")).status).toBe(2);
  });

  it("archive verify in parts looks at every file once, and finds what is wrong in its part", async () => {
    interface Verified {
      readonly files: number;
      readonly next: string | null;
      readonly problems: { readonly path: string; readonly problem: string }[];
    }
    const whole = await shop.json<Verified>("archive", "verify");
    expect([whole.status, whole.document.next, whole.document.files > 3]).toEqual([0, null, true]);
    let files = 0;
    const paths: string[] = [];
    for (let next: string | null = ""; next !== null;) {
      const { document }: { document: Verified } = await shop.json<Verified>(
        "archive",
        "verify",
        "--limit",
        "2",
        ...(next === "" ? [] : ["--after", next]),
      );
      files += document.files;
      next = document.next;
      if (next !== null) paths.push(next);
    }
    expect(files).toBe(whole.document.files);
    const place = readdirSync(shop.folder, { recursive: true, encoding: "utf8" }).find((name) =>
      name.endsWith(join(...(paths[0] ?? "").split("/"))),
    );
    const altered = join(shop.folder, place ?? "");
    const bytes = readFileSync(altered);
    writeFileSync(altered, "other bytes");
    const of = async (...args: string[]) => (await shop.json<Verified>("archive", "verify", ...args)).document.problems;
    expect(await of("--account", "shop")).toMatchObject([{ path: paths[0], problem: "altered" }]);
    expect(await of("--after", paths[0] ?? "")).toEqual([]);
    writeFileSync(altered, bytes);
    for (const args of [
      ["--after", "rubbish"],
      ["--after", "zz/file.csv"],
      ["--account", "shop", "--after", "rubbish"],
    ])
      expect((await shop.json("archive", "verify", ...args)).document).toMatchObject({
        error: { code: "archive.bad-path" },
      });
    expect((await shop.json("archive", "verify", "--account", "nobody")).status).toBe(2);
    expect((await shop.json("archive", "verify", "--limit", "some")).status).toBe(2);
  });

  it("export refuses what cannot be written", async () => {
    expect((await shop.json("export", "--out", "x")).document).toMatchObject({ error: { code: "usage.format" } });
    for (const args of [
      ["--out", "x"],
      ["--format", "parquet"],
      ["--format", "csv"],
      ["--format", "papyrus", "--out", "x"],
      ["--format", "xero", "--what", "rows", "--out", "x"],
    ]) {
      const { status, document } = await shop.json("export", ...args);
      expect([status, Object.keys(document)]).toEqual([2, ["error"]]);
    }
  });

  it("explain leads an amount and an id back to files and lines", async () => {
    const { settlements } = (await shop.json<Verdicts>("reconcile")).document;
    const paid = settlements.find(({ transfer }) => cents(transfer) < 0n)!;
    for (const query of [paid.transfer.slice(1), paid.settlementId]) {
      const { status, document } = await shop.json<{ settlements: (Settlement & { files: unknown[] })[] }>(
        "explain",
        query,
      );
      expect(status).toBe(0);
      expect(document.settlements.map(({ settlementId }) => settlementId)).toContain(paid.settlementId);
      expect(document.settlements[0]?.files).toHaveLength(1);
    }
    const charge = shop.trade.records[0]!.transactionId;
    const { document } = await shop.json<{ transactions: unknown[] }>("explain", charge);
    expect(document.transactions).toHaveLength(1);
    expect(await shop.json("explain", "123456.78")).toMatchObject({
      status: 2,
      document: { error: { code: "explain.unknown" } },
    });
  });

  it("tells an empty list from empty books", async () => {
    expect((await shop.run("settlements", "list", "--bank", "differs")).out).toContain("No settlement is as asked for");
    const usd = await shop.json<{ settlements: unknown[] }>("settlements", "list", "--currency", "usd");
    expect(usd.document.settlements.length).toBeGreaterThan(0);
  });
});

describe("the commands of books with a difference", () => {
  const shop = new Shop();
  beforeAll(() => shop.open("alter-fee"), 60_000);
  afterAll(() => shop.close());

  it("reconcile names it and ends with 1, and exceptions resolve explains it", async () => {
    const { status, document } = await shop.json<Verdicts>("reconcile");
    expect(status).toBe(1);
    expect(document.exceptions.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["settlement.roll-forward", "fee.mismatch"]),
    );
    for (const one of document.exceptions) expect(Object.keys(one)).toEqual(EXCEPTION);
    const list = async (): Promise<{ exceptionId: string }[]> =>
      (await shop.json<{ exceptions: { exceptionId: string }[] }>("exceptions", "list")).document.exceptions;
    const before = await list();
    expect(before).toHaveLength(document.exceptions.length);
    const { exceptionId } = before[0]!;
    expect(await shop.json("exceptions", "resolve", exceptionId)).toMatchObject({
      status: 2,
      document: { error: { code: "usage.note" } },
    });
    expect(await shop.json("exceptions", "resolve", exceptionId.slice(0, 12), "--note", "a fee in dispute")).toEqual({
      status: 0,
      document: { exceptionId, done: "explained" },
    });
    expect((await list()).map((one) => one.exceptionId)).not.toContain(exceptionId);
    expect(await list()).toHaveLength(before.length - 1);
    expect((await shop.json("exceptions", "resolve", "nothing", "--note", "x")).status).toBe(2);
  });
});
