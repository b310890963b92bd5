import { describe, expect, it } from "vitest";
import type { OrdersOptions } from "./options.ts";
import { printed, refusalOf, seen } from "./testing/read-text.ts";

/** A text in windows-1252, as far as these tests need it. */
function windows1252(text: string): Uint8Array {
  const high: Readonly<Record<string, number>> = { "€": 0x80, "–": 0x96 };
  return Uint8Array.from([...text].map((letter) => high[letter] ?? letter.charCodeAt(0)));
}

const lines = (...rows: readonly string[]): string => `${rows.join("\n")}\n`;
const WOO = "order_number,order_status,order_date,order_total,order_currency,payment_method,payment_method_title";
const KIT = "transactionId,orderId,amount,currency,date";

type Row = readonly [name: string, file: string | Uint8Array, options: OrdersOptions, expected: readonly string[]];

const EXPORTS: readonly Row[] = [
  [
    "WooCommerce Analytics with HTML entities",
    lines(
      'Date,"Order #","N. Revenue (formatted)",Status,Customer,"Customer type",Product(s),"Items sold",Coupon(s),"Net Sales",Attribution',
      '"2026-10-05 10:00:00",101,"&#36;1,049.90",completed,A B,new,1× X,1,,900.00,Direct',
      '"2026-10-05 10:00:00",102,"$49.90",on-hold,A B,new,1× X,1,,41.00,Direct',
    ),
    { currency: "USD" },
    ["2 charge captured 1049.90 USD 101", "3 charge pending 49.90 USD 102"],
  ],
  [
    "WooCommerce Analytics with refunds below zero",
    lines(
      'Date,"Order #","N. Revenue (formatted)",Status,Customer,"N. Revenue"',
      '"2026-10-05 10:00:00",101,"1.049,90€",completed,A B,900',
      '"2026-10-06 10:00:00",101,"-49,90&nbsp;&euro;",refunded,A B,-40',
    ),
    {},
    ["2 charge captured 1049.90 EUR 101", "3 refund refunded 49.90 EUR 101"],
  ],
  [
    "a WooCommerce exporter that repeats the order for each item",
    lines(
      "order_id,order_number,order_date,status,order_total,order_currency,payment_method,item_name",
      "5,5,2026-10-05 10:00:00,completed,30.00,EUR,amazon_payments_advanced,A",
      "5,5,2026-10-05 10:00:00,completed,30.00,EUR,amazon_payments_advanced,B",
      "6,6,2026-10-05 10:00:00,completed,30.00,EUR,amazon_payments_advanced,B",
    ),
    {},
    ["2 charge captured 30.00 EUR 5", "3 skipped further-item", "4 charge captured 30.00 EUR 6"],
  ],
  [
    "means of payment with Amazon in their name",
    lines(
      WOO,
      "1,wc-completed,2026-10-05,10.00,USD,aps_cc,Amazon Payment Services",
      "2,wc-completed,2026-10-05,10.00,USD,payfort,Credit card",
      "3,wc-completed,2026-10-05,10.00,USD,amazon_payments_advanced_express,Amazon Pay",
      "4,wc-completed,2026-10-05,10.00,USD,other,Pay with Amazon",
      "5,wc-completed,2026-10-05,10.00,USD,other,Fulfilled by Amazon",
      "6,wc-completed,2026-10-05,10.00,USD,amazon,Amazon.com",
      "7,wc-completed,2026-10-05,10.00,USD,amazon_fba,Amazon FBA",
      "8,wc-completed,2026-10-05,10.00,USD,,",
    ),
    {},
    [
      "2 skipped paid-otherwise",
      "3 skipped paid-otherwise",
      "4 charge captured 10.00 USD 3",
      "5 charge captured 10.00 USD 4",
      "6 skipped paid-otherwise",
      "7 skipped paid-otherwise",
      "8 skipped paid-otherwise",
      "9 skipped paid-otherwise",
    ],
  ],
  [
    "BigCommerce with four decimals and American dates",
    lines(
      "Order ID,Customer Name,Order Date,Order Status,Order Total (inc tax),Payment Method,Order Currency Code,Transaction ID",
      "100,A B,10/05/2026,Awaiting Fulfillment,49.9000,Amazon Pay,USD,P01-1-1-C1",
      "101,A B,10/06/2026,Shipped,1049.9000,Amazon Pay,USD,P01-1-1-C2",
    ),
    { dateFormat: "mm/dd/yyyy" },
    ["2 charge captured 49.90 USD 100", "3 charge captured 1049.90 USD 101"],
  ],
  [
    "OXID with a date of zeros and an id of the sandbox",
    lines(
      "OXORDERNR;OXORDERDATE;OXPAID;OXTOTALORDERSUM;OXCURRENCY;OXPAYMENTTYPE;OXTRANSID;OXTRANSSTATUS",
      "11;2026-10-05 10:00:00;0000-00-00 00:00:00;49.9;EUR;oxidamazon;P02-1234567-1234567;NOT_FINISHED",
      "12;2026-10-05 10:00:00;2026-10-05 10:02:00;9.9;EUR;oxidamazon;S02-1234567-1234567;OK",
      "13;2026-10-05 10:00:00;2026-10-05 10:02:00;1049.90;EUR;oxidamazon;P02-1234567-1234568;OK",
      "14;2026-10-05 10:00:00;;10;EUR;oxidpaypal;;OK",
    ),
    {},
    [
      "2 charge pending 49.90 EUR 11",
      "3 skipped sandbox",
      "4 charge captured 1049.90 EUR 13",
      "5 skipped paid-otherwise",
    ],
  ],
  [
    "Shopware 5 in windows-1252",
    windows1252(
      lines(
        "number;orderTime;clearedDate;invoiceAmount;currency;paymentDescription;clearedDescription",
        "20001;2026-10-05 10:00:00;2026-10-06;1049,9;EUR;Amazon Pay – Schnell;Komplett bezahlt",
        "20002;2026-10-05 10:00:00;;19,9;EUR;Amazon Pay;Überprüfung notwendig",
      ),
    ),
    { encoding: "windows-1252" },
    ["2 charge captured 1049.90 EUR 20001", "3 charge pending 19.90 EUR 20002"],
  ],
  [
    "Shopware 5 with numbers of states and a row for each item",
    lines(
      "orderId,number,orderTime,cleared,invoiceAmount,currency,paymentName",
      "1,20001,2026-10-05 10:00:00,12,49.9,EUR,amazon_pay",
      "1,20001,2026-10-05 10:00:00,12,49.9,EUR,amazon_pay",
      "2,20002,2026-10-05 10:00:00,17,9.9,EUR,amazon_pay",
    ),
    {},
    ["2 charge captured 49.90 EUR 20001", "3 skipped further-item", "4 charge pending 9.90 EUR 20002"],
  ],
  [
    "Shopware 6 with German states",
    lines(
      "orderNumber;orderDateTime;amountTotal;currency.isoCode;paymentMethod.name;transactions.stateMachineState.name",
      "10001;2026-10-05T08:00:00.000+00:00;1.049,90;EUR;Amazon Pay;Teilweise erstattet",
      "10002;2026-10-05T08:00:00.000+00:00;49,90;EUR;Vorkasse;Offen",
    ),
    {},
    ["2 charge partially-refunded 1049.90 EUR 10001", "3 skipped paid-otherwise"],
  ],
  [
    "PrestaShop in German",
    lines(
      "ID;Bestellreferenz;Neuer Kunde;Lieferung;Kunde;Gesamt;Zahlung;Status;Datum",
      '1;ABCDEFGHI;1;DE;A B;"1.049,90 €";Amazon Pay;Zahlung eingegangen;05.10.2026 10:00:00',
      '2;ABCDEFGHJ;1;DE;A B;"49,90 €";Überweisung;Wartet;05.10.2026 10:00:00',
    ),
    {},
    ["2 charge captured 1049.90 EUR ABCDEFGHI", "3 skipped paid-otherwise"],
  ],
  [
    "PrestaShop in French, with narrow blanks",
    lines(
      "ID;Référence;Nouveau client;Livraison;Client;Total;Paiement;État;Date",
      '1;ABCDEFGHI;Oui;France;A B;"1\u202f049,90\u00a0€";Amazon Pay;Paiement accepté;05/10/2026 10:00:00',
    ),
    { dateFormat: "dd/mm/yyyy" },
    ["2 charge captured 1049.90 EUR ABCDEFGHI"],
  ],
  [
    "Magento with narrow blanks before PM, and states that wait",
    lines(
      "ID,Purchase Point,Purchase Date,Grand Total (Base),Grand Total (Purchased),Status,Payment Method",
      '1,Main,"Oct 5, 2026, 8:00:00\u202fPM","£1,049.90","£1,049.90",Processing,amazon_payment_v2',
      '2,Main,"Oct 5, 2026, 8:00:00\u202fPM","£49.90","£49.90",Suspected Fraud,amazon_payment_v2',
      '3,Main,"Oct 5, 2026, 8:00:00\u202fPM","£49.90","£49.90",payment_review,amazon_payment_v2',
      '4,Main,"Oct 5, 2026, 8:00:00\u202fPM","£0.00","£0.00",complete,amazon_payment_v2',
    ),
    { currency: "GBP" },
    [
      "2 charge captured 1049.90 GBP 1",
      "3 charge authorized 49.90 GBP 2",
      "4 charge pending 49.90 GBP 3",
      "5 skipped no-money-moved",
    ],
  ],
  [
    "EC-CUBE in yen, a row for each item",
    lines(
      "注文ID,注文番号,お名前(姓),お支払い合計,対応状況(ID),対応状況(名称),支払方法(名称),注文日,入金日",
      "1,1,山田,12340,6,入金済み,Amazon Pay,2026/10/05 10:00:00,2026/10/05 10:01:00",
      "1,1,山田,12340,6,入金済み,Amazon Pay,2026/10/05 10:00:00,2026/10/05 10:01:00",
      "2,2,山田,500,1,新規受付,銀行振込,2026/10/05 10:00:00,",
      '3,3,山田,"1,234",9,返品,アマゾンペイ,2026/10/05 10:00:00,',
    ),
    { currency: "JPY", utcOffset: "+09:00" },
    [
      "2 charge captured 12340 JPY 1",
      "3 skipped further-item",
      "4 skipped paid-otherwise",
      "5 charge refunded 1234 JPY 3",
    ],
  ],
  [
    "plentymarkets, whose Amazon is the marketplace",
    lines(
      "Auftrags-ID;Auftragsdatum;Zahlungsart;Rechnungsbetrag;Währung;Zahlungsstatus",
      "1;05.10.2026;Amazon Pay;49,90;EUR;Bezahlt",
      "2;05.10.2026;Amazon;49,90;EUR;Bezahlt",
      "3;05.10.2026;Amazon FBA;49,90;EUR;Bezahlt",
    ),
    {},
    ["2 charge captured 49.90 EUR 1", "3 skipped paid-otherwise", "4 skipped paid-otherwise"],
  ],
  [
    "OpenCart",
    lines(
      "order_id,customer,payment_method,payment_code,total,currency_code,date_added,order_status",
      "1,A,Amazon Pay,amazon_login_pay,49.9000,USD,2026-10-05 10:00:00,Complete",
      "2,A,Amazon Pay,amazon_login_pay,49.9000,USD,2026-10-05 10:00:00,Chargeback",
    ),
    {},
    ["2 charge captured 49.90 USD 1", "3 charge refunded 49.90 USD 2"],
  ],
  [
    "Shopify in yen, an order without a means of payment",
    lines(
      "Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Created at,Payment Method,Refunded Amount",
      "#1001,a,paid,2026-10-05 10:33:02 +0900,JPY,1000,1234,2026-10-05 10:33:02 +0900,Amazon Pay,0",
      "#1002,a,expired,,JPY,1000,1234,2026-10-05 10:33:02 +0900,Amazon Pay,0",
      "#1003,a,paid,2026-10-05 10:33:02 +0900,JPY,1000,1234,2026-10-05 10:33:02 +0900,,0",
    ),
    {},
    ["2 charge captured 1234 JPY #1001", "3 charge canceled 1234 JPY #1002", "4 skipped paid-otherwise"],
  ],
  [
    "Shopify transactions that wait, and those of the marketplace",
    lines(
      "Order,Name,Kind,Gateway,Created At,Status,Amount,Currency",
      "1,#1,capture,amazon_payments,2026-10-05 10:33:02 -0500,awaiting_response,10.00,USD",
      "1,#1,emv_authorization,amazon_payments,2026-10-05 10:33:02 -0500,success,10.00,USD",
      "1,#3,sale,Amazon.com,2026-10-05 10:33:02 -0500,success,10.00,USD",
      "1,#4,sale,Amazon,2026-10-05 10:33:02 -0500,success,10.00,USD",
      "1,#5,sale,amazon_marketplace,2026-10-05 10:33:02 -0500,success,10.00,USD",
    ),
    {},
    [
      "2 charge pending 10.00 USD #1",
      "3 skipped no-money-moved",
      "4 skipped paid-otherwise",
      "5 skipped paid-otherwise",
      "6 skipped paid-otherwise",
    ],
  ],
  [
    "any table with a mapping, the currency beside the amount",
    lines("Nr;Wann;Wieviel;Was", "7;05.10.2026 10:00;49,90 EUR;versandt"),
    {
      map: { orderId: "Nr", occurredAt: "Wann", amount: "Wieviel", status: "Was" },
      statuses: { versandt: "captured" },
      utcOffset: "+02:00",
    },
    ["2 charge captured 49.90 EUR 7"],
  ],
  [
    "a line sep=;",
    lines("sep=;", "transactionId;amount;currency;date", "C1;5.00;EUR;2026-01-01"),
    {},
    ["3 charge captured 5.00 EUR C1"],
  ],
  [
    "UTF-16 with its mark",
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(lines(KIT, "C1,1,5.00,EUR,2026-01-01"), "utf16le")]),
    {},
    ["2 charge captured 5.00 EUR 1"],
  ],
  [
    "tabs",
    lines("transactionId\tamount\tcurrency\tdate", "C1\t5.00\tEUR\t2026-01-01"),
    {},
    ["2 charge captured 5.00 EUR C1"],
  ],
  [
    "amounts below zero that are refunds",
    lines(
      "transactionId,amount,currency,date",
      "C7,-5.00,EUR,2026-01-05",
      "C8,(5.00),EUR,2026-01-05",
      "C9,5.00-,EUR,2026-01-05",
    ),
    { signedAmounts: true },
    ["2 refund refunded 5.00 EUR C7", "3 refund refunded 5.00 EUR C8", "4 refund refunded 5.00 EUR C9"],
  ],
  [
    "ids of the sandbox that are kept",
    lines(KIT, "S01-1234567-1234567-C000001,1,5.00,USD,2026-01-01"),
    { sandboxIds: "keep" },
    ["2 charge captured 5.00 USD 1"],
  ],
  [
    "rows that are wrong in one way each",
    lines(
      "transactionId,amount,currency,date",
      "C1,5.00,EUR,0026-01-01",
      "C2,92233720368547758.08,EUR,2026-01-05",
      "C3,1e3,EUR,2026-01-05",
      "C4,5.00,XXQ,2026-01-05",
      "C5,10 50,EUR,2026-01-05",
      "C6,5.00,EUR,2026-01-05junk",
      "C7,-5.00,EUR,2026-01-05",
      "C8,5.00,EUR,2026-01-05",
    ),
    {},
    [
      "2 record.time",
      "3 record.amount",
      "4 record.amount",
      "5 record.currency",
      "9 charge captured 5.00 EUR C8",
      "6 record.amount",
      "7 record.time",
      "8 record.sign",
    ],
  ],
  [
    "a row that is cut off, one with a cell too many, a quote that is never closed",
    lines(KIT, "C1,1,5.00,EUR,2026-01-01", "C2,2,5.", "C3,3,5,00,EUR,2026-01-01", 'C4,"4,5.00,EUR,2026-01-01'),
    {},
    ["2 charge captured 5.00 EUR 1", "3 record.unreadable", "4 record.unreadable", "5 record.unreadable"],
  ],
  [
    "objects, one a line",
    lines(
      '{"transactionId":"C1","amount":"1.000","currency":"EUR","occurredAt":"2026-01-01T00:00:00Z"}',
      '{"transactionId":"C2","amount":"10.00","currency":"EUR","occurredAt":"2026-01-01T00:00:00Z","status":"Completed"}',
      '{"transactionId":"C3","amount":10.5,"currency":"EUR","occurredAt":"2026-01-01T00:00:00Z"}',
    ),
    {},
    ["2 charge captured 10.00 EUR C2", "3 record.unreadable", "1 record.amount"],
  ],
];

