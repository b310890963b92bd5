import { formatAmount } from "@amazon-pay-kit/money";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import { exportBooks } from "../export/export-books.ts";
import { importStatement } from "../ingest/bank/import-statement.ts";
import { addRecords } from "../ingest/records/add-records.ts";
import type { Ledger } from "../ledger.ts";
import { explainException, reopenException } from "../reconcile/exceptions/index.ts";
import { reconcile } from "../reconcile/reconcile.ts";
import {
  booksFixture,
  capture,
  load,
  settlementFile,
  transfer,
  type WrittenRow,
} from "../reconcile/testing/books-fixture.ts";
import { type Claim, type ClaimFilter, listClaims } from "./claims.ts";
import { claimFiles } from "./letters.ts";

const NAMES = ["1000001", "1000002", "1000003"].map((number) => `P01-1111111-${number}`) as [string, string, string];

const refund = (at: string, id: string, order: string, amount: string, percentage = "0"): WrittenRow => ({
  at,
  type: "Refund",
  id,
  order,
  amount: `-${amount}`,
  percentage,
  net: (-Number(amount) + Number(percentage)).toFixed(2),
});

const FIRST = settlementFile("5000000001", "2026-04-01T00:00:00", "2026-04-08T00:00:00", [
  // 0.50 more than 2.9 % and 0.30.
  { ...capture("2026-04-02T10:00:00", `${NAMES[0]}-C100001`, "100.00", "-3.40"), sellerOrder: "#1001" },
  { ...capture("2026-04-02T11:00:00", `${NAMES[1]}-C100002`, "50.00", "-1.45"), sellerOrder: "#1002" },
  // 0.20 less than the schedule: in the merchant's favour.
  { ...capture("2026-04-02T12:00:00", `${NAMES[2]}-C100003`, "20.00", "-0.38"), sellerOrder: "#1003" },
  // The fee of the refund, 2.90, is not given back.
  { ...refund("2026-04-03T10:00:00", `${NAMES[0]}-R100001`, NAMES[0], "100.00"), sellerOrder: "#1001" },
  { ...refund("2026-04-03T11:00:00", `${NAMES[1]}-R100002`, NAMES[1], "50.00", "1.45"), sellerOrder: "#1002" },
  {
    at: "2026-04-05T10:00:00",
    type: "A-to-z Guarantee Claim",
    id: `${NAMES[1]}-A100002`,
    order: NAMES[1],
    amount: "-50.00",
    net: "-50.00",
    sellerOrder: "#1002",
  },
  capture("2026-04-06T10:00:00", "P01-1111111-1000004-C100004", "500.00", "-14.50"),
  transfer("2026-04-08T00:00:00", "447.62"),
]);
const SECOND = settlementFile("5000000002", "2026-04-08T00:00:00", "2026-04-15T00:00:00", [
  capture("2026-04-10T10:00:00", "P01-1111111-1000005-C100005", "30.00", "-0.87"),
  transfer("2026-04-15T00:00:00", "28.83"),
]);

