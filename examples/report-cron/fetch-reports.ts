import { apiV2Source, type Ledger } from "@amazon-pay-kit/ledger";
import type { AmazonPay } from "@amazon-pay-kit/sdk";

/** Whose reports. */
export interface Shop {
  readonly name: string;
  readonly region: "na" | "eu" | "jp";
  readonly environment: "live" | "sandbox";
}

/** What a look brought, in lines for the mail that cron sends, and the exit status. */
export interface Look {
  readonly lines: readonly string[];
  readonly status: 0 | 1 | 3;
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/**
 * One look: everything new is downloaded, kept and loaded; then it says which days have no report yet, and which alerts are
 * open. It says nothing when all is well and nothing is new, so that cron sends no mail.
 */
export async function fetchReports(ledger: Ledger, pay: AmazonPay, shop: Shop): Promise<Look> {
  const { name: accountId, region, environment } = shop;
  const summary = await ledger.sync({ accounts: [{ accountId, region, environment, sources: [apiV2Source(pay)] }] });
  const gaps = (await ledger.coverage(accountId)).filter(({ status }) => status === "missing" || status === "late");
  const alerts = await ledger.store.db
    .selectFrom("alert")
    .select(["code", "message"])
    .where("account_id", "=", accountId)
    .where("cleared_at", "is", null)
    .execute();
  const { fetched, rows, rowErrors, failures } = summary;
  const lines = [
    ...(fetched > 0 ? [`${fetched} reports, ${rows} rows`] : []),
    ...failures.map(({ source, message }) => `${source} cannot be read: ${message}`),
    ...(rowErrors > 0 ? [`${rowErrors} rows cannot be read`] : []),
    ...gaps.map(({ reportType, status, from, to }) => `${status}: ${reportType} from ${day(from)} to ${day(to)}`),
    ...alerts.map(({ code, message }) => `${code}: ${message}`),
  ];
  if (failures.length > 0) return { lines, status: 3 };
  return { lines, status: rowErrors + gaps.length + alerts.length > 0 ? 1 : 0 };
}