describe("further exports", () => {
  it.each(EXPORTS)("%s", async (_name, file, options, expected) => {
    expect(await seen(file, options)).toEqual(expected);
  });

  it("says that the Analytics export of WooCommerce does not name the means of payment", async () => {
    const summary = (await printed(EXPORTS[0]?.[1] ?? "", { currency: "USD" })).at(-1);
    expect(summary?.["notices"]).toEqual([expect.stringContaining("does not say how an order was paid")]);
  });
});

describe("what one option would mend is told once", () => {
  const many = (row: (at: number) => string, header = WOO): string =>
    lines(header, ...Array.from({ length: 210 }, (_, at) => row(at)));
  const errors = async (file: string) =>
    (await printed(file))
      .filter(({ type }) => type === "error")
      .map(({ line, rows, message }) => ({ line, rows, message }));

  it("words of a shop's own, each with its count", async () => {
    const found = await errors(
      many(
        (at) => `${at},wc-${at % 2 === 0 ? "packed" : "ready to ship"},2026-10-05,10.00,USD,amazon_payments_advanced,`,
      ),
    );
    expect(found).toEqual([
      { line: 2, rows: 105, message: expect.stringContaining("--status wc-packed=captured") },
      { line: 3, rows: 105, message: expect.stringContaining("--status 'wc-ready to ship=captured'") },
    ]);
  });

  it("dates and amounts with two readings", async () => {
    const found = await errors(many((at) => `${at},wc-completed,03/04/2026,1.000,USD,amazon_payments_advanced,`));
    expect(found).toEqual([
      { line: 2, rows: 210, message: expect.stringContaining("--decimal") },
      { line: 2, rows: 210, message: expect.stringContaining("--date-format") },
    ]);
  });

  it("a currency that nothing names", async () => {
    const file = many(
      (at) => `${at},wc-completed,2026-10-05,10.00,amazon_payments_advanced`,
      "order_number,order_status,order_date,order_total,payment_method",
    );
    expect((await refusalOf(file)).message).toBe(
      "the file names no currency: say which with --currency, for example --currency EUR",
    );
  });
});

