import type { Clock } from "../clock/clock.ts";
import { systemClock } from "../clock/system.ts";
import type { TrustOptions } from "./certificate/check.ts";
import { DEFAULT_TIMEOUT, fetchedCertificates, withinTime } from "./certificate/source.ts";
import { transportFor } from "./certificate/transports.ts";
import { checkSubscribeUrl } from "./certificate/url.ts";
import { NotificationError } from "./errors.ts";
import type { SubscriptionEnd, SubscriptionRequest } from "./event.ts";

/** How a subscription is confirmed: as {@link TrustOptions} say how certificates are fetched. */
export interface ConfirmOptions extends Pick<TrustOptions, "fetch" | "ca" | "trustedHosts" | "timeoutMs"> {
  /** Default: the machine's clock. */
  readonly clock?: Clock;
}

/**
 * Says yes to a subscription, or renews an ended one, by calling the address in the verified notification.
 *
 * @example
 * if (notification.type === "SubscriptionConfirmation") await confirmSubscription(notification);
 * @throws NotificationError `notification.untrusted-url`, `notification.unconfirmed`
 */
export async function confirmSubscription(
  notification: SubscriptionRequest | SubscriptionEnd,
  options: ConfirmOptions = {},
): Promise<void> {
  const url = checkSubscribeUrl(notification.subscribeUrl, options.trustedHosts ?? []);
  const get = fetchedCertificates(transportFor(url, options));
  const timely = withinTime(get, options.clock ?? systemClock, options.timeoutMs ?? DEFAULT_TIMEOUT);
  await timely(url, new AbortController().signal).catch((cause: unknown) => {
    throw new NotificationError(
      "notification.unconfirmed",
      `the subscription to ${notification.topicArn} could not be confirmed: ${url.host} did not answer with status 200`,
      { cause },
    );
  });
}
