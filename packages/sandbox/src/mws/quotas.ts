import { HOUR, SECOND } from "@amazon-pay-kit/money";
import { MwsError } from "./mws-error.ts";

/** How often an action may be called. Source: throttling tables of the Reports API of MWS. */
export interface Quota {
  /** Calls at once. */
  readonly burst: number;
  /** Seconds after which one more call may be made. */
  readonly restoreSeconds: number;
  /** Calls in an hour. */
  readonly hourly: number;
}

interface Usage {
  tokens: number;
  at: number;
  /** Begin of the hour that is counted, and the calls in it. */
  hourAt: number;
  calls: number;
}

/** Counts calls per seller and action, in the way of a leaky bucket, and per hour. */
export class Quotas {
  readonly #usages = new Map<string, Usage>();

  /** Forgets all counts. */
  clear(): void {
    this.#usages.clear();
  }

  /**
   * Counts a call.
   *
   * @param enforce whether a call beyond the quota is refused; headers tell the count in any case
   * @returns the headers that tell how much is left
   * @throws MwsError `RequestThrottled`, `QuotaExceeded`
   */
  take(sellerId: string, action: string, quota: Quota, now: number, enforce: boolean): Record<string, string> {
    const key = `${sellerId}/${action}`;
    const usage = this.#usages.get(key) ?? { tokens: quota.burst, at: now, hourAt: now, calls: 0 };
    this.#usages.set(key, usage);
    const restored = Math.max(0, now - usage.at) / (quota.restoreSeconds * SECOND);
    usage.tokens = Math.min(quota.burst, usage.tokens + restored);
    usage.at = now;
    if (now - usage.hourAt >= HOUR || now < usage.hourAt) {
      usage.hourAt = now;
      usage.calls = 0;
    }
    if (enforce && usage.calls >= quota.hourly) {
      throw new MwsError(
        "QuotaExceeded",
        `You exceeded your quota of ${quota.hourly} requests per hour for ${action}.`,
      );
    }
    if (enforce && usage.tokens < 1) throw new MwsError("RequestThrottled", "Request is throttled.");
    usage.tokens = Math.max(0, usage.tokens - 1);
    usage.calls += 1;
    return {
      "x-mws-quota-max": quota.hourly.toFixed(1),
      "x-mws-quota-remaining": Math.max(0, quota.hourly - usage.calls).toFixed(1),
      "x-mws-quota-resetsOn": new Date(usage.hourAt + HOUR).toUTCString(),
    };
  }
}
