import { formatInstant } from "@amazon-pay-kit/money";
import { type Kysely, sql } from "kysely";
import type { Schema } from "../../store/schema/index.ts";
import type { Month } from "./freeze.ts";

/** What of an account's settlement reports is missing for a month; empty where they are complete, null where there are none at all. */
export async function missingReports(
  db: Kysely<Schema>,
  accountId: string,
  month: Month,
): Promise<readonly string[] | null> {
  const { rows } = await sql<{ currency: string; reach: number | null; left: bigint }>`
    select s.currency, max(s.end_at) as reach,
      (select l.closing_minor from settlement l where l.account_id = ${accountId} and l.currency = s.currency
        order by l.end_at desc, l.settlement_id desc limit 1) as left
    from settlement s where s.account_id = ${accountId} group by s.currency order by s.currency
  `.execute(db);
  if (rows.length === 0) return null;
  const reach = Math.max(...rows.map((row) => row.reach ?? 0));
  // A currency in which nothing is left and nothing has come since is at its end; the account as a whole must reach further.
  const short = rows.filter(
    (row) => (row.reach ?? 0) < month.until && (reach < month.until || BigInt(row.left) !== 0n),
  );
  const gaps = await db
    .selectFrom("coverage")
    .select(["from_at", "to_at", "status", "report_type"])
    .where("account_id", "=", accountId)
    .where("report_type", "like", "%SETTLEMENT%")
    .where("status", "in", ["missing", "late"])
    .where("from_at", "<", month.until)
    .where("to_at", ">", month.from)
    .orderBy("from_at")
    .execute();
  const broken = await db
    .selectFrom("file")
    .select(["archive_path", "quarantine_message"])
    .where("account_id", "=", accountId)
    .where("kind", "=", "settlement")
    .where("loaded_at", "is", null)
    .where("quarantine_code", "is not", null)
    .where("quarantine_code", "<>", "file.withdrawn")
    .where((eb) => eb.or([eb("window_start_at", "is", null), eb("window_start_at", "<", month.until)]))
    .where((eb) => eb.or([eb("window_end_at", "is", null), eb("window_end_at", ">", month.from)]))
    .execute();
  const unreadable = await db
    .selectFrom("file")
    .select(["archive_path", "error_count"])
    .where("account_id", "=", accountId)
    .where("kind", "=", "settlement")
    .where("loaded_at", "is not", null)
    .where("row_count", "=", 0)
    .where("error_count", ">", 0)
    .where((eb) => eb.or([eb("window_start_at", "is", null), eb("window_start_at", "<", month.until)]))
    .where((eb) => eb.or([eb("window_end_at", "is", null), eb("window_end_at", ">", month.from)]))
    .execute();
  return [
    ...short.map(
      (row) =>
        `the settlement reports in ${row.currency} reach to ${formatInstant(row.reach ?? 0)}, not to the end of the month`,
    ),
    ...gaps.map(
      (gap) => `settlement reports from ${formatInstant(gap.from_at)} to ${formatInstant(gap.to_at)} are ${gap.status}`,
    ),
    ...unreadable.map((file) => `none of the ${file.error_count} rows of ${file.archive_path} can be read`),
    ...broken.map((file) => `${file.archive_path} could not be loaded: ${file.quarantine_message ?? ""}`),
  ];
}
