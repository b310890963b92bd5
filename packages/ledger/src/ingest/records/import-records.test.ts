import { createReadStream } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BooksContext } from "../../books/context.ts";
import { emptyBooks, inPieces } from "../imports/testing/empty-books.ts";
import { RecordsError } from "./errors.ts";
import { importRecords, type ImportRecordsOptions } from "./import-records.ts";
import { readRecordFile } from "./read-record-file.ts";

let context: BooksContext;

beforeEach(async () => {
  context = await emptyBooks(Date.UTC(2026, 0, 31));
});

afterEach(() => context.store.close());

const take = (text: string, options: ImportRecordsOptions = {}) => importRecords(context, inPieces(text, 7), options);
const kept = () => context.store.db.selectFrom("record").selectAll().orderBy("record_id").execute();

async function problemsOf(text: string, options: ImportRecordsOptions = {}): Promise<string[]> {
  const error: unknown = await take(text, options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RecordsError);
  expect(await kept()).toEqual([]);
  return (error as RecordsError).problems.map(({ line, code }) => `${line} ${code}`);
}

describe("records that cannot be taken", () => {
  it("names each line, and keeps nothing of the file", async () => {
    const text = [
      "kind,transactionId,amount,currency,occurredAt",
      "charge,C1,10.00,EUR,2026-01-01T00:00:00Z",
      "charge,C2,10.00,XXQ,2026-01-01T00:00:00Z",
      "charge,C3,-10.00,EUR,2026-01-01T00:00:00Z",
      "charge,C4,1.000,EUR,2026-01-01T00:00:00Z",
      "charge,C1,11.00,EUR,2026-01-01T00:00:00Z",
      "gift,C6,10.00,EUR,2026-01-01T00:00:00Z",
      "charge,C7,10.00,EUR,03/04/2026",
      "charge,C8,10.00",
      "charge,,10.00,EUR,2026-01-01T00:00:00Z",
    ].join("\n");
    expect(await problemsOf(text)).toEqual([
      "3 record.currency",
      "4 record.sign",
      "5 record.amount",
      "6 record.duplicate",
      "7 record.kind",
      "8 record.time",
      "9 record.unreadable",
      "10 record.no-id",
    ]);
  });

  it.each([
    ["\n \n", /file is empty/],
    [' \n[{"kind":"charge"}]', /one object a line/],
    ["<!DOCTYPE html><p>Sign in", /a web page/],
    ["\u0001\u0002", /no text/],
  ])("says what %j is instead", async (text, what) => {
    await expect(take(text)).rejects.toThrow(what);
  });

  it("names the line of column names that nobody knows", async () => {
    await expect(take('a"b,c')).rejects.toThrow(
      /line 1: the columns are of no export that is known.*--map amount=Total/,
    );
  });

  it("refuses amounts beyond 64 bits at their line, on a dry run too", async () => {
    const text = "transactionId,amount,currency,date\nC1,92233720368547758.08,EUR,2026-01-01\n";
    expect(await problemsOf(text)).toEqual(["2 record.amount"]);
    expect(await problemsOf(text, { dryRun: true })).toEqual(["2 record.amount"]);
  });

  it.each([
    ["", "empty"],
    ["a,b,c\n1,2,3\n", "no export that is known"],
    ["orderId,amount\n1,2\n", "nothing", { map: { amount: "Total" } }],
    ["orderId,amount\n1,2\n", "no format", { format: "lightspeed" }],
  ] as const)("refuses %j: %s", async (text, _why, options: ImportRecordsOptions = {}) => {
    await expect(take(text, options)).rejects.toBeInstanceOf(RecordsError);
    expect(await kept()).toEqual([]);
  });

  it("refuses objects that are none, unknown members and floating-point amounts", async () => {
    const lines = [
      '{"transactionId":"C1","amount":"1.00","currency":"EUR","occurredAt":"2026-01-01T00:00:00Z"}',
      "{broken",
      '{"transactionId":"C2","amount":1.1,"currency":"EUR","occurredAt":"2026-01-01T00:00:00Z"}',
      '{"transactionId":"C3","amout":"1.00","currency":"EUR","occurredAt":"2026-01-01T00:00:00Z"}',
    ];
    expect(await problemsOf(lines.join("\n"))).toEqual([
      "2 record.unreadable",
      "3 record.unreadable",
      "4 record.unreadable",
    ]);
  });

  it("does not let another amount take the place of a record unless it is told to", async () => {
    await take("transactionId,amount,currency,date\nC1,10.00,EUR,2026-01-01\n");
    const changed = "transactionId,amount,currency,date\nC1,12.00,EUR,2026-01-01\n";
    await expect(take(changed)).rejects.toThrow(/line 2.*record\.conflict/);
    expect((await kept()).map((record) => record.amount_minor)).toEqual([1000n]);
    expect(await take(changed, { onConflict: "replace" })).toMatchObject({ revised: 1 });
    expect((await kept()).map((record) => record.amount_minor)).toEqual([1200n]);
  });
});

