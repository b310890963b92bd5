import type { Kysely } from "kysely";
import type { Schema } from "../../../store/schema/index.ts";
import type { ReportState } from "../../../store/schema/reports.ts";

/** Moves every report that delivered a file from one of some states to another. */
export async function moveReportsOfFile(
  db: Kysely<Schema>,
  place: { readonly accountId: string; readonly fileId: number },
  from: readonly ReportState[],
  to: ReportState,
  reason: string | null,
): Promise<void> {
  await db
    .updateTable("report")
    .set({ state: to, state_reason: reason })
    .where("account_id", "=", place.accountId)
    .where("state", "in", from)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("report_file")
          .select("report_file.file_id")
          .whereRef("report_file.account_id", "=", "report.account_id")
          .whereRef("report_file.source", "=", "report.source")
          .whereRef("report_file.report_id", "=", "report.report_id")
          .where("report_file.file_id", "=", place.fileId),
      ),
    )
    .execute();
}
