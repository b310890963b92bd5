import { type ApiPromise, Resource } from "../client/requester.ts";
import type { RequestOptions } from "../client/options.ts";
import { contestDispute, createDispute, getDispute, updateDispute } from "../operations/groups/disputes.ts";
import type { Dispute, DisputeContest, DisputeCreate, DisputeUpdate } from "../types/dispute.ts";
import type { DisputeId } from "../types/ids.ts";

/** Disputes about charges: payment service providers and merchants on Amazon's list. */
export class Disputes extends Resource {
  /**
   * Reports a dispute that a bank has filed.
   *
   * @example
   * await client.disputes.create({
   *   chargeId,
   *   disputeAmount: { amount: "14.00", currencyCode: "USD" },
   *   filingReason: "ProductNotReceived",
   *   filingTimestamp: 1769817600,
   *   statusDetails: { state: "ActionRequired", reasonCode: "MerchantResponseRequired" },
   * });
   */
  create(body: DisputeCreate, options?: RequestOptions): ApiPromise<Dispute> {
    return this.call(createDispute, options, { body });
  }

  /**
   * Reads a dispute.
   *
   * @throws NotFoundError
   */
  retrieve(disputeId: DisputeId, options?: RequestOptions): ApiPromise<Dispute> {
    return this.call(getDispute, options, { ids: [disputeId] });
  }

  /**
   * Reports how a dispute goes on, or how it ended.
   *
   * @example await client.disputes.update(id, { statusDetails: { state: "Resolved", resolution: "MerchantWon" } });
   * @throws NotFoundError
   */
  update(disputeId: DisputeId, body: DisputeUpdate, options?: RequestOptions): ApiPromise<Dispute> {
    return this.call(updateDispute, options, { ids: [disputeId], body });
  }

  /**
   * Hands in evidence, texts and files uploaded before: within 11 days of a chargeback, 7 days of a claim.
   *
   * @example
   * await client.disputes.contest(id, {
   *   merchantEvidences: [{ evidenceType: "TrackingNumber", evidenceText: "1Z999AA10123456784" }],
   * });
   * @throws NotFoundError, StateError
   */
  contest(disputeId: DisputeId, body: DisputeContest, options?: RequestOptions): ApiPromise<Dispute> {
    return this.call(contestDispute, options, { ids: [disputeId], body });
  }
}