describe("exports of shops", () => {
  it("reads Shopify's transaction histories: captures and refunds, nothing that moved no money", async () => {
    const text = [
      "Order,Name,Kind,Gateway,Created At,Status,Amount,Currency",
      "1,#1001,authorization,amazon_payments,2026-01-02 10:00:00 +0100,success,20.00,EUR",
      "1,#1001,capture,amazon_payments,2026-01-02 11:00:00 +0100,success,20.00,EUR",
      "1,#1001,refund,amazon_payments,2026-01-03 11:00:00 +0100,success,5.00,EUR",
      "2,#1002,sale,paypal,2026-01-02 11:00:00 +0100,success,9.00,EUR",
    ].join("\r\n");
    const imported = await take(text);
    expect(imported).toMatchObject({ format: "shopify-transactions", added: 2, repeated: 0, revised: 0 });
    expect(imported.leftOut).toEqual({ "paid-otherwise": 1, "no-money-moved": 1, "further-item": 0, sandbox: 0 });
    expect(await kept()).toMatchObject([
      { kind: "charge", order_id: "#1001", amount_minor: 2000n, occurred_at: Date.UTC(2026, 0, 2, 10), line: 3 },
      { kind: "refund", order_id: "#1001", amount_minor: 500n, occurred_at: Date.UTC(2026, 0, 3, 10), line: 4 },
    ]);
  });

  it("reads Shopify's orders: the first row of each, and says where refunds have no date", async () => {
    const text = [
      "Name,Email,Financial Status,Paid at,Currency,Total,Payment Method,Refunded Amount,Lineitem name",
      "#1001,,partially_refunded,2026-01-02 10:00:00 +0000,EUR,20.00,Amazon Pay,5.00,Mug",
      "#1001,,,,,,,,Plate",
      "#1002,,paid,2026-01-02 10:00:00 +0000,EUR,7.00,Amazon Pay,0.00,Mug",
    ].join("\n");
    expect(await take(text)).toMatchObject({
      format: "shopify",
      added: 2,
      undatedRefunds: 1,
      leftOut: { "further-item": 1 },
    });
  });

  it.each([
    [
      "woocommerce",
      "Order Number,Order Status,Order Date,Order Total,Order Currency,Payment Method,Transaction ID\n7,wc-completed,2026-01-02 10:00:00,12.50,EUR,amazon_payments_advanced,P02-1-1-C1\n8,wc-completed,2026-01-02 10:00:00,1.00,EUR,bacs,x\n",
      {},
    ],
    [
      "magento",
      'ID,Purchase Point,Purchase Date,Grand Total (Base),Grand Total (Purchased),Status,Payment Method\n7,Main,"Jan 2, 2026 10:00:00 AM",€12.50,€12.50,complete,amazon_payment_v2\n',
      { currency: "EUR" },
    ],
    [
      "shopware",
      "orderNumber;orderDateTime;amountTotal;currency.isoCode;paymentMethod\n7;2026-01-02 10:00:00;12.50;EUR;Amazon Pay\n",
      { separator: ";" },
    ],
    [
      "kit",
      "charge_id,order_id,charge_amount,currency_code,captured_at\nP02-1-1-C1,7,12.50,EUR,2026-01-02T10:00:00Z\n",
      {},
    ],
  ])("reads %s", async (format, text, options) => {
    expect(await take(text, options)).toMatchObject({ format, added: 1 });
    expect(await kept()).toMatchObject([
      { kind: "charge", order_id: "7", amount_minor: 1250n, currency: "EUR", occurred_at: Date.UTC(2026, 0, 2, 10) },
    ]);
  });

  it("asks for the currency where the export has none", async () => {
    const text = "ID,Purchase Date,Grand Total (Purchased),Status\n7,2026-01-02 10:00:00,12.50,complete\n";
    await expect(take(text)).rejects.toMatchObject({
      code: "records.currency",
      message: expect.stringContaining("--currency EUR"),
    });
    expect(await kept()).toEqual([]);
  });

  it("tells columns apart whose names have no Latin letter", async () => {
    const map = { orderId: "注文番号", amount: "合計 金額", occurredAt: "注文日" };
    await take("注文日,注文番号,合計金額\n2026-01-05T00:00:00Z,JP-1,1200\n", { map, currency: "JPY" });
    expect(await kept()).toMatchObject([{ order_id: "JP-1", amount_minor: 1200n }]);
  });

  it("reads any file with a mapping, local times with an offset, negative amounts as refunds", async () => {
    const text = "Nr,Betrag,Tag\n7,12.50,2026-01-02 10:00\n7,-2.50,2026-01-03\n";
    const options = {
      map: { orderId: "Nr", amount: "Betrag", occurredAt: "Tag" },
      currency: "eur",
      utcOffset: "+01:00",
    };
    expect(await problemsOf(text, options)).toEqual(["3 record.sign"]);
    expect(await take(text, { ...options, signedAmounts: true })).toMatchObject({ added: 2 });
    expect(await kept()).toMatchObject([
      { kind: "charge", occurred_at: Date.UTC(2026, 0, 2, 9) },
      { kind: "refund", amount_minor: 250n, occurred_at: Date.UTC(2026, 0, 2, 23) },
    ]);
  });
});

