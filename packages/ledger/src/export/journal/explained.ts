import { formatInstant } from "@amazon-pay-kit/money";
import { type Selectable, sql } from "kysely";
import { groupBy } from "@amazon-pay-kit/backports";
import type { ExceptionEventTable, ExceptionTable } from "../../store/schema/verdicts.ts";
import { type ScopedBooks, within } from "../scope.ts";
import { type AccountRole, ROLE_OF_TYPE } from "./account-role.ts";
import type { JournalEntry } from "./entry.ts";

/** The account of a reason; a difference that is explained otherwise is not booked. */
export const ROLE_OF_REASON: Readonly<Record<string, AccountRole>> = {
  __proto__: null as never,
  "bank-fee": "bankFees",
  fx: "exchangeDifferences",
  "write-off": "writeOffs",
  claim: "claims",
};

/** Where the money of a difference stands until it is explained, and whether its amount is more there than should be. */
interface Standing {
  /** `by-type`: where rows of the type of its row are booked. */
  readonly role: AccountRole | "by-type";
  /** 1 where the amount of the exception stands there as a debit, -1 where as a credit. */
  readonly side: 1n | -1n;
  /** Reasons that move it; other ones leave it where it is. */
  readonly reasons: readonly string[];
}

const ANY = Object.keys(ROLE_OF_REASON);

const STANDING: Readonly<Record<string, Standing>> = {
  __proto__: null as never,
  // Arrived minus sent: what did not arrive is still on its way.
  "match.amount": { role: "transit", side: -1n, reasons: ANY },
  "bank.missing-deposit": { role: "transit", side: 1n, reasons: ANY },
  "bank.unknown-deposit": { role: "transit", side: -1n, reasons: ANY },
  "capture.unsettled": { role: "receivable", side: 1n, reasons: ANY },
  // The customer has the money back according to the records, and Amazon Pay has not taken it.
  "refund.unsettled": { role: "refunds", side: -1n, reasons: ANY },
  // These were booked where they belong; a claim says that they come back.
  "fee.mismatch": { role: "fees", side: -1n, reasons: ["claim"] },
  "capture.returned-twice": { role: "chargebacks", side: 1n, reasons: ["claim"] },
  "refund.exceeds-capture": { role: "refunds", side: 1n, reasons: ["claim"] },
  // The second row was booked by its type, and took so much from the balance.
  "transaction.duplicate": { role: "by-type", side: -1n, reasons: ["claim"] },
};

type Difference = Pick<
  Selectable<ExceptionTable>,
  "exception_id" | "code" | "settlement_id" | "transaction_id" | "order_id" | "line" | "subject"
> & { readonly content_hash: string | null; readonly type_key: string | null };

type Event = Pick<
  Selectable<ExceptionEventTable>,
  "exception_id" | "what" | "at" | "reason" | "amount_minor" | "currency"
>;

/** How an explanation is booked; null where it moves nothing. */
function bookingOf(difference: Difference, { reason, amount_minor: amount, currency }: Event) {
  const standing = STANDING[difference.code];
  const role = ROLE_OF_REASON[reason ?? ""];
  if (standing === undefined || role === undefined || currency === null || amount === null || amount === 0n)
    return null;
  // A row that differs from an own record is about no deposit.
  if (difference.code === "match.amount" && !difference.subject.startsWith("settlement:")) return null;
  if (!standing.reasons.includes(reason ?? "")) return null;
  const minor = amount * standing.side;
  const from = standing.role === "by-type" ? (ROLE_OF_TYPE[difference.type_key ?? ""] ?? "unknown") : standing.role;
  return {
    currency,
    reason: reason ?? "",
    postings: [
      { role, minor },
      { role: from, minor: -minor },
    ],
  };
}

type Booking = NonNullable<ReturnType<typeof bookingOf>>;

/**
 * The differences of an account that people have explained with a reason, each as an entry on the day of the explanation: from
 * where the money stands to the account of the reason, so that nothing stays in transit for ever. What is explained otherwise later,
 * opened again, or gone by new data is taken back on that day: what was booked once stays booked, whatever is decided afterwards.
 */
