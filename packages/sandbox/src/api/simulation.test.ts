import { OPERATIONS, SIMULATION_CODES } from "@amazon-pay-kit/sdk/operations";
import { expect, test } from "vitest";
import { chargeOutcome, codesOf, simulationOf, type SimulatedCall } from "./simulation.ts";

const call = (name: string, simulationCode: string, more: Partial<SimulatedCall> = {}): SimulatedCall => ({
  operation: { name },
  environment: "sandbox",
  simulationCode,
  settings: { strict: false },
  ...more,
});

test("the client's codes are the sandbox's, operation by operation", () => {
  const ours = OPERATIONS.map(({ name }) => [name, codesOf(name, false)] as const).filter(
    ([, codes]) => codes.length > 0,
  );
  const sorted = (codes: readonly string[]): string[] => [...codes].sort();
  expect(Object.fromEntries(ours.map(([name, codes]) => [name, sorted(codes)]))).toEqual(
    Object.fromEntries(Object.entries(SIMULATION_CODES).map(([name, codes]) => [name, sorted(codes)])),
  );
});

test.each([
  [call("createRefund", "Foo"), "must be one of AmazonRejected, ProcessingFailure"],
  [call("cancelCharge", "SoftDeclined"), "cancelCharge takes none"],
  [call("createCharge", "SoftDeclined", { environment: "live" }), "the live environment takes none"],
  [
    call("captureCharge", "CaptureDeclined", { settings: { strict: true } }),
    "must be one of CaptureInitiated, AmazonRejected.",
  ],
])("a code that does not fit is refused with what would: %j", (wrong, why) => {
  expect(() => simulationOf(wrong)).toThrow(why);
});

test("a code that needs more of the request says what", () => {
  const request = { canHandlePendingAuthorization: false, captureNow: false };
  const outcome = (code: string) => () => chargeOutcome(call("createCharge", code), "visa-1111", "na", request);
  expect(outcome("PendingAuthorized")).toThrow("needs canHandlePendingAuthorization: true");
  expect(outcome("CaptureInitiated")).toThrow("needs captureNow: true");
});