describe("taking records in", () => {
  const text = "transactionId,amount,currency,date\nC1,10.00,EUR,2026-01-01\nC2,1,JPY,2026-01-01\n";

  it("recognises a file that was taken in before", async () => {
    expect(await take(text, { fileName: "a.csv" })).toMatchObject({ added: 2, repeated: 0 });
    expect(await take(text, { fileName: "b.csv" })).toMatchObject({ added: 0, repeated: 2, importId: null });
    expect(await context.store.db.selectFrom("import").select("file_name").execute()).toEqual([{ file_name: "a.csv" }]);
  });

  it("keeps nothing on a dry run, and says what it would have done", async () => {
    expect(await take(text, { dryRun: true })).toMatchObject({ added: 2, importId: null });
    expect(await kept()).toEqual([]);
    expect(await context.store.db.selectFrom("import").selectAll().execute()).toEqual([]);
  });
});

describe("what is stored is what parse shows", () => {
  const FIXTURES = new URL("../../../../orders/src/fixtures/", import.meta.url);
  it.each<[string, ImportRecordsOptions]>([
    ["e2e-orders.csv", {}],
    ["rec-shopify-tx.csv", {}],
    ["rec-shopify-orders.csv", {}],
    ["rec-shopware6.csv", {}],
    ["rec-woo.csv", { statuses: { shipped: "captured", "Checkout draft": "canceled" } }],
    ["rec-woo-semicolon-comma.csv", { separator: ";", decimal: ",", dateFormat: "dd.mm.yyyy" }],
    [
      "rec-prestashop.csv",
      { separator: ";", decimal: ",", currency: "EUR", statuses: { "Payment accepted": "captured" } },
    ],
    ["rec-shopify-cp1252.csv", { encoding: "windows-1252" }],
  ])("of %s", async (fixture, options) => {
    const open = () => createReadStream(new URL(fixture, FIXTURES));
    const shown: unknown[] = [];
    for await (const event of readRecordFile(open(), options)) {
      if (event.type !== "record") continue;
      const { line, kind, status, orderId, transactionId, amount, currency, occurredAt } = event;
      shown.push({ line, kind, status, orderId, transactionId, amount, currency, occurredAt });
    }
    const rehearsed = await importRecords(context, open(), { ...options, dryRun: true });
    const imported = await importRecords(context, open(), options);
    expect({ ...rehearsed, importId: imported.importId }).toEqual(imported);
    const stored = (await kept()).map((row) => ({
      line: row.line,
      kind: row.kind,
      status: row.status,
      orderId: row.order_id,
      transactionId: row.transaction_id,
      amount: row.amount_minor,
      currency: row.currency,
      occurredAt: row.occurred_at,
    }));
    expect(stored).toEqual(shown);
  });

  it("keeps ids of the sandbox in the books of a sandbox account only", async () => {
    const text = "transactionId,amount,currency,date\nS01-1234567-1234567-C000001,1.00,USD,2026-01-01\n";
    expect(await take(text)).toMatchObject({ added: 0, leftOut: { sandbox: 1 } });
    await context.store.db.updateTable("account").set({ environment: "sandbox" }).execute();
    expect(await take(text)).toMatchObject({ added: 1, leftOut: { sandbox: 0 } });
  });
});
