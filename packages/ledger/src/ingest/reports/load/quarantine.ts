import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { raiseAlert } from "../../../outbox/alerts.ts";
import type { Store } from "../../../store/store.ts";
import { moveReportsOfFile } from "./report-state.ts";

/**
 * Sets a file aside that cannot be used as a whole. Its bytes stay in the archive; loading it again (with a newer version
 * of the kit, say) is allowed and takes it out.
 */
export async function quarantine(
  store: Store,
  clock: Clock,
  place: { readonly accountId: string; readonly fileId: number },
  reason: { readonly code: string; readonly message: string },
): Promise<void> {
  const { accountId, fileId } = place;
  await store.transaction(async (db) => {
    const file = await db
      .updateTable("file")
      .set({ quarantine_code: reason.code, quarantine_message: reason.message })
      .where("account_id", "=", accountId)
      .where("file_id", "=", fileId)
      .where("loaded_at", "is", null)
      .returning("archive_path")
      .executeTakeFirst();
    if (file === undefined) return;
    await moveReportsOfFile(db, place, ["archived"], "quarantined", `${reason.code}: ${reason.message}`);
    await raiseAlert(db, clock, {
      accountId,
      code: "report.quarantined",
      subject: file.archive_path,
      message: `${file.archive_path} cannot be used (${reason.code}): ${reason.message}`,
    });
  });
}
