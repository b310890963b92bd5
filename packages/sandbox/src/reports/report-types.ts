import type { KnownReportKind, ReportType } from "@amazon-pay-kit/reports";

/** What the service does with a report type. */
export interface ReportTypeFacts {
  readonly type: ReportType;
  readonly kind: KnownReportKind;
  /** Made by itself: with every settlement, or every midnight if anything changed. */
  readonly automatic: "settlement" | "daily" | "never";
  /** Whether it may be ordered; the strict environments are those in which the live service takes the order. */
  readonly orderable: boolean;
  readonly strictlyOrderableIn: readonly ("sandbox" | "live")[];
  /** Whether a schedule may be made for it. */
  readonly schedulable: boolean;
  readonly strictlySchedulableIn: readonly ("sandbox" | "live")[];
}

const LIVE = ["live"] as const;
const SANDBOX = ["sandbox"] as const;
const NOWHERE = [] as const;

/**
 * Every report type. Sources: report types of API v2 (creatable, schedulable), generation rules of the settlement and
 * transaction report document. The live service's own sandbox knows the sandbox settlement alone; without `strict` every
 * type works in every environment, and captures too, which the live API lists and does not deliver.
 */
export const REPORT_TYPE_FACTS: readonly ReportTypeFacts[] = [
  {
    type: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_",
    kind: "settlement",
    automatic: "settlement",
    orderable: false,
    strictlyOrderableIn: NOWHERE,
    schedulable: false,
    strictlySchedulableIn: NOWHERE,
  },
  {
    type: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SANDBOX_SETTLEMENT_DATA_",
    kind: "settlement",
    automatic: "never",
    orderable: true,
    strictlyOrderableIn: SANDBOX,
    schedulable: true,
    strictlySchedulableIn: SANDBOX,
  },
  {
    type: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_ORDER_REFERENCE_DATA_",
    kind: "order-reference",
    automatic: "daily",
    orderable: true,
    strictlyOrderableIn: LIVE,
    schedulable: true,
    strictlySchedulableIn: LIVE,
  },
  {
    type: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_BILLING_AGREEMENT_DATA_",
    kind: "billing-agreement",
    automatic: "never",
    orderable: true,
    strictlyOrderableIn: LIVE,
    schedulable: true,
    strictlySchedulableIn: LIVE,
  },
  {
    type: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_AUTHORIZATION_DATA_",
    kind: "authorization",
    automatic: "daily",
    orderable: true,
    strictlyOrderableIn: LIVE,
    schedulable: true,
    strictlySchedulableIn: LIVE,
  },
  {
    type: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_CAPTURE_DATA_",
    kind: "capture",
    automatic: "daily",
    orderable: true,
    strictlyOrderableIn: NOWHERE,
    schedulable: true,
    strictlySchedulableIn: NOWHERE,
  },
  {
    type: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_",
    kind: "refund",
    automatic: "daily",
    orderable: true,
    strictlyOrderableIn: LIVE,
    schedulable: true,
    strictlySchedulableIn: LIVE,
  },
  {
    type: "_GET_CSV_CUSTOM_OFFAMAZONPAYMENTS_MULTI_CURRENCY_PAYMENTS_DATA_",
    kind: "multi-currency",
    automatic: "never",
    orderable: true,
    strictlyOrderableIn: LIVE,
    schedulable: false,
    strictlySchedulableIn: NOWHERE,
  },
];

/** The types that are made every midnight. */
export const DAILY_TYPES = REPORT_TYPE_FACTS.filter((facts) => facts.automatic === "daily");

/** What is known about a type. */
export function reportTypeFacts(type: string): ReportTypeFacts | undefined {
  return REPORT_TYPE_FACTS.find((facts) => facts.type === type);
}

/** Whether a report of the type may be ordered. */
export function mayOrder(facts: ReportTypeFacts, environment: "sandbox" | "live", strict: boolean): boolean {
  return strict ? facts.strictlyOrderableIn.includes(environment) : facts.orderable;
}

/** Whether a schedule for the type may be made. */
export function maySchedule(facts: ReportTypeFacts, environment: "sandbox" | "live", strict: boolean): boolean {
  return strict ? facts.strictlySchedulableIn.includes(environment) : facts.schedulable;
}
