import { type Operation, throttleOf } from "@amazon-pay-kit/sdk/operations";
import { ServiceError } from "./service-error.ts";

interface Bucket {
  tokens: number;
  at: number;
}

/** Most buckets kept at a time; a full one is the same as none, so the oldest may go. */
const MOST_BUCKETS = 10_000;

/**
 * Leaky buckets with the published figures (docs/amazon-pay/errors.md), one per merchant, environment and operation. Operations
 * without a published figure are not limited.
 */
export class Throttles {
  readonly #buckets = new Map<string, Bucket>();

  /**
   * Takes one call out of its bucket.
   *
   * @throws ServiceError `TooManyRequests`
   */
  take(operation: Operation, merchantId: string, environment: "sandbox" | "live", now: number): void {
    const figures = throttleOf(operation.name)?.[environment];
    if (figures === undefined) return;
    const key = `${merchantId}/${environment}/${operation.name}`;
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      bucket = { tokens: figures.burst, at: now };
      if (this.#buckets.size >= MOST_BUCKETS) {
        for (const oldest of this.#buckets.keys()) {
          this.#buckets.delete(oldest);
          break;
        }
      }
      this.#buckets.set(key, bucket);
    }
    const refilled = (Math.max(0, now - bucket.at) * figures.perSecond) / 1000;
    bucket.tokens = Math.min(figures.burst, bucket.tokens + refilled);
    bucket.at = now;
    if (bucket.tokens < 1) throw new ServiceError("TooManyRequests", TOO_MANY);
    bucket.tokens -= 1;
  }

  /** Fills every bucket. */
  clear(): void {
    this.#buckets.clear();
  }
}

/** The service's message for a throttled call. */
export const TOO_MANY = "The request was denied due to request throttling.";
