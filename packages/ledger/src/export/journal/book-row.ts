import { roleOf } from "../../reconcile/scan/row-role.ts";
import { ACCOUNT_ROLES, type AccountRole, ROLE_OF_TYPE } from "./account-role.ts";
import type { Posting } from "./entry.ts";

/** What is booked of a row, or of the rows of one kind together. */
export interface BookedRow {
  readonly typeKey: string;
  /** Name of the store; null where the report names none. */
  readonly store: string | null;
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
    case "returned":
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
  const of = { type: row.typeKey, ...(row.store === null || row.store === "" ? {} : { store: row.store }) };
  const postings: Posting[] = [
    { role: "clearing", minor: row.net, ...of },
    { role: against, minor: -row.amount, ...of },
    { role: "fees", minor: row.amount - row.net, ...of },
  ];
  return merged(postings);
}

/** What tells one posting of a role from another: their accounts may differ by it. */
function kindOf({ role, type, store, tax }: Posting): string {
  return `${role}\u001f${type ?? ""}\u001f${store ?? ""}\u001f${tax ?? ""}`;
}

const PLACE: ReadonlyMap<AccountRole, number> = new Map(ACCOUNT_ROLES.map((role, index) => [role, index]));

/**
 * Postings with one for each role, type of row and store, in the order of the roles, without those that move nothing.
 */
export function merged(postings: readonly Posting[]): Posting[] {
  const sums = new Map<string, Posting>();
  for (const posting of postings) {
    const kind = kindOf(posting);
    const known = sums.get(kind);
    sums.set(kind, known === undefined ? posting : { ...known, minor: known.minor + posting.minor });
  }
  const moving = [...sums].filter(([, { minor }]) => minor !== 0n);
  return moving
    .toSorted(([kind, { role }], [otherKind, other]) => {
      const order = (PLACE.get(role) ?? 0) - (PLACE.get(other.role) ?? 0);
      return order === 0 ? (kind < otherKind ? -1 : 1) : order;
    })
    .map(([, posting]) => posting);
}

/** Postings with one for each role: what they come to, whatever rows they are of. */
export function byRole(postings: readonly Posting[]): Posting[] {
  return merged(postings.map(({ role, minor }) => ({ role, minor })));
}
