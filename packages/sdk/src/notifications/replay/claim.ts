import type { Clock } from "../../clock/clock.ts";
import { systemClock } from "../../clock/system.ts";
import { NotificationError } from "../errors.ts";
import type { Delivery } from "../event.ts";
import { DEFAULT_MAX_AGE, DEFAULT_MAX_SKEW, type WindowOptions } from "../window.ts";
import type { ReplayStore } from "./replay-store.ts";

/** How long a claim holds and a finished message is remembered. */
export interface ClaimOptions extends WindowOptions {
  readonly clock?: Clock;
  /** Milliseconds until another delivery may take a message over that was claimed and not finished. Default: 5 minutes. */
  readonly leaseMs?: number;
}

const DEFAULT_LEASE = 300_000;

/**
 * Claims a message for this process.
 *
 * @throws NotificationError `notification.repeated`, `notification.in-progress`
 */
export async function claimMessage(delivery: Delivery, store: ReplayStore, options: ClaimOptions): Promise<void> {
  const now = (options.clock ?? systemClock).now();
  const result = await store.claim(delivery.messageId, {
    now,
    leaseUntil: now + (options.leaseMs ?? DEFAULT_LEASE),
    keepUntil: now + (options.maxAgeMs ?? DEFAULT_MAX_AGE) + (options.maxSkewMs ?? DEFAULT_MAX_SKEW),
  });
  if (result === "claimed") return;
  throw result === "done"
    ? new NotificationError("notification.repeated", `message ${delivery.messageId} was dealt with before`)
    : new NotificationError(
        "notification.in-progress",
        `message ${delivery.messageId} is being dealt with at this moment; a later delivery may find it finished`,
      );
}
