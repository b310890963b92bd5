import { formatAmount, formatInstant } from "@amazon-pay-kit/money";
import type { BooksSettings } from "../settings.ts";

/** Settings as JSON, in the form in which they can be sent back. */
export function showBooksSettings(settings: BooksSettings, currency: string): Readonly<Record<string, unknown>> {
  const { reserve, holdTransfersUntil } = settings;
  return {
    ...settings,
    reserve: reserve.kind === "fixed" ? { kind: "fixed", amount: formatAmount(reserve.minor, currency) } : reserve,
    minimumTransfer: formatAmount(settings.minimumTransfer, currency),
    holdTransfersUntil: holdTransfersUntil === null ? null : formatInstant(holdTransfersUntil),
    fees: settings.fees.map((row) => ({
      currency: row.currency,
      from: formatInstant(row.from),
      basisPoints: Number(row.rate),
      crossBorderBasisPoints: Number(row.crossBorderRate),
      fixed: formatAmount(row.fixed, row.currency),
      dispute: formatAmount(row.dispute, row.currency),
      uncapturedAuthorization: row.uncapturedAuthorization,
    })),
  };
}
