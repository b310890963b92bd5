import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import { collect, type ReadReport } from "../../../../packages/reports/src/conformance/collect.ts";
import { zipOf } from "../../../../packages/reports/src/conformance/zip.ts";
import { readCsv } from "../../../../packages/reports/src/csv/read.ts";
import { ReportError } from "../../../../packages/reports/src/errors.ts";
import type { KnownReportKind } from "../../../../packages/reports/src/kind.ts";
import { LAYOUTS } from "../../../../packages/reports/src/layouts/index.ts";
import { readReportBatches, readReportCarefully } from "../../../../packages/reports/src/reader/read-batches.ts";
import { readReport } from "../../../../packages/reports/src/reader/read-report.ts";
import { UnusableReportError } from "../../../../packages/reports/src/unusable-report-error.ts";
import { WriteReportError } from "../../../../packages/reports/src/write-report-error.ts";
import { writeReportSync } from "../../../../packages/reports/src/writer/write-report.ts";
import { unpacked } from "../../../../packages/sdk/src/download/download-document.ts";
import { AmazonPayError } from "../../../../packages/sdk/src/errors/amazon-pay-error.ts";
import type { Target } from "../target.ts";
import { isOf, must, mustEqual, pieces, readHowever, utf8 } from "./parts.ts";

export const REPORT = utf8(
  [
    '"Amazon Payments Advanced",',
    '"Settlement Report",',
    '"SellerId","A1TESTSELLER"',
    '"SettlementStartDate","2015-09-30T22:00:44+0000"',
    '"SettlementEndDate","2015-10-14T22:00:44+0000"',
    '"TransactionPostedDate","SettlementId","AmazonTransactionId","SellerReferenceId","TransactionType","AmazonOrderReferenceId","SellerOrderId","StoreName","CurrencyCode","TransactionDescription","TransactionAmount","TransactionPercentageFee","TransactionFixedFee","TotalTransactionFee","NetTransactionAmount"',
    '"2015-10-01T09:30:00+0000","5873149172","S01-0000000-0000000-C000001","R1","Capture","S01-0000000-0000000","","","USD","","10.00","-0.29","-0.30","-0.59","9.41"',
    "",
  ].join("\n"),
);

const CELL: Readonly<Record<string, string>> = {
  instant: "2026-01-05T00:00:00 -0800",
  amount: "12.34",
  money: "12.34",
};

/** One row of every kind of report, by its own layout. */
const KINDS = LAYOUTS.map(({ columns }) =>
  utf8(
    `${columns.map(({ name }) => `"${name}"`).join(",")}\n${columns
      .map(({ type, name }) => `"${CELL[String(type)] ?? (/currency/i.test(name) ? "EUR" : "P02-1-2")}"`)
      .join(",")}\n`,
  ),
);

type Outcome = ReadReport | { readonly code: string; readonly message: string };

async function outcome(read: typeof readReportBatches, ...of: Parameters<typeof readReportBatches>): Promise<Outcome> {
  try {
    return await collect(read(...of));
  } catch (error) {
    if (error instanceof UnusableReportError) return { code: error.code, message: error.message };
    throw error;
  }
}

/** The fast reading is the careful one, whatever the blocks, and every line is accounted for. */
async function fastAsCareful(bytes: Uint8Array): Promise<void> {
  const careful = await outcome(readReportCarefully, bytes);
  for (const blockBytes of [undefined, 1, 37]) {
    const options = blockBytes === undefined ? {} : { blockBytes };
    mustEqual(`fast, blocks of ${blockBytes}`, careful, await outcome(readReportBatches, pieces(bytes), options));
  }
  if (!("summary" in careful)) return;
  const { lines, rows, errors } = careful.summary;
  must("every line is accounted for", lines.header + lines.rows + lines.errors + lines.blank === lines.total);
  must("rows are counted", rows === careful.rows.length && errors === careful.errors.length);
  must(
    "every error has a line and a code",
    careful.errors.every(({ line, code }) => line > 0 && /^[a-z-]+\.[a-z-]+$/.test(code)),
  );
}

/** What was read and is written reads back as it was, where the writer takes it. */
async function written(bytes: Uint8Array): Promise<void> {
  const events: unknown[] = [];
  let kind: string | undefined;
  let header = {};
  const rows: { readonly values: Readonly<Record<string, never>>; readonly extra?: Readonly<Record<string, never>> }[] =
    [];
  for await (const event of readReport(bytes)) {
    events.push(event);
    if (event.type === "header") {
      kind = event.report;
      header = Object.fromEntries(
        Object.entries(event).filter(([name]) => /^(sellerId|settlementStartDate|settlementEndDate)$/.test(name)),
      );
      if (event.columns.some(({ known }) => !known)) return;
    }
    if (event.type === "row") rows.push(event as never);
  }
  if (kind === undefined || kind === "unknown" || rows.length === 0) return;
  let made;
  try {
    made = writeReportSync(kind as KnownReportKind, header, rows);
  } catch (error) {
    // What a report may hold and the writer does not make, such as a cell that would not read back.
    if (error instanceof WriteReportError) return;
    throw error;
  }
  const again: unknown[] = [];
  for await (const event of readReport(made.bytes)) {
    must("nothing that is written is an error", event.type !== "error");
    if (event.type === "row") again.push(event.values);
  }
  mustEqual(
    "written and read",
    rows.map(({ values }) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))),
    again.map((values) => Object.fromEntries(Object.entries(values as object).filter(([, value]) => value !== null))),
  );
}

const CONTEXT = { operation: "getReportDocument", retries: 0 };
const PACKED = [gzipSync(REPORT), zipOf([{ name: "report.csv", content: Buffer.from(REPORT) }])];

export const REPORT_TARGETS: readonly Target[] = [
  {
    name: "report",
    seeds: [REPORT, ...KINDS],
    read: async (bytes) => {
      await fastAsCareful(bytes);
      await collect(readReportBatches(bytes));
    },
    refuses: isOf(ReportError),
  },
  { name: "report-written", seeds: [REPORT, ...KINDS], read: written, refuses: isOf(ReportError) },
  {
    name: "packed-report",
    seeds: PACKED,
    read: (bytes) => readHowever(bytes, readReport),
    refuses: isOf(ReportError),
  },
  {
    name: "packed-download",
    seeds: PACKED,
    read: (bytes) =>
      readHowever(bytes, async function* (source) {
        yield* (await unpacked(source, false, CONTEXT)).stream;
      }),
    refuses: isOf(AmazonPayError),
  },
  {
    name: "csv",
    seeds: [REPORT, utf8('Date,Amount\r\n"2026-01-05","1,000.00"\r\n"a\nb",""""\n')],
    read: (bytes) => readHowever(bytes, (source) => readCsv(source)),
    refuses: isOf(ReportError),
  },
];
