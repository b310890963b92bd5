import { type ApiResponse, Resource } from "../client/requester.ts";
import type { RequestOptions } from "../client/options.ts";
import { PagePromise } from "../client/page-promise.ts";
import { getDisbursements } from "../operations/groups/reports.ts";
import type { Disbursement, DisbursementPage, DisbursementQuery } from "../types/disbursement.ts";

/** Payouts to the merchant's bank. */
export class Disbursements extends Resource {
  /**
   * Lists payouts: await it for one page, iterate it for all.
   *
   * @example
   * for await (const payout of client.disbursements.list({ startTime: new Date(Date.UTC(2026, 0, 1)) })) use(payout);
   */
  list(query: DisbursementQuery = {}, options?: RequestOptions): PagePromise<DisbursementPage, Disbursement> {
    const page = (wanted: DisbursementQuery): Promise<ApiResponse<DisbursementPage>> =>
      this.requester.call(getDisbursements, { query: wanted, options });
    return new PagePromise(page(query), {
      operation: getDisbursements.name,
      items: ({ disbursements }) => disbursements,
      next: (nextToken) => page({ nextToken }),
    });
  }
}
