import { addDuration, HOUR, parseDuration } from "@amazon-pay-kit/money";
import type { Collection } from "../engine/collection.ts";
import type { Engine } from "../engine/engine.ts";
import type { Mischief } from "./delivery-faults.ts";
import type { Notification } from "./notification.ts";

/** Agenda items of notifications; the subject is the notification, or the rule that holds some back. */
export const DELIVER = "notification.deliver";
const RELEASE = "notification.release";

/** How long a notification is held when the others of its reordering do not come: one hour, in milliseconds. */
const LONGEST_HOLD = HOUR;

/** How many notifications are kept to be looked at. */
const KEPT = 10_000;

/** A notification as it comes from a change. */
export type NewNotification = Omit<
  Notification,
  "mischief" | "delivery" | "heldBy" | "copies" | "attempts" | "nextAttemptAt"
>;

/** Notifications on their way, and what was asked to go wrong with the next ones. */
export class Outbox {
  readonly #engine: Engine;
  readonly notifications: Collection<Notification>;
  readonly #mischief: Collection<Mischief>;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.notifications = engine.state
      .extra<Notification>("notifications")
      .index("merchant", (notification) => notification.merchantId);
    this.#mischief = engine.state.extra<Mischief>("notifications.mischief");
    engine.handle(RELEASE, (item) => {
      this.#release(item.subject);
    });
  }

  /** Takes a notification and puts its delivery on the agenda. */
  post(notification: NewNotification): void {
    const posted: Notification = {
      ...notification,
      mischief: [],
      delivery: "waiting",
      heldBy: null,
      copies: 0,
      attempts: [],
      nextAttemptAt: null,
    };
    const found = this.#takeMischief(posted.merchantId);
    if (found === undefined) this.#schedule(posted, this.#engine.now());
    else this.#play(posted, found.ruleId, found.mischief);
    this.#forgetOldest();
  }

  /** Puts an attempt on the agenda. */
  schedule(notification: Notification, at: number): void {
    this.#schedule({ ...notification }, at);
  }

  /** Asks for mischief with a merchant's next notifications. */
  plan(mischief: Mischief): string {
    const ruleId = this.#engine.uuid();
    this.#mischief.put(ruleId, mischief);
    return ruleId;
  }

  /** What is planned, in order. */
  plans(): Mischief[] {
    return [...this.#mischief.values()];
  }

  /** Gives up what is planned, and lets held notifications go. */
  calmDown(): number {
    const held = new Set([...this.notifications.values()].flatMap((notification) => notification.heldBy ?? []));
    for (const ruleId of held) this.#release(ruleId);
    const planned = this.#mischief.size;
    this.#mischief.clear();
    return planned;
  }

  #schedule(notification: Notification, at: number): void {
    this.notifications.put(notification.notificationId, { ...notification, nextAttemptAt: at });
    this.#engine.schedule(at, DELIVER, notification.notificationId);
  }

  #takeMischief(merchantId: string): { readonly ruleId: string; readonly mischief: Mischief } | undefined {
    for (const [ruleId, mischief] of this.#mischief.entries()) {
      if (mischief.merchantId !== merchantId) continue;
      const times = mischief.times - 1;
      if (times === 0) this.#mischief.delete(ruleId);
      else this.#mischief.put(ruleId, { ...mischief, times });
      return { ruleId, mischief: { ...mischief, times } };
    }
    return undefined;
  }

  #play(notification: Notification, ruleId: string, mischief: Mischief): void {
    const engine = this.#engine;
    const done = [
      ...(mischief.lose ? ["lost"] : []),
      ...(mischief.duplicate > 0 ? [`duplicated ${mischief.duplicate} times`] : []),
      ...(mischief.delay === "PT0S" ? [] : [`delayed by ${mischief.delay}`]),
      ...(mischief.reorder > 0 ? [`one of ${mischief.reorder} in reverse order`] : []),
    ];
    const due = addDuration(engine.now(), parseDuration(mischief.delay));
    const changed: Notification = { ...notification, mischief: done, copies: mischief.duplicate };
    if (mischief.lose) {
      this.notifications.put(changed.notificationId, { ...changed, delivery: "lost" });
    } else if (mischief.reorder > 0) {
      const held: Notification = { ...changed, delivery: "held", heldBy: ruleId, nextAttemptAt: due };
      this.notifications.put(held.notificationId, held);
      if (mischief.times === 0) this.#release(ruleId);
      else if (mischief.times === mischief.reorder - 1) engine.schedule(due + LONGEST_HOLD, RELEASE, ruleId);
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
