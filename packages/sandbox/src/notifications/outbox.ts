import { addDuration, HOUR, parseDuration } from "@amazon-pay-kit/money";
import type { Collection } from "../engine/collection.ts";
import type { Engine } from "../engine/engine.ts";
import type { DeliveryFaults } from "./delivery-faults.ts";
import type { Notification } from "./notification.ts";

/** Schedule items of notifications; the subject is the notification, or the rule that holds some back. */
export const DELIVER = "notification.deliver";
const RELEASE = "notification.release";

/** How long a notification is held when the others of its reordering do not come: one hour, in milliseconds. */
const LONGEST_HOLD = HOUR;

/** How many notifications are kept to be looked at. */
const KEPT = 10_000;

/** A notification as it comes from a change. */
export type NewNotification = Omit<
  Notification,
  "deliveryFaults" | "delivery" | "heldBy" | "copies" | "attempts" | "nextAttemptAt"
>;

/** Notifications on their way, and what was asked to go wrong with the next ones. */
export class Outbox {
  readonly #engine: Engine;
  readonly notifications: Collection<Notification>;
  readonly #deliveryFaults: Collection<DeliveryFaults>;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.notifications = engine.state
      .extra<Notification>("notifications")
      .index("merchant", (notification) => notification.merchantId);
    this.#deliveryFaults = engine.state.extra<DeliveryFaults>("notifications.delivery-faults");
    engine.handle(RELEASE, (item) => {
      this.#release(item.subject);
    });
  }

  /** Takes a notification and puts its delivery on the schedule. */
  post(notification: NewNotification): void {
    const posted: Notification = {
      ...notification,
      deliveryFaults: [],
      delivery: "waiting",
      heldBy: null,
      copies: 0,
      attempts: [],
      nextAttemptAt: null,
    };
    const found = this.#takeDeliveryFaults(posted.merchantId);
    if (found === undefined) this.#schedule(posted, this.#engine.now());
    else this.#play(posted, found.ruleId, found.deliveryFaults);
    this.#forgetOldest();
  }

  /** Puts an attempt on the schedule. */
  schedule(notification: Notification, at: number): void {
    this.#schedule({ ...notification }, at);
  }

  /** Asks for delivery faults with a merchant's next notifications. */
  plan(deliveryFaults: DeliveryFaults): string {
    const ruleId = this.#engine.uuid();
    this.#deliveryFaults.put(ruleId, deliveryFaults);
    return ruleId;
  }

  /** What is planned, in order. */
  plans(): DeliveryFaults[] {
    return [...this.#deliveryFaults.values()];
  }

  /** Gives up what is planned, and lets held notifications go. */
  calmDown(): number {
    const held = new Set([...this.notifications.values()].flatMap((notification) => notification.heldBy ?? []));
    for (const ruleId of held) this.#release(ruleId);
    const planned = this.#deliveryFaults.size;
    this.#deliveryFaults.clear();
    return planned;
  }

  #schedule(notification: Notification, at: number): void {
    this.notifications.put(notification.notificationId, { ...notification, nextAttemptAt: at });
    this.#engine.schedule(at, DELIVER, notification.notificationId);
  }

  #takeDeliveryFaults(
    merchantId: string,
  ): { readonly ruleId: string; readonly deliveryFaults: DeliveryFaults } | undefined {
    for (const [ruleId, deliveryFaults] of this.#deliveryFaults.entries()) {
      if (deliveryFaults.merchantId !== merchantId) continue;
      const times = deliveryFaults.times - 1;
      if (times === 0) this.#deliveryFaults.delete(ruleId);
      else this.#deliveryFaults.put(ruleId, { ...deliveryFaults, times });
      return { ruleId, deliveryFaults: { ...deliveryFaults, times } };
    }
    return undefined;
  }

  #play(notification: Notification, ruleId: string, deliveryFaults: DeliveryFaults): void {
    const engine = this.#engine;
    const done = [
      ...(deliveryFaults.lose ? ["lost"] : []),
      ...(deliveryFaults.duplicate > 0 ? [`duplicated ${deliveryFaults.duplicate} times`] : []),
      ...(deliveryFaults.delay === "PT0S" ? [] : [`delayed by ${deliveryFaults.delay}`]),
      ...(deliveryFaults.reorder > 0 ? [`one of ${deliveryFaults.reorder} in reverse order`] : []),
    ];
    const due = addDuration(engine.now(), parseDuration(deliveryFaults.delay));
    const changed: Notification = { ...notification, deliveryFaults: done, copies: deliveryFaults.duplicate };
    if (deliveryFaults.lose) {
      this.notifications.put(changed.notificationId, { ...changed, delivery: "lost" });
    } else if (deliveryFaults.reorder > 0) {
      const held: Notification = { ...changed, delivery: "held", heldBy: ruleId, nextAttemptAt: due };
      this.notifications.put(held.notificationId, held);
      if (deliveryFaults.times === 0) this.#release(ruleId);
      else if (deliveryFaults.times === deliveryFaults.reorder - 1)
        engine.schedule(due + LONGEST_HOLD, RELEASE, ruleId);
    } else {
      this.#schedule(changed, due);
    }
  }

  /** Sends what a rule holds, the last first. */
  #release(ruleId: string): void {
    this.#engine.unschedule(RELEASE, ruleId);
    const held = [...this.notifications.values()].filter((notification) => notification.heldBy === ruleId).reverse();
    for (const notification of held) {
      const due = Math.max(this.#engine.now(), notification.nextAttemptAt ?? 0);
      this.#schedule({ ...notification, delivery: "waiting", heldBy: null }, due);
    }
  }

  #forgetOldest(): void {
    if (this.notifications.size <= KEPT) return;
    for (const notification of this.notifications.values()) {
      if (notification.delivery === "waiting" || notification.delivery === "held") continue;
      this.notifications.delete(notification.notificationId);
      return;
    }
  }
}
