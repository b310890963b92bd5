import type { ApiPromise } from "../client/api-promise.ts";
import type { RequestOptions } from "../client/options.ts";
import { contestDispute, createDispute, getDispute, updateDispute } from "../operations/groups/disputes.ts";
import type { Dispute, DisputeContest, DisputeCreate, DisputeUpdate } from "../types/dispute.ts";
import { Resource } from "./resource.ts";

/** Disputes about charges: payment service providers and merchants on Amazon's list (reference 3.29). */
export class Disputes extends Resource {
  /** Reports a dispute. */
  create(body: DisputeCreate, options?: RequestOptions): ApiPromise<Dispute> {
    return this.call(createDispute, { body, options });
  }

  /** Reads a dispute. */
  retrieve(disputeId: string, options?: RequestOptions): ApiPromise<Dispute> {
    return this.call(getDispute, { params: { disputeId }, options });
  }

  /** Reports how a dispute goes on. */
  update(disputeId: string, body: DisputeUpdate, options?: RequestOptions): ApiPromise<Dispute> {
    return this.call(updateDispute, { params: { disputeId }, body, options });
  }

  /** Hands in evidence: texts, and files uploaded before. */
  contest(disputeId: string, body: DisputeContest, options?: RequestOptions): ApiPromise<Dispute> {
    return this.call(contestDispute, { params: { disputeId }, body, options });
  }
}
