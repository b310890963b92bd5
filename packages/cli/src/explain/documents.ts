import {
  formatAmount,
  formatInstant,
  type ExceptionView,
  type SettlementRowView,
  type SettlementSummary,
} from "@amazon-pay-kit/ledger";

/** An exception as `--json` shows it. */
export function exceptionDocument(item: ExceptionView): Record<string, unknown> {
  return {
    exceptionId: item.exceptionId,
    accountId: item.accountId,
    id: item.exceptionId,
    cause: item.cause,
    code: item.code,
    severity: item.severity,
    status: item.status,
    settlementId: item.settlementId,
    transactionId: item.transactionId,
    orderId: item.orderId,
    referenceId: item.referenceId,
    file: item.file,
    line: item.line,
    amount: item.amountMinor === null || item.currency === null ? null : formatAmount(item.amountMinor, item.currency),
    currency: item.currency,
    message: item.message,
    foundAt: formatInstant(item.foundAt),
    owner: item.owner,
    askedBy: item.askedBy,
  };
}

/** A settlement as `--json` shows it: with the members of `apay reconcile --json`. */
export function settlementDocument(item: SettlementSummary): Record<string, unknown> {
  const money = (minor: bigint): string => formatAmount(minor, item.currency);
  return {
    accountId: item.accountId,
    settlementId: item.settlementId,
    currency: item.currency,
    start: item.startAt === null ? null : formatInstant(item.startAt),
    end: item.endAt === null ? null : formatInstant(item.endAt),
    status: item.status,
    bank: item.bank,
    opening: money(item.openingMinor),
    activity: money(item.activityMinor),
    fees: money(item.feesMinor),
    reserve: money(item.reserveMinor),
    transfer: money(item.transferMinor),
    closing: money(item.closingMinor),
    rows: item.rows,
  };
}

/** A row of a settlement as `--json` shows it. */
export function rowDocument(row: SettlementRowView): Record<string, unknown> {
  const money = (minor: bigint): string => formatAmount(minor, row.currency);
  return {
    line: row.line,
    postedAt: formatInstant(row.postedAt),
    type: row.type,
    transactionId: row.transactionId,
    referenceId: row.referenceId,
    orderId: row.orderId,
    amount: money(row.amountMinor),
    fee: money(row.feeMinor),
    net: money(row.netMinor),
  };
}
