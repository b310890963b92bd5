import { groupBy } from "@amazon-pay-kit/backports";
import { formatInstant } from "@amazon-pay-kit/money";
import { sql } from "kysely";
import { type ScopedBooks, within } from "../scope.ts";
import type { AccountRole } from "./account-role.ts";
import type { ClosedBooks } from "./closed-books.ts";
import type { JournalEntry } from "./entry.ts";
import { ROLE_OF_REASON } from "./explained.ts";
import { frozenEntries, remaining } from "./frozen-entries.ts";

/** A part of a transfer that arrived in another currency. */
interface Converted {
  readonly settlementId: string;
  readonly currency: string;
  readonly fileHash: string;
  readonly line: number;
  /** What was transferred, positive. */
  readonly sent: bigint;
  readonly depositId: number;
  readonly arrived: bigint;
  readonly depositCurrency: string;
  readonly bookedAt: number;
}

async function convertedTransfers({ context }: ScopedBooks, account: string): Promise<readonly Converted[]> {
  const { rows } = await sql<Record<keyof Converted, never>>`
    select r.settlement_id as "settlementId", r.currency, f.content_hash as "fileHash", r.line, -r.net_minor as sent,
      b.bank_line_id as "depositId", m.amount_minor as arrived, b.currency as "depositCurrency", b.booked_at as "bookedAt"
    from row_match m
    join settlement_row r on r.account_id = m.account_id and r.file_id = m.file_id and r.line = m.line
    join file f on f.account_id = r.account_id and f.file_id = r.file_id
    join bank_line b on b.account_id = m.account_id and cast(b.bank_line_id as text) = m.counterpart_id
    where m.account_id = ${account} and m.counterpart = 'bank' and b.currency <> r.currency
    order by b.booked_at, r.posted_at, r.settlement_id, b.bank_line_id
  `.execute(context.store.db);
  return rows.map((row: Record<keyof Converted, unknown>) => ({
    ...(row as unknown as Converted),
    sent: BigInt(row.sent as bigint),
    arrived: BigInt(row.arrived as bigint),
    bookedAt: Number(row.bookedAt),
  }));
}

/** Transfers and deposits that were matched together: what one says of them holds for all. */
function groupsOf(all: readonly Converted[]): readonly (readonly Converted[])[] {
  const groups: Converted[][] = [];
  for (const one of all) {
    const touched = groups.filter((group) =>
      group.some((other) => other.depositId === one.depositId || nameOf(other) === nameOf(one)),
    );
    for (const group of touched) groups.splice(groups.indexOf(group), 1);
    groups.push([...touched.flat(), one]);
  }
  return groups;
}

const nameOf = ({ settlementId, currency }: Converted): string => `settlement:${settlementId}:${currency}`;

/** What is decided of a conversion. */
interface Decision {
  readonly status: string;
  readonly reason: string | null;
  readonly at: number;
}

/** The `match.currency` exceptions of an account by what they are about. */
async function decisionsOf({ context }: ScopedBooks, account: string): Promise<ReadonlyMap<string, Decision>> {
  const rows = await context.store.db
    .selectFrom("exception")
    .select(["subject", "status", "reason", "changed_at"])
    .where("account_id", "=", account)
    .where("code", "=", "match.currency")
    .where("status", "<>", "resolved")
    .execute();
  return new Map(rows.map((row) => [row.subject, { status: row.status, reason: row.reason, at: row.changed_at }]));
}

/** On what account a conversion is booked, and when; null while nobody has said so. */
function bookingOf(
  group: readonly Converted[],
  decisions: ReadonlyMap<string, Decision>,
): { readonly role: AccountRole; readonly at: number; readonly why: string } | null {
  const decided = group.flatMap((one) => decisions.get(nameOf(one)) ?? []);
  const [decision] = decided;
  const arrived = Math.max(...group.map(({ bookedAt }) => bookedAt));
  // The account's bank converts every payout, and the rate is within what was said to be right.
  if (decision === undefined) return { role: "exchangeDifferences", at: arrived, why: "converted by the bank" };
  const role = ROLE_OF_REASON[decision.reason ?? ""];
  if (decision.status !== "explained" || role === undefined) return null;
  return { role, at: decision.at, why: `explained: ${decision.reason ?? ""}` };
}

