import {
  formatAmount,
  formatInstant,
  type ExplainedDeposit,
  type ExplainedTransaction,
  type Explanation,
} from "@amazon-pay-kit/ledger";
import { exceptionDocument, settlementDocument } from "./documents.ts";
import type { Context } from "../program/context.ts";
import { bankDay, daysOnTheWay } from "./format.ts";
import { returnedDocument } from "./returned.ts";

/** The explanation as `--json` gives it: amounts as decimal texts, times in UTC, hashes in full. */
export function explanationDocument(
  context: Pick<Context, "calendar">,
  explanation: Explanation,
): Record<string, unknown> {
  return {
    query: explanation.query,
    readAs: explanation.readAs,
    settlements: explanation.settlements.map((one) => {
      const money = (minor: bigint): string => formatAmount(minor, one.settlement.currency);
      return {
        ...settlementDocument(one.settlement),
        figures: one.figures.map((figure) => ({
          name: figure.name,
          amount: money(figure.amountMinor),
          parts: figure.parts.map((part) => ({
            type: part.typeKey,
            of: part.of,
            amount: money(part.amountMinor),
            rows: part.rows,
            sha256: part.contentHash === "" ? null : part.contentHash,
            lines: part.lines,
          })),
        })),
        files: one.files.map(({ contentHash, archivePath, reports }) => ({
          sha256: contentHash,
          archivePath,
          reports,
        })),
        before:
          one.before === null
            ? null
            : { settlementId: one.before.settlementId, closing: money(one.before.closingMinor) },
        after:
          one.after === null ? null : { settlementId: one.after.settlementId, opening: money(one.after.openingMinor) },
        disbursementReferenceId: one.disbursementReferenceId,
        deposits: one.deposits.map((deposit) => depositDocument(context, deposit)),
        returned: one.returned.map((returned) => returnedDocument(context, returned)),
        feeDifference: one.fees === null ? null : money(one.fees.differenceMinor),
        uncapturedFees: one.fees === null ? null : money(one.fees.leakMinor),
        forecast: one.forecast === null ? null : money(one.forecast.expectedMinor),
        difference: one.differenceMinor === null ? null : money(one.differenceMinor),
        causes: one.causes.map((cause) => ({
          what: cause.what,
          amount: money(cause.amountMinor),
          sha256: cause.source?.contentHash ?? null,
          line: cause.source?.line ?? null,
        })),
        exceptions: one.exceptions.map(exceptionDocument),
      };
    }),
    deposits: explanation.deposits.map((deposit) => depositDocument(context, deposit)),
    transactions: explanation.transactions.map(transactionDocument),
    exceptions: explanation.exceptions.map(exceptionDocument),
    more: explanation.more,
  };
}

function depositDocument(context: Pick<Context, "calendar">, deposit: ExplainedDeposit): Record<string, unknown> {
  const { source } = deposit;
  return {
    id: deposit.bankLineId,
    bookedOn: bankDay(deposit.bookedAt),
    amount: formatAmount(deposit.amountMinor, deposit.currency),
    currency: deposit.currency,
    text: deposit.text,
    transfers: deposit.transfers.map((one) => ({
      settlementId: one.settlementId,
      transferredAt: formatInstant(one.transferredAt),
      transferred: formatAmount(one.transferredMinor, one.currency),
      currency: one.currency,
      share: formatAmount(one.amountMinor, deposit.currency),
      rule: one.rule,
      daysInTransit: daysOnTheWay(context, deposit, one),
    })),
    near: deposit.near.map((one) => ({
      settlementId: one.settlementId,
      transferredAt: formatInstant(one.transferredAt),
      transferred: formatAmount(one.transferredMinor, one.currency),
      currency: one.currency,
      difference: formatAmount(deposit.amountMinor - one.transferredMinor, one.currency),
    })),
    sums: deposit.sums.map((parts) =>
      parts.map((one) => ({
        settlementId: one.settlementId,
        transferredAt: formatInstant(one.transferredAt),
        transferred: formatAmount(one.transferredMinor, one.currency),
        currency: one.currency,
      })),
    ),
    links: deposit.links.map(({ at, undone, ...link }) => ({
      ...link,
      at: formatInstant(at),
      undone: undone === null ? null : { ...undone, at: formatInstant(undone.at) },
    })),
    file: source.fileName,
    sha256: source.contentHash,
    line: source.line,
  };
}

function transactionDocument(one: ExplainedTransaction): Record<string, unknown> {
  return {
    accountId: one.accountId,
    rows: one.rows.map((row) => ({
      settlementId: row.settlementId,
      postedAt: formatInstant(row.postedAt),
      type: row.type,
      transactionId: row.transactionId,
      referenceId: row.referenceId,
      permissionId: row.permissionId,
      orderId: row.orderId,
      amount: formatAmount(row.amountMinor, row.currency),
      percentageFee: formatAmount(row.percentageFeeMinor, row.currency),
      fixedFee: formatAmount(row.fixedFeeMinor, row.currency),
      fee: formatAmount(row.feeMinor, row.currency),
      net: formatAmount(row.netMinor, row.currency),
      currency: row.currency,
      sha256: row.contentHash,
      line: row.line,
      matches: row.matches.map(({ amountMinor, ...match }) => ({
        ...match,
        amount: formatAmount(amountMinor, row.currency),
      })),
    })),
    records: one.records.map(({ amountMinor, occurredAt, source, ...record }) => ({
      ...record,
      occurredAt: formatInstant(occurredAt),
      amount: formatAmount(amountMinor, record.currency),
      file: source.fileName,
      sha256: source.contentHash,
      line: source.line,
    })),
    reported: one.reported.map(({ amountMinor, updatedAt, source, ...row }) => ({
      kind: row.kind,
      objectId: row.objectId,
      status: row.status,
      updatedAt: updatedAt === null ? null : formatInstant(updatedAt),
      currency: row.currency,
      amount: amountMinor === null || row.currency === null ? null : formatAmount(amountMinor, row.currency),
      sha256: source.contentHash,
      line: source.line,
    })),
    exceptions: one.exceptions.map(exceptionDocument),
  };
}
