import { type AuditEvent, auditEventOf, type AuditWord } from "../audit/index.ts";
import { cursorOf, limitOf, type Page, type PageRequest, readCursor, type ViewContext } from "./view.ts";

/** Which changes are wanted. */
export interface AuditFilter {
  readonly accountId?: string | undefined;
  /** From this moment on. */
  readonly since?: number | undefined;
  readonly who?: string | undefined;
  readonly what?: AuditWord | undefined;
}

/**
 * Who changed what, the newest first.
 *
 * @throws ViewError `view.cursor`, `view.limit`
 *
 * @example
 * const { items } = await listAudit({ store }, { who: "mara", what: "exception.explained" });
 */
export async function listAudit({ store }: ViewContext, request: AuditFilter & PageRequest): Promise<Page<AuditEvent>> {
  const limit = limitOf(request);
  const [before] = readCursor(request, ["number"]) ?? [];
  const { accountId, since, who, what } = request;
  const rows = await store.db
    .selectFrom("audit_event")
    .selectAll()
    .$if(accountId !== undefined, (query) => query.where("account_id", "=", accountId ?? ""))
    .$if(since !== undefined, (query) => query.where("at", ">=", since ?? 0))
    .$if(who !== undefined, (query) => query.where("who", "=", who ?? ""))
    .$if(what !== undefined, (query) => query.where("what", "=", what ?? ""))
    .$if(before !== undefined, (query) => query.where("position", "<", Number(before)))
    .orderBy("position", "desc")
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map(auditEventOf);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? cursorOf([last.position]) : null };
}
