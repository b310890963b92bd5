import type { Selectable } from "kysely";
import type { AuditEventTable } from "../store/schema/audit.ts";
import type { Store } from "../store/store.ts";
import { AuditError } from "./append.ts";
import { auditHash, FIRST } from "./chain.ts";
import { type AuditEvent, auditEventOf } from "./event.ts";

/** What is wrong with a chain. */
export interface AuditBreak {
  /**
   * `missing`: a row was taken away before this one. `doubled`: two rows have this place. `link`: the row before has another hash than
   * this one says. `contents`: the row does not have the hash of its contents. `cut-off`: the hash that was kept is in no row.
   */
  readonly kind: "missing" | "doubled" | "link" | "contents" | "cut-off";
  /** Place in the chain at which it shows. */
  readonly position: number;
  /** What should stand there, and what does: places or hashes. */
  readonly expected: string;
  readonly found: string;
  /** The row as it is now; null where there is none. */
  readonly event: AuditEvent | null;
}

/** What came of a check. */
export interface AuditVerified {
  /** Rows that were looked at. */
  readonly rows: number;
  /** Hash of the last row, to be kept elsewhere; zeros while there is none. */
  readonly head: string;
  /** The first thing that is wrong; null when nothing is. */
  readonly broken: AuditBreak | null;
}

const AT_ONCE = 1000;

type Row = Selectable<AuditEventTable>;

/** What is wrong with a row, beside the one before it. */
function breakIn(row: Row, before: Pick<Row, "position" | "hash">): AuditBreak | null {
  const found = (kind: AuditBreak["kind"], expected: string, got: string): AuditBreak => {
    return { kind, position: row.position, expected, found: got, event: auditEventOf(row) };
  };
  const place = before.position + 1;
  if (row.position < place) return found("doubled", String(place), String(row.position));
  if (row.position > place) return found("missing", String(place), String(row.position));
  if (row.previous_hash !== before.hash) return found("link", before.hash, row.previous_hash);
  const hash = auditHash(row);
  return hash === row.hash ? null : found("contents", hash, row.hash);
}

/**
 * Walks the chain of who did what from its first row and says where it is broken first. A chain cannot show by itself that its end was
 * cut off, or that all of it was made anew: keep its head where nobody who can write the ledger can write, and give it here.
 *
 * @param kept hash of some row, as an earlier check gave it as the head
 * @throws AuditError `audit.bad-head` for a text that is no hash
 *
 * @example
 * const { broken, head } = await verifyAudit({ store }, "9ad975921c8b0f4d63c1e2a7b85d90f3146e7c2a5b8f0d93e6a1c4b7d2f5e809");
 */
export async function verifyAudit(
  { store }: { readonly store: Store },
  kept?: string | undefined,
): Promise<AuditVerified> {
  const wanted = kept?.trim().toLowerCase();
  if (wanted !== undefined && !/^[0-9a-f]{64}$/.test(wanted))
    throw new AuditError("audit.bad-head", `${JSON.stringify(kept)} is no hash: a head has 64 hexadecimal digits`);
  let before: Pick<Row, "account_id" | "position" | "hash"> = { account_id: "", position: 0, hash: FIRST };
  let rows = 0;
  let seen = wanted === undefined || wanted === FIRST;
  for (;;) {
    const { position, account_id: account } = before;
    const page = await store.db
      .selectFrom("audit_event")
      .selectAll()
      // Of a place that two rows have, the second may be on the next page.
      .$if(rows > 0, (query) =>
        query
          .where("position", ">=", position)
          .where((eb) => eb.or([eb("position", ">", position), eb("account_id", ">", account)])),
      )
      .orderBy("position")
      .orderBy("account_id")
      .limit(AT_ONCE)
      .execute();
    for (const row of page) {
      rows += 1;
      const broken = breakIn(row, before);
      if (broken !== null) return { rows, head: before.hash, broken };
      seen ||= row.hash === wanted;
      before = row;
    }
    if (page.length < AT_ONCE) break;
  }
  const { position, hash: head } = before;
  if (seen) return { rows, head, broken: null };
  const event = null;
  return { rows, head, broken: { kind: "cut-off", position, expected: wanted ?? "", found: head, event } };
}
