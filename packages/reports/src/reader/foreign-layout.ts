import { plainName, recogniseLayout } from "../layouts/recognise.ts";
import { UnusableReportError } from "../unusable-report-error.ts";

interface ForeignLayout {
  readonly what: string;
  /** All of these are among its columns. */
  readonly columns: readonly string[];
}

/** Reports that are easily mistaken for those of Amazon Pay. */
const FOREIGN_LAYOUTS: readonly ForeignLayout[] = [
  {
    what: "a settlement file of Amazon Pay India, which is another service with another layout",
    columns: ["MerchantId", "OrderCommission", "NetSettlementAmount"],
  },
  {
    what: "a settlement file of the Amazon marketplace, not of Amazon Pay",
    columns: ["settlement-id", "settlement-start-date", "amount-type"],
  },
  {
    what: "a settlement file of the Amazon marketplace, not of Amazon Pay",
    columns: ["settlement-id", "settlement-start-date", "deposit-date"],
  },
];

const OTHER_SEPARATORS = [
  { separator: "\t", name: "tabs" },
  { separator: ";", name: "semicolons" },
  { separator: "|", name: "bars" },
];

/**
 * Refuses a line of column names that belongs to another service's report, or has another separator than the comma.
 *
 * @param cells of the line as commas separate them
 * @throws UnusableReportError
 */
export function refuseForeignLayout(cells: readonly string[], line: number): void {
  const whole = cells.join(",");
  for (const { separator, name } of [{ separator: ",", name: "" }, ...OTHER_SEPARATORS]) {
    const names =
      separator === "," ? cells : whole.split(separator).map((cell) => cell.trim().replaceAll(/^"|"$/g, ""));
    if (names.length < 2) continue;
    const plain = new Set(names.map(plainName));
    const foreign = FOREIGN_LAYOUTS.find(({ columns }) => columns.every((column) => plain.has(plainName(column))));
    if (foreign !== undefined) {
      throw new UnusableReportError(
        "file.unsupported-layout",
        `line ${line}: this is ${foreign.what}; it is not supported`,
        { line },
      );
    }
    if (separator !== "," && recogniseLayout(names) !== null) {
      throw new UnusableReportError(
        "file.not-comma-separated",
        `line ${line}: the columns are separated by ${name} instead of commas, so another program has saved the file and may have changed its numbers; fetch the report again`,
        { line },
      );
    }
  }
}