export async function explainedEntries(books: ScopedBooks, account: string): Promise<readonly JournalEntry[]> {
  const { db } = books.context.store;
  const explained = db
    .selectFrom("exception_event")
    .select("exception_id")
    .where("account_id", "=", account)
    .where("reason", "is not", null);
  const differences = await db
    .selectFrom("exception as e")
    .leftJoin("file as f", (join) =>
      join.onRef("f.account_id", "=", "e.account_id").onRef("f.file_id", "=", "e.file_id"),
    )
    .select(["e.exception_id", "e.code", "e.settlement_id", "e.transaction_id", "e.order_id", "e.line", "e.subject"])
    .select("f.content_hash")
    // Also of a version that counts no more: what was booked stays booked.
    .select(({ fn }) =>
      fn
        .coalesce(
          sql<string | null>`(select r.type_key from settlement_row r where r.account_id = e.account_id
            and r.file_id = e.file_id and r.line = e.line)`,
          sql<string | null>`(select s.type_key from superseded_row s where s.account_id = e.account_id
            and s.file_id = e.file_id and s.line = e.line)`,
        )
        .as("type_key"),
    )
    .where("e.account_id", "=", account)
    .where("e.code", "in", Object.keys(STANDING))
    .where("e.exception_id", "in", explained)
    .orderBy("e.exception_id")
    .execute();
  const events: readonly Event[] = await db
    .selectFrom("exception_event")
    .select(["exception_id", "what", "at", "reason", "amount_minor", "currency"])
    .where("account_id", "=", account)
    .where("exception_id", "in", explained)
    .orderBy("event_id")
    .execute();
  const byId = groupBy(events, ({ exception_id }) => exception_id);
  const entries = differences.flatMap((difference) =>
    lifeOf(books, account, difference, byId.get(difference.exception_id) ?? []),
  );
  return entries
    .filter(({ day }) => within(books.scope, books.calendar.startOf(day)))
    .toSorted((left, right) => {
      const [one, other] = [left, right].map(({ currency, day, number }) => `${currency} ${day} ${number}`);
      return (one ?? "") < (other ?? "") ? -1 : 1;
    });
}

/** The entries of one difference, explanation by explanation. */
function lifeOf(
  books: ScopedBooks,
  accountId: string,
  difference: Difference,
  events: readonly Event[],
): readonly JournalEntry[] {
  const { scope, calendar } = books;
  if (scope.settlementId !== undefined && scope.settlementId !== difference.settlement_id) return [];
  const entries: JournalEntry[] = [];
  let booked: Booking | null = null;
  const write = (booking: Booking, at: number, back: boolean): void => {
    if (scope.currency !== undefined && scope.currency !== booking.currency) return;
    const line = difference.line ?? 1;
    const number = `E-${difference.exception_id.slice(0, 10)}${entries.length === 0 ? "" : `-${entries.length + 1}`}`;
    const day = formatInstant(at).slice(0, 10);
    // What is taken back on the day on which it was booked has never been there.
    if (back && entries.at(-1)?.day === calendar.dayOf(at)) {
      entries.pop();
      return;
    }
    entries.push({
      accountId,
      number,
      sources:
        difference.content_hash === null
          ? []
          : [
              {
                settlementId: difference.settlement_id ?? "",
                fileHash: difference.content_hash,
                lines: [line, line],
              },
            ],
      currency: booking.currency,
      day: calendar.dayOf(at),
      description: `${difference.code} ${back ? "no longer explained" : "explained"} ${day}: ${booking.reason} (${number})`,
      transactionId: difference.transaction_id,
      orderId: difference.order_id,
      postings: booking.postings.map(({ role, minor }) => ({ role, minor: back ? -minor : minor })),
      clearingAfter: null,
    });
  };
  for (const event of events) {
    if (event.what === "found") continue;
    if (booked !== null) write(booked, event.at, true);
    booked = event.what === "explained" ? bookingOf(difference, event) : null;
    if (booked !== null) write(booked, event.at, false);
  }
  return entries;
}
