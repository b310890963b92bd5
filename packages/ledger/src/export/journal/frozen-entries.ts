import { formatAmount, parseAmount } from "@amazon-pay-kit/money";
import type { PeriodEntry } from "../../reconcile/periods/document.ts";
import type { AccountRole } from "./account-role.ts";
import { merged } from "./book-row.ts";
import type { ClosedBooks } from "./closed-books.ts";
import type { JournalEntry, Posting } from "./entry.ts";

/** An entry as the document of its month keeps it. */
export function frozenEntry(kind: PeriodEntry["kind"], entry: JournalEntry): PeriodEntry {
  const { number, currency, day, description, sources, adjusts } = entry;
  const [source] = sources;
  return {
    kind,
    ...(adjusts === undefined ? {} : { adjusts }),
    number,
    settlementId: source?.settlementId ?? "",
    currency,
    day,
    description,
    file: source?.fileHash ?? "",
    lines: source?.lines ?? [1, 1],
    postings: entry.postings.map(({ role, minor, type, store }) => ({
      role,
      amount: formatAmount(minor, currency),
      ...(type === undefined ? {} : { type }),
      ...(store === undefined ? {} : { store }),
    })),
  };
}

/** An entry as it was when its month was closed. */
function entryThen(accountId: string, then: PeriodEntry): JournalEntry {
  const { number, settlementId, currency, day, description, file, lines, adjusts } = then;
  return {
    accountId,
    number,
    sources: [{ settlementId, fileHash: file, lines }],
    currency,
    day,
    description,
    transactionId: null,
    orderId: null,
    postings: then.postings.map(({ amount, role, ...of }) => ({
      role: role as AccountRole,
      minor: parseAmount(amount, currency),
      ...of,
    })),
    clearingAfter: null,
    ...(adjusts === undefined ? {} : { adjusts }),
  };
}

/** The entries of a kind that closed months had, in the order of the months. */
export function frozenEntries(closed: ClosedBooks | null, kind: PeriodEntry["kind"]): readonly JournalEntry[] {
  return (closed?.months ?? []).flatMap(({ document }) =>
    (document.entries ?? []).filter((one) => one.kind === kind).map((one) => entryThen(closed?.accountId ?? "", one)),
  );
}

/** Postings the other way round. */
export function reversed(postings: readonly Posting[]): readonly Posting[] {
  return postings.map((posting) => ({ ...posting, minor: -posting.minor }));
}

/** What is still to be booked so that some entries come to what they should. */
export function remaining(wanted: readonly Posting[], booked: readonly JournalEntry[]): readonly Posting[] {
  return merged([...wanted, ...booked.flatMap(({ postings }) => reversed(postings))]);
}