describe("files that are refused", () => {
  it.each<[string, string | Uint8Array, OrdersOptions, string]>([
    [
      "another separator",
      lines(KIT.replaceAll(",", ";"), "C1;1;5.00;EUR;2026-01-01"),
      { separator: "," },
      "--separator ';'",
    ],
    ["columns of no export", lines("a;b;c", "1;2;3"), {}, "--map amount=Total"],
    [
      "a mapping to no column",
      lines("Nr;Betrag", "1;2"),
      { map: { orderId: "Number", amount: "Betrag" } },
      "it has Nr, Betrag",
    ],
    ["a meaning that is none", lines(KIT), { statuses: { x: "gone" } }, "--status"],
    ["a form that is none", lines(KIT), { dateFormat: "dd.mm" }, "--date-format"],
    ["a currency that is none", lines(KIT), { currency: "euro" }, "--currency"],
    ["an encoding that is none", lines(KIT), { encoding: "klingon" }, "--encoding"],
    ["a format that is none", lines(KIT), { format: "lightspeed" }, "--format"],
    ["an offset that is none", lines(KIT), { utcOffset: "Berlin" }, "+01:00"],
    ["a JSON array", '[{"amount":"1.00"}]', {}, "one object a line"],
    ["a PDF", "%PDF-1.4 x", {}, "PDF"],
    ["a web page", "<!DOCTYPE html><p>Sign in", {}, "web page"],
    ["an old workbook", Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 1]), {}, ".xls"],
    ["a workbook", Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0]), {}, "workbook"],
    ["nothing", "", {}, "empty"],
  ])("%s", async (_what, file, options, message) => {
    expect((await refusalOf(file, options)).message).toContain(message);
  });
});
