import { findInstrument } from "../test-data/index.ts";
import { APPROVED, type ChargeOutcome } from "../engine/payments/charges.ts";
import type { SessionCancelReason } from "../engine/sessions/index.ts";
import { ServiceError } from "./service-error.ts";

/** What a simulation code makes of an operation. */
export type Simulation =
  | { readonly kind: "charge"; readonly outcome: ChargeOutcome }
  | { readonly kind: "session"; readonly reason: SessionCancelReason }
  | { readonly kind: "close"; readonly reason: string }
  | { readonly kind: "refund"; readonly reason: "AmazonRejected" | "ProcessingFailure" };

interface SimulationRow {
  readonly operation: string;
  readonly code: string;
  readonly simulation: Simulation;
  /** Our own code: refused when the sandbox is strict, because the live service's sandbox does not know it. */
  readonly own?: true;
}

const charge = (outcome: ChargeOutcome): Simulation => ({ kind: "charge", outcome });
const declined = (reasonCode: Extract<ChargeOutcome, { kind: "declined" }>["reasonCode"]): Simulation =>
  charge({ kind: "declined", reasonCode });
const pending = (reasonCode: Extract<ChargeOutcome, { kind: "pending" }>["reasonCode"]): Simulation =>
  charge({ kind: "pending", reasonCode });
const capturePending = charge({ kind: "capture-pending", reasonCode: null });
const captureFails = charge({ kind: "capture-pending", reasonCode: "ProcessingFailure" });

/**
 * Codes of `x-amz-pay-simulation-code` (docs/amazon-pay/sandbox.md). The names of the `Pending…` codes of Create Charge and of the
 * refund codes are unknown: those marked as our own are made up in their likeness (decisions/0030-sandbox-unknowns.md).
 */
const SIMULATIONS: readonly SimulationRow[] = [
  ...(["BuyerCanceled", "AmazonCanceled", "Declined"] as const).map((reason): SimulationRow => ({
    operation: "completeCheckoutSession",
    code: reason,
    simulation: { kind: "session", reason },
  })),
  { operation: "completeCheckoutSession", code: "AuthorizationInitiated", simulation: pending(null) },
  { operation: "createCharge", code: "SoftDeclined", simulation: declined("SoftDeclined") },
  { operation: "createCharge", code: "HardDeclined", simulation: declined("HardDeclined") },
  { operation: "createCharge", code: "AmazonRejected", simulation: declined("AmazonRejected") },
  { operation: "createCharge", code: "TransactionTimedOut", simulation: declined("TransactionTimedOut") },
  { operation: "createCharge", code: "CaptureInitiated", simulation: capturePending },
  { operation: "createCharge", code: "AuthorizationInitiated", simulation: pending(null), own: true },
  { operation: "createCharge", code: "PendingAuthorized", simulation: pending(null), own: true },
  { operation: "createCharge", code: "PendingSoftDeclined", simulation: pending("SoftDeclined"), own: true },
  { operation: "createCharge", code: "PendingHardDeclined", simulation: pending("HardDeclined"), own: true },
  { operation: "createCharge", code: "PendingAmazonRejected", simulation: pending("AmazonRejected"), own: true },
  {
    operation: "createCharge",
    code: "PendingTransactionTimedOut",
    simulation: pending("TransactionTimedOut"),
    own: true,
  },
  { operation: "createCharge", code: "PendingProcessingFailure", simulation: pending("ProcessingFailure"), own: true },
  { operation: "createCharge", code: "ProcessingFailure", simulation: declined("ProcessingFailure"), own: true },
  { operation: "createCharge", code: "MFANotCompleted", simulation: declined("MFANotCompleted"), own: true },
  {
    operation: "createCharge",
    code: "PaymentMethodNotAllowed",
    simulation: declined("PaymentMethodNotAllowed"),
    own: true,
  },
  { operation: "captureCharge", code: "CaptureInitiated", simulation: capturePending },
  { operation: "captureCharge", code: "AmazonRejected", simulation: declined("AmazonRejected") },
  { operation: "captureCharge", code: "CaptureDeclined", simulation: captureFails, own: true },
  { operation: "closeChargePermission", code: "AmazonClosed", simulation: { kind: "close", reason: "AmazonClosed" } },
  {
    operation: "createRefund",
    code: "AmazonRejected",
    simulation: { kind: "refund", reason: "AmazonRejected" },
    own: true,
  },
  {
    operation: "createRefund",
    code: "ProcessingFailure",
    simulation: { kind: "refund", reason: "ProcessingFailure" },
    own: true,
  },
];

