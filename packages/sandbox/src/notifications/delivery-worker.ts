import type { House } from "../module.ts";
import type { SigningCertificate } from "./certificate.ts";
import { deliverNotification } from "./delivery.ts";
import type { Notification } from "./notification.ts";
import { DELIVER, type Outbox } from "./outbox.ts";
import { isWorthAnotherTry, nextAttemptAt, RETRY_POLICIES, type AttemptResult } from "./retry-policy.ts";

/** Carries notifications out when the agenda says so, and puts further attempts on it. */
export class Courier {
  readonly #house: House;
  readonly #outbox: Outbox;
  readonly #certificate: () => Promise<SigningCertificate>;
  readonly #underWay = new Set<Promise<void>>();

  constructor(house: House, outbox: Outbox, certificate: () => Promise<SigningCertificate>) {
    this.#house = house;
    this.#outbox = outbox;
    this.#certificate = certificate;
    house.engine.handle(DELIVER, (item) => {
      const carried = this.#carry(item.subject, house.engine.now()).finally(() => {
        this.#underWay.delete(carried);
      });
      this.#underWay.add(carried);
    });
  }

  /** Resolves when nothing is under way; undefined when nothing is. */
  idle(): Promise<void> | undefined {
    return this.#underWay.size === 0 ? undefined : Promise.all(this.#underWay).then(() => undefined);
  }

  async #carry(notificationId: string, at: number): Promise<void> {
    const { engine } = this.#house;
    const notification = this.#outbox.notifications.get(notificationId);
    const merchant = engine.state.merchants.get(notification?.merchantId ?? "");
    if (notification === undefined || merchant === undefined) return;
    const result = await deliverNotification(this.#house, await this.#certificate(), notification, merchant);
    // A reset may have emptied the state meanwhile.
    const present = this.#outbox.notifications.get(notificationId);
    if (present !== undefined) this.#note(present, at, result);
  }

  #note(notification: Notification, at: number, result: AttemptResult): void {
    const attempts = [...notification.attempts, { at, result }];
    const accepted = result.outcome === "accepted";
    const noted: Notification = {
      ...notification,
      attempts,
      delivery: accepted || notification.delivery === "delivered" ? "delivered" : "failed",
      nextAttemptAt: null,
    };
    if (accepted && noted.copies > 0) {
      this.#outbox.schedule({ ...noted, copies: noted.copies - 1 }, at);
      return;
    }
    const policy = RETRY_POLICIES[this.#house.settings.notificationRetries];
    const next = isWorthAnotherTry(result) ? nextAttemptAt(policy, attempts[0]?.at ?? at, at) : undefined;
    if (next === undefined) this.#outbox.notifications.put(noted.notificationId, noted);
    else this.#outbox.schedule({ ...noted, delivery: noted.delivery === "delivered" ? "delivered" : "waiting" }, next);
  }
}
