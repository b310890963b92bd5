import { sql } from "kysely";

/** Names of the columns that hold what a record says, whichever table it lies in. */
export const RECORD_CONTENT_COLUMNS = [
  "line",
  "source",
  "kind",
  "transaction_id",
  "parent_transaction_id",
  "reference_id",
  "permission_id",
  "order_id",
  "amount_minor",
  "currency",
  "occurred_at",
  "status",
  "revised_in",
] as const;

/** The same, as a list in a statement. */
export const RECORD_CONTENT = sql.join(RECORD_CONTENT_COLUMNS.map((name) => sql.ref(name)));
