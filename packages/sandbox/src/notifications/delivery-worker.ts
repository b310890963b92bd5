import type { SandboxContext } from "../module.ts";
import type { SigningCertificate } from "./certificate.ts";
import { deliverNotification } from "./delivery.ts";
import type { Notification } from "./notification.ts";
import { DELIVER, type Outbox } from "./outbox.ts";
import { isWorthAnotherTry, nextAttemptAt, RETRY_POLICIES, type AttemptResult } from "./retry-policy.ts";

/** Carries notifications out when the schedule says so, and puts further attempts on it. */
export class DeliveryWorker {
  readonly #context: SandboxContext;
  readonly #outbox: Outbox;
  readonly #certificate: () => Promise<SigningCertificate>;
  readonly #underWay = new Set<Promise<void>>();

  constructor(context: SandboxContext, outbox: Outbox, certificate: () => Promise<SigningCertificate>) {
    this.#context = context;
    this.#outbox = outbox;
    this.#certificate = certificate;
    context.engine.handle(DELIVER, (item) => {
      const carried = this.#attempt(item.subject, context.engine.now()).finally(() => {
        this.#underWay.delete(carried);
      });
      this.#underWay.add(carried);
    });
  }

  /** Resolves when nothing is under way; undefined when nothing is. */
  idle(): Promise<void> | undefined {
    return this.#underWay.size === 0 ? undefined : Promise.all(this.#underWay).then(() => undefined);
  }

  async #attempt(notificationId: string, at: number): Promise<void> {
    const { engine } = this.#context;
    const notification = this.#outbox.notifications.get(notificationId);
    const merchant = engine.state.merchants.get(notification?.merchantId ?? "");
    if (notification === undefined || merchant === undefined) return;
    const result = await deliverNotification(this.#context, await this.#certificate(), notification, merchant);
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
    const policy = RETRY_POLICIES[this.#context.settings.notificationRetries];
    const next = isWorthAnotherTry(result) ? nextAttemptAt(policy, attempts[0]?.at ?? at, at) : undefined;
    if (next === undefined) this.#outbox.notifications.put(noted.notificationId, noted);
    else this.#outbox.schedule({ ...noted, delivery: noted.delivery === "delivered" ? "delivered" : "waiting" }, next);
  }
}
