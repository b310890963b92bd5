import type {
  Charge,
  ChargePermission,
  CheckoutSession,
  Dispute,
  Refund,
  Report,
  Settlement,
  Transition,
} from "./objects/index.ts";
import type { ReportDraft, ReportPlan } from "./objects/report.ts";

/** What happened inside the engine, told at once and in order to every module that listens. */
export interface DomainEvents {
  "session.changed": { readonly session: CheckoutSession };
  "permission.changed": { readonly permission: ChargePermission };
  "charge.changed": { readonly charge: Charge };
  /** Money captured: books post a Capture. */
  "charge.captured": { readonly charge: Charge };
  /** An authorization ended without capture after it had succeeded: books post an Authorization fee. */
  "charge.uncaptured": { readonly charge: Charge };
  "refund.changed": { readonly refund: Refund };
  /** Money given back: books post a Refund. */
  "refund.refunded": { readonly refund: Refund };
  "dispute.changed": { readonly dispute: Dispute };
  /** Money taken (or given back, when the merchant won) for a dispute. */
  "dispute.posted": { readonly dispute: Dispute; readonly direction: "debit" | "credit" };
  /** `onRequest`: closed because somebody asked for it, and not by the clock. */
  "settlement.closed": { readonly settlement: Settlement; readonly onRequest: boolean };
  /** A report is about to be made; listeners may change the plan. */
  "report.planned": { readonly plan: ReportPlan };
  /** The contents of a report stand and are about to be written; listeners may change the draft. */
  "report.drafted": { readonly draft: ReportDraft };
  "report.changed": { readonly report: Report };
  /** Any object went from one state to another; the event log shows it beside the call that did it. */
  "object.moved": {
    readonly object: string;
    readonly id: string;
    readonly merchantId: string;
    readonly transition: Transition;
  };
  /** The state was read back, put back or emptied: forget what was worked out from it. */
  "state.replaced": Record<never, never>;
}

/** Synchronous announcements: listeners run in the order in which they were added. */
export class EventBus {
  readonly #listeners = new Map<string, ((event: never) => void)[]>();

  on<Name extends keyof DomainEvents>(name: Name, listener: (event: DomainEvents[Name]) => void): void {
    const known = this.#listeners.get(name) ?? [];
    known.push(listener as (event: never) => void);
    this.#listeners.set(name, known);
  }

  emit<Name extends keyof DomainEvents>(name: Name, event: DomainEvents[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) (listener as (told: DomainEvents[Name]) => void)(event);
  }
}