/** What a call that may be simulated says about itself. */
export interface SimulatedCall {
  readonly operation: { readonly name: string };
  readonly environment: "sandbox" | "live";
  readonly simulationCode: string | undefined;
  readonly settings: { readonly strict: boolean };
}

/**
 * What the call's simulation code asks for; undefined where there is none.
 *
 * @throws ServiceError `InvalidSandboxSimulationSpecified` for a code that the operation does not have, and for any in live
 */
export function simulationOf(call: SimulatedCall): Simulation | undefined {
  const { simulationCode } = call;
  if (simulationCode === undefined || simulationCode === "") return undefined;
  const row = SIMULATIONS.find(
    (candidate) => candidate.operation === call.operation.name && candidate.code === simulationCode,
  );
  if (call.environment === "live") throw wrongSimulation(simulationCode, "the live environment takes none");
  if (row === undefined || (row.own === true && call.settings.strict)) {
    const codes = codesOf(call.operation.name, call.settings.strict);
    const why = codes.length === 0 ? `${call.operation.name} takes none` : `must be one of ${codes.join(", ")}`;
    throw wrongSimulation(simulationCode, why);
  }
  return row.simulation;
}

/** How a charge ends: as the simulation code says, otherwise as the buyer's test card does (docs/amazon-pay/sandbox.md). */
export function chargeOutcome(
  call: SimulatedCall,
  instrumentId: string,
  region: "na" | "eu" | "jp",
  request: { readonly canHandlePendingAuthorization: boolean; readonly captureNow: boolean },
): ChargeOutcome {
  const simulation = simulationOf(call);
  if (simulation?.kind === "charge") {
    const { outcome } = simulation;
    const code = call.simulationCode ?? "";
    if (outcome.kind === "pending" && (!request.canHandlePendingAuthorization || request.captureNow)) {
      throw wrongSimulation(code, "needs canHandlePendingAuthorization: true, and no capture at once");
    }
    if (outcome.kind === "capture-pending" && !request.captureNow) {
      throw wrongSimulation(code, "needs captureNow: true");
    }
    return outcome;
  }
  return cardOutcome(instrumentId, region, request);
}

function cardOutcome(
  instrumentId: string,
  region: "na" | "eu" | "jp",
  request: { readonly canHandlePendingAuthorization: boolean; readonly captureNow: boolean },
): ChargeOutcome {
  const outcome = findInstrument(instrumentId, region)?.outcome ?? "success";
  switch (outcome) {
    case "success":
      return APPROVED;
    case "buyer-canceled":
      return { kind: "declined", reasonCode: "MFANotCompleted" };
    case "declined":
      return { kind: "declined", reasonCode: "HardDeclined" };
    case "pending-authorized":
    case "pending-declined":
      if (!request.canHandlePendingAuthorization || request.captureNow) {
        return { kind: "declined", reasonCode: "TransactionTimedOut" };
      }
      return { kind: "pending", reasonCode: outcome === "pending-declined" ? "HardDeclined" : null };
  }
}

/** The codes that an operation takes. */
export function codesOf(operation: string, strict: boolean): string[] {
  return SIMULATIONS.filter((row) => row.operation === operation && !(strict && row.own === true)).map(
    ({ code }) => code,
  );
}

const wrongSimulation = (code: string, why: string): ServiceError =>
  new ServiceError(
    "InvalidSandboxSimulationSpecified",
    `The sandbox simulation [${code}] is not valid for this operation and request: ${why}.`,
  );
