import type { NotificationBody } from "../envelope/read-envelope.ts";
import { NotificationError } from "../errors.ts";
import type { ChangeNotification, Notification, SubscriptionEnd, SubscriptionRequest } from "../event.ts";
import { checkOptions } from "../options.ts";
import { claimMessage } from "../replay/claim.ts";
import { confirmSubscription } from "../subscription.ts";
import { type VerifyOptions, verifyGenuine } from "../verify.ts";
import { ACCEPTED, CUT_OFF, FAILED, type HandlerAnswer, TOO_LONG, refusalOf } from "./answer.ts";

/** What a handler does with notifications. */
export interface HandlerOptions extends VerifyOptions {
  /**
   * Called once for each change. Put the object's id on a queue and return: the sender waits only seconds. When it
   * throws, the sender is asked to deliver again.
   */
  readonly onChange: (notification: ChangeNotification) => void | Promise<void>;
  /** Called for requests to confirm a subscription and for the end of one. */
  readonly onSubscription?: (notification: SubscriptionRequest | SubscriptionEnd) => void | Promise<void>;
  /**
   * Whether to confirm subscriptions by calling their address. Default `false`. Needs `topics`: otherwise anybody could
   * subscribe this endpoint to a topic of theirs.
   */
  readonly confirmSubscriptions?: boolean;
  /** Told of every delivery that was refused and every failure of `onChange`, for the log. */
  readonly onError?: (error: unknown) => void;
  /** Milliseconds until another delivery may take over a message that was claimed and not finished. Default: 5 minutes. */
  readonly leaseMs?: number;
}

/** Refuses options that are missing or contradict each other, before the first notification comes. */
export function checkHandlerOptions(options: HandlerOptions): void {
  if (typeof (options as Partial<HandlerOptions> | undefined)?.onChange !== "function") {
    throw new NotificationError(
      "notification.bad-option",
      "`onChange` is needed: a function that is called with each change",
    );
  }
  checkOptions(options);
  if (options.confirmSubscriptions !== true || (options.topics ?? []).length > 0) return;
  throw new NotificationError(
    "notification.bad-option",
    "`confirmSubscriptions` needs `topics`: without them anybody could subscribe this endpoint to a topic of theirs",
  );
}

async function deliver(notification: Notification, options: HandlerOptions): Promise<void> {
  if (notification.type === "Notification") return options.onChange(notification);
  if (notification.type === "SubscriptionConfirmation" && options.confirmSubscriptions === true) {
    await confirmSubscription(notification, options);
  }
  return options.onSubscription?.(notification);
}

/** Lets one delivery at a time have the message, and gives it back when the work fails. */
async function deliverOnce(notification: Notification, options: HandlerOptions): Promise<void> {
  const store = options.replayStore;
  if (store === undefined) return deliver(notification, options);
  try {
    await deliver(notification, options);
  } catch (error) {
    await store.release(notification.messageId);
    throw error;
  }
  await store.complete(notification.messageId);
}

async function claimed(body: NotificationBody, options: HandlerOptions): Promise<Notification> {
  const notification = await verifyGenuine(body, options);
  if (options.replayStore !== undefined) await claimMessage(notification, options.replayStore, options);
  return notification;
}

/**
 * Verifies one delivery, hands it on, and says what to answer. The work of the handlers, for servers that fit neither.
 *
 * @example
 * const answer = await processNotification(body, { onChange: (notification) => queue.add(notification.objectId) });
 * reply.status(answer.status).headers(answer.headers).send(answer.text);
 * @throws NotificationError `notification.bad-option`
 */
export async function processNotification(body: NotificationBody, options: HandlerOptions): Promise<HandlerAnswer> {
  checkHandlerOptions(options);
  let notification: Notification;
  try {
    notification = await claimed(body, options);
  } catch (error) {
    const refused = error instanceof NotificationError;
    if (!refused || error.code !== "notification.repeated") await options.onError?.(error);
    return refused ? refusalOf(error.code) : FAILED;
  }
  try {
    await deliverOnce(notification, options);
    return ACCEPTED;
  } catch (error) {
    await options.onError?.(error);
    return FAILED;
  }
}

/** Reads a body and processes it. Rejects only when `onError` itself throws. */
export async function answerBody(
  read: () => Promise<NotificationBody | undefined>,
  options: HandlerOptions,
): Promise<HandlerAnswer> {
  let body: NotificationBody | undefined;
  try {
    body = await read();
  } catch (error) {
    await options.onError?.(error);
    return CUT_OFF;
  }
  return body === undefined ? TOO_LONG : processNotification(body, options);
}
