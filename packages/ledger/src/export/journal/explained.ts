import { formatInstant } from "@amazon-pay-kit/money";
import { type ScopedBooks, within } from "../scope.ts";
import type { AccountRole } from "./account-role.ts";
import type { JournalEntry } from "./entry.ts";

/** The account of a reason; a difference that is explained otherwise is not booked. */
const ROLE_OF_REASON: Readonly<Record<string, AccountRole>> = {
  "bank-fee": "bankFees",
  fx: "exchangeDifferences",
  "write-off": "writeOffs",
  claim: "claims",
};

/** Where the money of a difference stands until it is explained, and whether its amount is more there than should be. */
interface Standing {
  readonly role: AccountRole;
  /** 1 where the amount of the exception stands there as a debit, -1 where as a credit. */
  readonly side: 1n | -1n;
  /** Reasons that move it; other ones leave it where it is. */
  readonly reasons: readonly string[];
}

const ANY = Object.keys(ROLE_OF_REASON);

const STANDING: Readonly<Record<string, Standing>> = {
  // Arrived minus sent: what did not arrive is still on its way.
  "match.amount": { role: "transit", side: -1n, reasons: ANY },
  "bank.missing-deposit": { role: "transit", side: 1n, reasons: ANY },
  "bank.unknown-deposit": { role: "transit", side: -1n, reasons: ANY },
  "capture.unsettled": { role: "receivable", side: 1n, reasons: ANY },
  // These were booked where they belong; a claim says that they come back.
  "fee.mismatch": { role: "fees", side: -1n, reasons: ["claim"] },
  "capture.returned-twice": { role: "chargebacks", side: 1n, reasons: ["claim"] },
  "refund.exceeds-capture": { role: "refunds", side: 1n, reasons: ["claim"] },
};

/**
 * The differences of an account that people have explained with a reason, each as an entry on the day of the explanation: from
 * where the money stands to the account of the reason, so that nothing stays in transit for ever.
 */
export async function explainedEntries(books: ScopedBooks, account: string): Promise<readonly JournalEntry[]> {
  const rows = await books.context.store.db
    .selectFrom("exception as e")
    .leftJoin("file as f", (join) =>
      join.onRef("f.account_id", "=", "e.account_id").onRef("f.file_id", "=", "e.file_id"),
    )
    .select(["e.exception_id", "e.code", "e.settlement_id", "e.transaction_id", "e.order_id", "e.line", "e.subject"])
    .select(["e.amount_minor", "e.currency", "e.reason", "e.changed_at", "f.content_hash"])
    .where("e.account_id", "=", account)
    .where("e.status", "=", "explained")
    .where("e.reason", "is not", null)
    .orderBy("e.currency")
    .orderBy("e.changed_at")
    .orderBy("e.exception_id")
    .execute();
  const { scope } = books;
  return rows.flatMap((row): JournalEntry[] => {
    const { reason, currency, amount_minor: amount } = row;
    const standing = STANDING[row.code];
    const role = ROLE_OF_REASON[reason ?? ""];
    if (standing === undefined || role === undefined || currency === null || amount === null || amount === 0n)
      return [];
    // A row that differs from an own record is about no deposit.
    if (row.code === "match.amount" && !row.subject.startsWith("settlement:")) return [];
    if (!standing.reasons.includes(reason ?? "")) return [];
    if (scope.settlementId !== undefined && scope.settlementId !== row.settlement_id) return [];
    if (scope.currency !== undefined && scope.currency !== currency) return [];
    const day = books.calendar.dayOf(row.changed_at);
    if (!within(scope, books.calendar.startOf(day))) return [];
    const minor = amount * standing.side;
    const line = row.line ?? 1;
    return [
      {
        accountId: account,
        number: `E-${row.exception_id.slice(0, 10)}`,
        sources: [{ settlementId: row.settlement_id ?? "", fileHash: row.content_hash ?? "", lines: [line, line] }],
        currency,
        day,
        description: `${row.code} explained ${formatInstant(row.changed_at).slice(0, 10)}: ${reason ?? ""}`,
        transactionId: row.transaction_id,
        orderId: row.order_id,
        postings: [
          { role, minor },
          { role: standing.role, minor: -minor },
        ],
        clearingAfter: null,
      },
    ];
  });
}
