import { roleOf } from "../../reconcile/scan/row-role.ts";
import { ACCOUNT_ROLES, type AccountRole, ROLE_OF_TYPE } from "./account-role.ts";
import type { Posting } from "./entry.ts";

/** What is booked of a row, or of the rows of one kind together. */
export interface BookedRow {
  readonly typeKey: string;
  readonly amount: bigint;
  readonly net: bigint;
}

/** The account that stands against the balance of Amazon Pay, by what the row does. */
function counterpart(row: BookedRow): AccountRole | null {
  const direction = row.net < 0n ? -1 : row.net > 0n ? 1 : 0;
  switch (roleOf(row.typeKey, direction)) {
    // The balance is on the clearing account already: it was left there by the settlement before.
    case "carried-in":
    case "debt-in":
      return null;
    case "released":
    case "held":
      return "reserve";
    case "payout":
      return "transit";
    case "collected":
      return "debt";
    default:
      return ROLE_OF_TYPE[row.typeKey] ?? "unknown";
  }
}

/**
 * Postings of a row. The net amount moves the balance; the gross amount stands against it, and what is between the two
 * is fees, whatever sign the file gives them.
 */
export function bookRow(row: BookedRow): Posting[] {
  const against = counterpart(row);
  if (against === null) return [];
  const postings: Posting[] = [
    { role: "clearing", minor: row.net },
    { role: against, minor: -row.amount },
    { role: "fees", minor: row.amount - row.net },
  ];
  return merged(postings);
}

/** Postings with one for each account, in the order of the roles, without those that move nothing. */
export function merged(postings: readonly Posting[]): Posting[] {
  const sums = new Map<AccountRole, bigint>();
  for (const { role, minor } of postings) sums.set(role, (sums.get(role) ?? 0n) + minor);
  return ACCOUNT_ROLES.flatMap((role) => {
    const minor = sums.get(role) ?? 0n;
    return minor === 0n ? [] : [{ role, minor }];
  });
}