describe.each(["SQLite", "PostgreSQL"])("claims on %s", (database) => {
  let ledger: Ledger;
  const fees = { schedules: [{ currency: "USD", rates: [{ label: "domestic", percentage: "2.9", fixed: "0.30" }] }] };
  const found = () => reconcile(ledger, { fees });

  beforeEach(async () => {
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
    await load(ledger, FIRST, SECOND);
    async function* statement(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(
        "date,amount,currency,reference,text\n2026-04-02,1.00,USD,0,RENT\n2026-04-10,444.12,USD,1,AMAZON PAY\n2026-05-20,1.00,USD,2,RENT\n",
      );
    }
    await importStatement({ ...ledger, accountId: "shop" }, statement(), { fileName: "bank.csv" });
    await addRecords({ ...ledger, accountId: "shop" }, [
      {
        kind: "charge",
        transactionId: "P01-1111111-1000009-C100009",
        orderId: "#1009",
        amount: "12.34",
        currency: "USD",
        occurredAt: "2026-04-04T10:00:00Z",
      },
      // An order without the id of a charge proves nothing.
      { kind: "charge", orderId: "#1010", amount: "9.99", currency: "USD", occurredAt: "2026-04-04T10:00:00Z" },
    ]);
    await found();
  });
  afterEach(() => ledger.close());

  const shown = (claims: readonly Claim[]): string[] =>
    claims.map(({ debtor, kind, amountMinor, currency }) => `${debtor} ${kind} ${formatAmount(amountMinor, currency)}`);
  const list = (filter?: ClaimFilter) => listClaims(ledger, filter);

  const ALL = [
    "amazon-pay fee-above-schedule 0.50",
    "amazon-pay fee-not-returned 2.90",
    "amazon-pay returned-twice 50.00",
    "amazon-pay missing-deposit 28.83",
    "amazon-pay unsettled-capture 12.34",
    "bank short-deposit 3.50",
  ];

  it("are what is owed, by whom, with file and line, and sums by debtor", async () => {
    const { claims, sums, leftOut } = await list();
    expect(shown(claims)).toEqual(ALL);
    expect(sums).toEqual([
      { debtor: "amazon-pay", currency: "USD", count: 5, amountMinor: 9_457n },
      { debtor: "bank", currency: "USD", count: 1, amountMinor: 350n },
    ]);
    expect(leftOut).toEqual([
      { why: "in-your-favour", currency: "USD", count: 1, amountMinor: 20n },
      { why: "without-charge-id", currency: "USD", count: 1, amountMinor: 999n },
    ]);
    expect(claims[0]).toMatchObject({
      orderId: "#1001",
      settlementId: "5000000001",
      line: 7,
      fileHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      row: "2026-04-02T10:00:00Z · Capture · P01-1111111-1000001-C100001 · order #1001 · amount 100.00 · fees -3.70 · net 96.30 USD",
    });
  });

  it("have the same ids in every run, and none of them twice", async () => {
    const before = (await list()).claims.map(({ id }) => id);
    await reconcile(ledger, { fees, full: true });
    expect((await list()).claims.map(({ id }) => id)).toEqual(before);
    expect(new Set(before).size).toBe(before.length);
  });

  it("are of a time and a currency", async () => {
    const on = async (filter: ClaimFilter) => shown((await list(filter)).claims);
    expect(await on({ from: Date.UTC(2026, 3, 4), until: Date.UTC(2026, 3, 6) })).toEqual([ALL[2], ALL[4]]);
    expect(await on({ currency: "EUR" })).toEqual([]);
    expect(await on({ until: 0 })).toEqual([]);
  });

  it("are claimed once: what was claimed is told apart, booked as a claim, and open again when it is reopened", async () => {
    const [fee] = (await list()).claims;
    if (fee === undefined) throw new TypeError("no claim");
    await explainException(ledger, fee.id, "case 123", "claim");
    await found();
    expect(shown((await list()).claims)).toEqual(ALL.slice(1));
    const { claims: claimed } = await list({ status: "claimed" });
    expect(claimed).toMatchObject([{ id: fee.id, claimed: { note: "case 123", who: "unknown" } }]);
    expect(shown((await list({ status: "all" })).claims)).toEqual(ALL);
    let journal = "";
    for await (const piece of exportBooks(ledger, { format: "hledger" })) journal += new TextDecoder().decode(piece);
    expect(journal).toMatch(/:Claims +0\.50 USD/);
    await reopenException(ledger, fee.id, "they refused");
    expect(shown((await list()).claims)).toEqual(ALL);
    // What somebody has explained otherwise is owed no more.
    const bank = (await list()).claims.find(({ debtor }) => debtor === "bank");
    await explainException(ledger, bank?.id ?? "", "agreed with the bank", "bank-fee");
    expect(shown((await list({ status: "all" })).claims)).toEqual(ALL.slice(0, -1));
  });

  it("are added up by currency, and what was settled twice is booked as a claim from where it stands", async () => {
    const euro = (row: WrittenRow): WrittenRow => ({ ...row, currency: "EUR" });
    const twice = {
      ...refund("2026-04-17T10:00:00", "P01-1111111-1000006-R100006", "P01-1111111-1000006", "40.00"),
      currency: "EUR",
    };
    await load(
      ledger,
      settlementFile("5000000003", "2026-04-15T00:00:00", "2026-04-22T00:00:00", [
        euro(capture("2026-04-16T10:00:00", "P01-1111111-1000006-C100006", "40.00", "-1.16")),
        euro(capture("2026-04-16T11:00:00", "P01-1111111-1000007-C100007", "90.00", "-2.61")),
        twice,
        { ...twice, at: "2026-04-18T10:00:00" },
        euro(transfer("2026-04-22T00:00:00", "45.63")),
      ]),
    );
    await found();
    const { claims, sums } = await list();
    const euros = claims.filter(({ currency }) => currency === "EUR");
    expect(shown(euros)).toEqual(["amazon-pay settled-twice 40.00"]);
    expect(euros[0]).toMatchObject({
      settlementId: "5000000003",
      line: 10,
      file: expect.stringMatching(/\.csv$/) as string,
    });
    expect(sums).toEqual([
      { debtor: "amazon-pay", currency: "EUR", count: 1, amountMinor: 4_000n },
      { debtor: "amazon-pay", currency: "USD", count: 5, amountMinor: 9_457n },
      { debtor: "bank", currency: "USD", count: 1, amountMinor: 350n },
    ]);
    expect((await list({ currency: "EUR" })).sums).toEqual(sums.slice(0, 1));
    const files = new Map(claimFiles(claims, { now: 0 }).map(({ name, text }) => [name, text]));
    expect(files.get("claims-amazon-pay.md")).toContain("Owed in all: 40.00 EUR in 1 claim; 94.57 USD in 5 claims");
    expect(files.get("claims.csv")).toMatch(/sum of 1,,amazon-pay,.*,EUR,40\.00,/);
    await explainException(ledger, euros[0]?.id ?? "", "case 9", "claim");
    let journal = "";
    for await (const piece of exportBooks(ledger, { format: "hledger" })) journal += new TextDecoder().decode(piece);
    expect(journal).toMatch(/:Claims +40\.00 EUR\n +Assets:Receivable +-40\.00 EUR\n/);
  });

  it("are a letter for each debtor and one list, in which nothing acts", async () => {
    const { claims } = await list();
    const odd = claims.map((claim, index) =>
      index === 0 ? { ...claim, orderId: '=1+1"<b>|', ground: "<script>alert(1)</script>" } : claim,
    );
    const files = new Map(
      claimFiles(odd, {
        now: Date.UTC(2026, 5, 1),
        sender: "Tea & Sons",
        merchantIds: new Map([["shop", "A1TEST"]]),
      }).map(({ name, text }) => [name, text]),
    );
    expect([...files.keys()]).toEqual([
      "claims-amazon-pay.html",
      "claims-amazon-pay.md",
      "claims-bank.html",
      "claims-bank.md",
      "claims.csv",
    ]);
    const page = files.get("claims-amazon-pay.html") ?? "";
    expect(page).toContain("Tea &amp; Sons");
    expect(page).toContain("shop (merchant id A1TEST)");
    expect(page).toContain("94.57 USD in 5 claims");
    expect(page).not.toContain("<script>");
    expect(page).not.toContain("<b>");
    const letter = files.get("claims-amazon-pay.md") ?? "";
    expect(letter).toContain("Owed in all: 94.57 USD in 5 claims");
    expect(letter).toContain('=1+1"\\<b\\>\\|');
    expect(letter).not.toContain("short");
    expect(files.get("claims-bank.md")).toContain("3.50 USD");
    const csv = (files.get("claims.csv") ?? "").trimEnd().split("\r\n");
    expect(csv).toHaveLength(1 + ALL.length + 2);
    expect(csv[1]).toContain(`"'=1+1""<b>|"`);
    expect(csv.at(-2)).toMatch(/^sum of 5,,amazon-pay,.*,USD,94\.57,/);
    expect(new Set(csv.slice(1).map((line) => line.match(/(?:[^",]|"(?:[^"]|"")*")*(?:,|$)/g)?.length)).size).toBe(1);
  });
});
