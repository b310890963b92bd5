import { formatAmount } from "@amazon-pay-kit/money";
import { accountsOf, type BooksContext } from "../../books/context.ts";
import type { SettlementRowTable } from "../../store/schema/reports.ts";
import type { SettlementVersion } from "../../store/rows/versions.ts";
import { compareVersions, type ComparedFigure, type RowDifference } from "./compare-versions.ts";
import { fileNames } from "./file-names.ts";
import { oneOf } from "./versioned.ts";

/** A value that two versions have differently. */
export interface ChangedValue {
  /** The column of the report in lower camel case: `transactionFixedFee`. */
  readonly column: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A difference from the version before: a figure of the settlement, or a row. Amounts are decimal texts. */
export type VersionDifference =
  | {
      readonly what: "figure";
      readonly figure: ComparedFigure;
      readonly currency: string;
      readonly before: string;
      readonly after: string;
    }
  | {
      readonly what: "changed" | "added" | "removed";
      /** Line in this version's file; `null` where the row is gone. */
      readonly line: number | null;
      /** Line in the file of the version before; `null` where the row is new. */
      readonly lineBefore: number | null;
      readonly type: string;
      readonly transactionId: string | null;
      readonly orderId: string | null;
      readonly currency: string;
      readonly columns: readonly ChangedValue[];
    };

/** A file with the whole of a settlement. */
export interface SettlementVersionView {
  /** SHA-256 of its bytes. */
  readonly hash: string;
  /** Name of the file, or id of the report. */
  readonly file: string;
  readonly archivePath: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  /** Somebody has decided for it, or it is the only one. */
  readonly accepted: boolean;
  readonly counts: boolean;
  /** From the version before it; empty for the first. */
  readonly differences: readonly VersionDifference[];
  /** Whether there are more differences than are listed. */
  readonly more: boolean;
}

type Shown = readonly [column: string, value: (row: SettlementRowTable) => string | null];

const TEXTS: readonly Shown[] = [
  ["transactionPostedDate", (row) => new Date(row.posted_at).toISOString().replace(".000Z", "Z")],
  ["sellerReferenceId", (row) => row.reference_id],
  ["amazonOrderReferenceId", (row) => row.permission_id],
  ["sellerOrderId", (row) => row.order_id],
  ["transactionDescription", (row) => row.description],
];

const MONEY: readonly (readonly [string, (row: SettlementRowTable) => bigint])[] = [
  ["transactionAmount", (row) => row.amount_minor],
  ["transactionPercentageFee", (row) => row.percentage_fee_minor],
  ["transactionFixedFee", (row) => row.fixed_fee_minor],
  ["totalTransactionFee", (row) => row.total_fee_minor],
  ["netTransactionAmount", (row) => row.net_minor],
];

const SHOWN: readonly Shown[] = [
  ...TEXTS,
  ...MONEY.map(([column, minor]): Shown => [column, (row) => formatAmount(BigInt(minor(row)), row.currency)]),
];

function rowDifference({ before, after }: RowDifference): VersionDifference[] {
  const row = after ?? before;
  if (row === null) return [];
  const value = (of: SettlementRowTable | null, pick: Shown[1]): string | null => (of === null ? null : pick(of));
  const columns = SHOWN.map(([column, pick]) => ({ column, before: value(before, pick), after: value(after, pick) }));
  return [
    {
      what: before === null ? "added" : after === null ? "removed" : "changed",
      line: after?.line ?? null,
      lineBefore: before?.line ?? null,
      type: row.type,
      transactionId: row.transaction_id,
      orderId: row.order_id,
      currency: row.currency,
      columns: columns.filter((one) => one.before !== one.after),
    },
  ];
}

/**
 * The versions of a settlement, oldest first, each with its differences from the one before.
 *
 * @throws BooksError `books.not-found`, `books.which-account`
 *
 * @example
 * for (const { file, accepted } of await listSettlementVersions(context, "5984862222")) console.log(file, accepted);
 */
export async function listSettlementVersions(
  context: Pick<BooksContext, "store" | "accountId">,
  settlementId: string,
): Promise<readonly SettlementVersionView[]> {
  const { db } = context.store;
  const { accountId, versions } = await oneOf(db, await accountsOf(context), settlementId);
  if (versions.length === 0) return [await onlyVersion(context, accountId, settlementId)];
  const names = await fileNames(
    db,
    accountId,
    versions.map(({ fileId }) => fileId),
  );
  const views: SettlementVersionView[] = [];
  let before: SettlementVersion | null = null;
  for (const version of versions) {
    const found = before === null ? null : await compareVersions(db, accountId, before, version);
    const figures = (found?.figures ?? []).map(({ figure, currency, ...minor }): VersionDifference => ({
      what: "figure",
      figure,
      currency,
      before: formatAmount(minor.before, currency),
      after: formatAmount(minor.after, currency),
    }));
    views.push({
      hash: names.get(version.fileId)?.contentHash ?? "",
      file: names.get(version.fileId)?.name ?? "",
      archivePath: names.get(version.fileId)?.archivePath ?? "",
      receivedAt: version.receivedAt,
      accepted: version.acceptedAt !== null,
      counts: version.counts,
      differences: [...figures, ...(found?.rows ?? []).flatMap(rowDifference)],
      more: found?.more ?? false,
    });
    before = version;
  }
  return views;
}

async function onlyVersion(
  { store: { db } }: Pick<BooksContext, "store">,
  accountId: string,
  settlementId: string,
): Promise<SettlementVersionView> {
  const { file_id: fileId } = await db
    .selectFrom("settlement")
    .select("file_id")
    .where("account_id", "=", accountId)
    .where("settlement_id", "=", settlementId)
    .executeTakeFirstOrThrow();
  const file = await db
    .selectFrom("file")
    .select("archived_at")
    .where("account_id", "=", accountId)
    .where("file_id", "=", fileId)
    .executeTakeFirst();
  const name = (await fileNames(db, accountId, [fileId])).get(fileId);
  return {
    hash: name?.contentHash ?? "",
    file: name?.name ?? "",
    archivePath: name?.archivePath ?? "",
    receivedAt: file?.archived_at ?? 0,
    accepted: true,
    counts: true,
    differences: [],
    more: false,
  };
}
