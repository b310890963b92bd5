import type { Truth } from "../discrepancies/truth.ts";
import type { FaultKind } from "../faults/fault.ts";

/** What the sandbox's clock shows. */
export interface ClockReading {
  /** The sandbox's time, ISO 8601 in UTC. */
  readonly now: string;
  /** The machine's time. */
  readonly machineTime: string;
  /** Events that are due later: expiries, settlements, reports. */
  readonly tasks: number;
}

/** A rule by which calls fail. */
export interface FaultRequest {
  /** Which calls: every method and every path when left out. A path stands for what lies below it too, and `*` for any text in a segment. */
  readonly match?: { readonly method?: string | undefined; readonly path?: string | undefined };
  readonly fault: FaultKind;
  /** HTTP status, 400 to 599; required for the fault `status`. */
  readonly status?: number | undefined;
  /** Reason code of the fault `status`. Default: the usual one of the status. */
  readonly reasonCode?: string | undefined;
  /** Seconds for a `Retry-After` header. */
  readonly retryAfter?: number | undefined;
  /** Delay of the fault `slow`, in milliseconds. Default 3000. */
  readonly delayMs?: number | undefined;
  /** Matching calls that pass first. Default 0. */
  readonly skip?: number | undefined;
  /** Matching calls that fail after that. Default 1. */
  readonly times?: number | "always" | undefined;
  /** Chance from 0 to 1, drawn from the sandbox's seed. Default: certainty. */
  readonly probability?: number | undefined;
}

/** Kinds of charge permission that can be made without a browser. */
export type PermissionType = "OneTime" | "Recurring" | "PaymentMethodOnFile";

/** A charge permission that is made without a browser. */
export interface PermissionRequest {
  readonly merchantId: string;
  /** Default `OneTime`. */
  readonly type?: PermissionType | undefined;
  /** Decimal text, such as `"49.90"`; required for `OneTime`. */
  readonly amount?: string | undefined;
  /** Default: the merchant's currency. */
  readonly currencyCode?: string | undefined;
  readonly merchantReferenceId?: string | undefined;
  /** Default `sandbox`. */
  readonly environment?: "sandbox" | "live" | undefined;
  /** Test card by id or last digits. Default `visa-1111`. */
  readonly instrument?: string | undefined;
  readonly recurringMetadata?: object | undefined;
}

/** What the buyer does in a checkout session. */
export interface BuyerRequest {
  readonly action: "sign-in" | "approve" | "cancel" | "decline" | "fail";
  readonly buyerId?: string | undefined;
  /** Test card by id or last digits. */
  readonly instrument?: string | undefined;
  /** Id of a test address, several of them, or an address. */
  readonly shippingAddress?: string | readonly string[] | object | undefined;
}

/** A dispute that the buyer opens. */
export interface ChargebackRequest {
  /** Decimal text. Default: all that was captured. */
  readonly amount?: string | undefined;
  /** Default `Chargeback`. */
  readonly type?: "Chargeback" | "AtoZClaim" | undefined;
  readonly filingReason?: string | undefined;
}

/** A discrepancy for the next report; `GET /discrepancies` lists the kinds. */
export interface DiscrepancyRequest {
  readonly kind: string;
  /** Default: whichever merchant's report is next. */
  readonly merchantId?: string | undefined;
  readonly reportType?: string | undefined;
}

type Shown = Readonly<Record<string, unknown>>;

/** The calls that tests use most, by method and path: what they take and what they answer. */
export interface ControlCalls {
  "GET /clock": { readonly answer: ClockReading };
  "POST /clock": {
    readonly body: { readonly advance: string } | { readonly now: string };
    readonly answer: ClockReading;
  };
  "GET /faults": { readonly answer: { readonly faults: readonly Shown[]; readonly hits: readonly Shown[] } };
  "POST /faults": { readonly body: FaultRequest; readonly answer: Shown & { readonly faultId: string } };
  "DELETE /faults": { readonly answer: { readonly removed: number } };
  "POST /charge-permissions": {
    readonly body: PermissionRequest;
    readonly answer: { readonly chargePermissionId: string };
  };
  [buyer: `POST /checkout-sessions/${string}/buyer`]: {
    readonly body: BuyerRequest;
    readonly answer: { readonly redirectUrl: string | null };
  };
  [chargeback: `POST /charges/${string}/chargeback`]: {
    readonly body: ChargebackRequest;
    readonly answer: { readonly disputeId: string };
  };
  "POST /buyer-tokens": {
    readonly body: {
      readonly merchantId: string;
      readonly buyerId?: string | undefined;
      readonly environment?: "sandbox" | "live" | undefined;
      readonly scopes?: readonly string[] | undefined;
    };
    readonly answer: { readonly buyerToken: string; readonly expirationTimestamp: string };
  };
  "POST /settlements": {
    readonly body: {
      readonly merchantId: string;
      readonly environment?: "sandbox" | "live" | undefined;
      readonly currencyCode?: string | undefined;
    };
    readonly answer: { readonly settlements: readonly Shown[] };
  };
  "POST /discrepancies": {
    readonly body: DiscrepancyRequest;
    readonly answer: Shown & { readonly discrepancyId: string };
  };
  [truth: `GET /truth?merchantId=${string}`]: { readonly answer: Truth };
  "GET /events": { readonly answer: { readonly events: readonly Shown[] } };
  "POST /reset": { readonly answer: { readonly status: "reset" } };
}

type CallOf<Method extends string, Path extends string> = `${Method} ${Path}` extends keyof ControlCalls
  ? ControlCalls[`${Method} ${Path}`]
  : unknown;

/** Methods and paths for completion; any other text will do as well. */
type Known<Text extends string> = Text | (string & {});
type PathOf<Call> = Call extends `${string} ${infer Path}` ? Path : never;

/**
 * Calls the control plane in this process. Paths are those below `/_sandbox`. The calls of {@link ControlCalls} are typed;
 * every other call works as well, with an answer of type `unknown`.
 *
 * @throws ControlError
 *
 * @example
 * await sandbox.control("POST", "/clock", { advance: "P31D" });
 * await sandbox.control("POST", "/faults", { match: { path: "/v2/charges" }, fault: "status", status: 503, times: 2 });
 */
export type Control = <
  Method extends Known<"GET" | "POST" | "PUT" | "DELETE">,
  Path extends Known<PathOf<keyof ControlCalls>>,
>(
  method: Method,
  path: Path,
  body?: CallOf<Method, Path> extends { readonly body: infer Body } ? Body : unknown,
) => Promise<CallOf<Method, Path> extends { readonly answer: infer Answer } ? Answer : unknown>;
