import fc from "fast-check";
import { REPORT_KINDS, type KnownReportKind } from "../kind.ts";
import { columnKey } from "../layouts/column-key.ts";
import { layoutOf } from "../layouts/index.ts";
import type { CellValue, Column } from "../layouts/layout.ts";
import type { WriteReportOptions } from "../writer/options.ts";
import type { ReportHeader, WritableRow } from "../writer/report-writer.ts";

/** A report that can be written: typed, in order, of any kind. */
export interface SampleReport {
  readonly kind: KnownReportKind;
  readonly header: ReportHeader;
  readonly rows: readonly WritableRow[];
  readonly options: WriteReportOptions;
}

const kinds = fc.constantFrom(...REPORT_KINDS.filter((kind): kind is KnownReportKind => kind !== "unknown"));

const currencies = fc.constantFrom("USD", "EUR", "GBP", "JPY", "INR");

/** Whole seconds from 1970-01-02 to 9999-12-30, so that every offset stays inside. */
const instants = fc
  .oneof(
    { weight: 3, arbitrary: fc.integer({ min: 1_400_000_000, max: 1_900_000_000 }) },
    fc.integer({ min: 86_400, max: 253_402_128_000 }),
  )
  .map((seconds) => seconds * 1000);

const most = 999_999_999_999_999_999n;
const amounts = fc.oneof(
  { weight: 4, arbitrary: fc.bigInt({ min: -1_000_000n, max: 1_000_000n }) },
  { weight: 1, arbitrary: fc.constantFrom(0n, 1n, -1n, 2_147_483_647n, -2_147_483_648n, 2_147_483_648n, most, -most) },
  { weight: 2, arbitrary: fc.bigInt({ min: -most, max: most }) },
);

/** Texts as cells can hold them: any character but control characters, and not empty, because empty means `null`. */
export const cellTexts = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom("Capture", "Refund", "Transfer", "Court and Cherry, Inc.", "P01-1234567-2138100"),
  },
  {
    weight: 2,
    arbitrary: fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom(..."ab ,\"'\n\r\t;é€裁🍒0-") }),
  },
  fc
    .string({ minLength: 1, maxLength: 30, unit: "grapheme" })
    .filter((text) => !/(?=\p{Cc})[^\t\n\r\u0080-\u009f]/u.test(text)),
);

/** Identifiers and words: without blanks around them, and in no form that a spreadsheet writes. */
const plainTexts = cellTexts
  .map((text) => text.replace(/^[ \t]+|[ \t]+$/g, ""))
  .filter((text) => text !== "" && !/^[\d'=#]/.test(text));

function valueOf(column: Column): fc.Arbitrary<CellValue> {
  const values: fc.Arbitrary<CellValue> =
    column.type === "amount"
      ? amounts
      : column.type === "instant"
        ? instants
        : column.type === "currency"
          ? currencies
          : column.id !== undefined || column.vocabulary !== undefined
            ? plainTexts
            : cellTexts;
  // Amounts without a currency have no place in a file, so every currency is there.
  return column.required === true || column.type === "currency" ? values : fc.option(values, { freq: 4 });
}

const extraColumns = fc.uniqueArray(fc.constantFrom("Tax Amount", "PromotionId", "GST", "new_column", "備考"), {
  maxLength: 2,
});

const variants: fc.Arbitrary<WriteReportOptions> = fc.record(
  {
    bom: fc.boolean(),
    lineEnd: fc.constantFrom("lf", "crlf", "cr"),
    thousands: fc.boolean(),
    offsetMinutes: fc.integer({ min: -840, max: 840 }),
    spaceBeforeOffset: fc.boolean(),
    headerTrailingComma: fc.boolean(),
    rowTrailingComma: fc.boolean(),
    zeros: fc.constantFrom("bare", "digits"),
    padDecimals: fc.boolean(),
    quoting: fc.constantFrom("all", "minimal"),
    bareFirstLine: fc.boolean(),
    finalLineEnd: fc.boolean(),
    extraColumns,
  },
  { requiredKeys: [] },
);

function reportOf(kind: KnownReportKind, options: WriteReportOptions): fc.Arbitrary<SampleReport> {
  const { columns } = layoutOf(kind);
  const values = fc.record(Object.fromEntries(columns.map((column) => [column.key, valueOf(column)])));
  const keys = (options.extraColumns ?? []).map((name, index) => columnKey(name, columns.length + index));
  const extra = fc.record(Object.fromEntries(keys.map((key) => [key, fc.option(cellTexts)])));
  const row: fc.Arbitrary<WritableRow> =
    keys.length === 0 ? values.map((values) => ({ values })) : fc.record({ values, extra });
  const header: fc.Arbitrary<ReportHeader> =
    kind === "settlement"
      ? fc.record({
          sellerId: fc.string({ minLength: 1, maxLength: 14, unit: fc.constantFrom(..."A1XZ9") }),
          settlementStartDate: instants,
          settlementEndDate: instants,
        })
      : fc.constant({});
  return fc.record({
    kind: fc.constant(kind),
    header,
    rows: fc.array(row, { maxLength: 8 }),
    options: fc.constant(options),
  });
}

/** Reports of every kind, in every variant that the writer knows. */
export const reports: fc.Arbitrary<SampleReport> = fc
  .tuple(kinds, variants)
  .chain(([kind, options]) => reportOf(kind, options));

/** Settlements only. */
export const settlements: fc.Arbitrary<SampleReport> = variants.chain((options) => reportOf("settlement", options));
