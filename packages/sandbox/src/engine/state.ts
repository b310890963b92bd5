import { Collection, type ChangeLog } from "./collection.ts";
import type {
  Charge,
  ChargePermission,
  CheckoutSession,
  Dispute,
  Merchant,
  Movement,
  Refund,
  Report,
  ReportDocument,
  ReportSchedule,
  Settlement,
} from "./objects/index.ts";
import type { ScheduledTask } from "./scheduled-task.ts";
import { subjectKey } from "./task-queue.ts";

/** Everything that the sandbox knows. Modules that need more of their own add a collection with {@link State.extra}. */
export class State {
  readonly #log: ChangeLog;
  readonly #extras = new Map<string, Collection<unknown>>();
  readonly #shared = new Map<string, Collection<unknown>>();
  readonly merchants: Collection<Merchant>;
  readonly checkoutSessions: Collection<CheckoutSession>;
  readonly chargePermissions: Collection<ChargePermission>;
  readonly charges: Collection<Charge>;
  readonly refunds: Collection<Refund>;
  readonly disputes: Collection<Dispute>;
  readonly movements: Collection<Movement>;
  readonly settlements: Collection<Settlement>;
  readonly reports: Collection<Report>;
  readonly reportDocuments: Collection<ReportDocument>;
  readonly reportSchedules: Collection<ReportSchedule>;
  readonly tasks: Collection<ScheduledTask>;

  constructor(log: ChangeLog) {
    this.#log = log;
    const merchant = (value: { readonly merchantId: string }): string => value.merchantId;
    this.merchants = new Collection("merchants", log);
    this.checkoutSessions = new Collection<CheckoutSession>("checkoutSessions", log).index("merchant", merchant);
    this.chargePermissions = new Collection<ChargePermission>("chargePermissions", log).index("merchant", merchant);
    this.charges = new Collection<Charge>("charges", log)
      .index("merchant", merchant)
      .index("permission", (charge) => charge.chargePermissionId);
    this.refunds = new Collection<Refund>("refunds", log)
      .index("merchant", merchant)
      .index("charge", (refund) => refund.chargeId);
    this.disputes = new Collection<Dispute>("disputes", log)
      .index("merchant", merchant)
      .index("charge", (dispute) => dispute.chargeId);
    this.movements = new Collection<Movement>("movements", log).index("merchant", merchant);
    this.settlements = new Collection<Settlement>("settlements", log).index("merchant", merchant);
    this.reports = new Collection<Report>("reports", log).index("merchant", merchant);
    this.reportDocuments = new Collection("reportDocuments", log);
    this.reportSchedules = new Collection<ReportSchedule>("reportSchedules", log).index("merchant", merchant);
    this.tasks = new Collection<ScheduledTask>("tasks", log).index("subject", subjectKey).orderedBy(({ due }) => due);
    for (const collection of this.collections()) this.#shared.set(collection.name, collection);
  }

  /** A collection of a module's own, made on first use; it is durable, snapshotted and reset with the rest. */
  extra<T>(name: string): Collection<T> {
    const known = this.#extras.get(name);
    if (known !== undefined) return known as Collection<T>;
    const made = new Collection<T>(name, this.#log);
    this.#extras.set(name, made as Collection<unknown>);
    return made;
  }

  /** The collection of a name, a module's own or one of those that all share. */
  named(name: string): Collection<unknown> {
    return this.#shared.get(name) ?? this.extra(name);
  }

  /** Every collection. */
  *collections(): Generator<Collection<unknown>> {
    for (const member of Object.values(this)) if (member instanceof Collection) yield member as Collection<unknown>;
    yield* this.#extras.values();
  }
}