/**
 * Transfers that arrived in another currency, each as two entries: what was sent leaves the way to the bank in its currency, and
 * what arrived in the other. Between the two stands the account of the exchange, in both currencies; so transit ends at zero in
 * each. They are booked on the day of the explanation, or of the deposit where the account's bank converts every payout.
 */
async function conversionsNow(books: ScopedBooks, account: string): Promise<readonly JournalEntry[]> {
  const { calendar } = books;
  const converted = await convertedTransfers(books, account);
  if (converted.length === 0) return [];
  const decisions = await decisionsOf(books, account);
  const entries: JournalEntry[] = [];
  for (const group of groupsOf(converted)) {
    const booking = bookingOf(group, decisions);
    if (booking === null) continue;
    const { role, at, why } = booking;
    // Deposits are booked on days, which are kept as midnight UTC.
    const day = why.startsWith("explained") ? calendar.dayOf(at) : formatInstant(at).slice(0, 10);
    const seen = new Set<string>();
    for (const one of group) {
      const base = {
        accountId: account,
        sources: [
          { settlementId: one.settlementId, fileHash: one.fileHash, lines: [one.line, one.line] as [number, number] },
        ],
        day,
        transactionId: null,
        orderId: null,
        clearingAfter: null,
      };
      const description = `Settlement ${one.settlementId} arrived in ${one.depositCurrency}, ${why}`;
      if (!seen.has(nameOf(one))) {
        seen.add(nameOf(one));
        entries.push({
          ...base,
          number: `X-${one.settlementId}`,
          currency: one.currency,
          description,
          postings: [
            { role: "transit", minor: -one.sent },
            { role, minor: one.sent },
          ],
        });
      }
      entries.push({
        ...base,
        number: `X-${one.settlementId}-${one.depositId}`,
        currency: one.depositCurrency,
        description,
        postings: [
          { role: "transit", minor: one.arrived },
          { role, minor: -one.arrived },
        ],
      });
    }
  }
  return entries;
}

const placeOf = ({ currency, sources }: JournalEntry): string => `${sources[0]?.settlementId ?? ""} ${currency}`;

/**
 * What is booked of conversions beside what closed months had: one that is decided or known only after its month was closed is
 * booked on the first day of the first open month, and what closed months had and is no more is taken back there.
 */
function stillToBook(
  now: readonly JournalEntry[],
  frozen: readonly JournalEntry[],
  closed: ClosedBooks,
): JournalEntry[] {
  const isClosed = (day: string): boolean => day >= `${closed.first}-01` && day < closed.openDay;
  const booked = groupBy(frozen, placeOf);
  const wanted = groupBy(now, placeOf);
  const entries: JournalEntry[] = [];
  for (const place of new Set([...wanted.keys(), ...booked.keys()])) {
    const [own = [], before = []] = [wanted.get(place), booked.get(place)];
    if (before.length === 0) {
      entries.push(...own.map((entry) => (isClosed(entry.day) ? { ...entry, day: closed.openDay } : entry)));
      continue;
    }
    const postings = remaining(
      own.flatMap((entry) => entry.postings),
      before,
    );
    const source = own.at(-1) ?? before.at(-1);
    if (postings.length === 0 || source === undefined) continue;
    const day = own.length > 0 && source.day > closed.openDay ? source.day : closed.openDay;
    const description = own.length > 0 ? source.description : `${source.description}, no longer so`;
    entries.push({ ...source, number: `${source.number}-A${before.length}`, day, description, postings });
  }
  return entries;
}

/** {@link conversionsNow}, with closed months as they were. */
export async function conversionEntries(
  books: ScopedBooks,
  account: string,
  closed: ClosedBooks | null,
): Promise<readonly JournalEntry[]> {
  const { scope, calendar } = books;
  const now = await conversionsNow(books, account);
  const frozen = frozenEntries(closed, "conversion");
  const all = closed === null ? now : [...frozen, ...stillToBook(now, frozen, closed)];
  return all.filter(
    ({ currency, day, sources }) =>
      (scope.settlementId === undefined || sources.some((one) => one.settlementId === scope.settlementId)) &&
      (scope.currency === undefined || scope.currency === currency) &&
      within(scope, calendar.startOf(day)),
  );
}
