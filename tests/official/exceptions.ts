import type { Outcome } from "./runner.ts";

/** A test of the official suite that does not pass, here or anywhere. */
export interface Exception {
  readonly file: string;
  /** End of the full title. */
  readonly title: string;
  readonly state: Exclude<Outcome["state"], "passed">;
  /** What the test says; empty where it does not run. */
  readonly message: string;
  readonly reason: string;
}

/** Nothing of ours is switched off: the published suite comes with these tests that way, and is run as it comes. */
const SWITCHED_OFF = "the suite itself marks it with it.skip";
const MISSPELT =
  "it asks for a member whose name ends in a colon, chargePermissionReferenceId:, which no answer has; the member itself is there";
const UNDEFINED = "it reads a variable, expectedResponse, that its part of the suite does not define";

const skipped = (title: string): Exception => ({
  file: "webStoreClientTest.js",
  title,
  state: "skipped",
  message: "",
  reason: SWITCHED_OFF,
});
const failed = (title: string, message: string, reason: string): Exception => ({
  file: "webStoreClientTest.js",
  title,
  state: "failed",
  message,
  reason,
});

/** Every test of the official suite that does not pass, with the reason: mistakes of the suite, all of them. */
export const EXCEPTIONS: readonly Exception[] = [
  skipped("Validating Complete Checkout Session API"),
  skipped("Validating Complete Checkout Session API With V2 Algorithm"),
  skipped("Validating Close Charge Permission API"),
  skipped("Validating Close Charge Permission API with V2 Algorithm"),
  skipped("Validating Cancel Charge API"),
  skipped("Validating Cancel Charge API with V2 Algorithm"),
  failed("Validating Get Charge Permission API", "Missing key: chargePermissionReferenceId:", MISSPELT),
  failed(
    "Validating Get Charge Permission API with V2 Algorithm",
    "Missing key: chargePermissionReferenceId:",
    MISSPELT,
  ),
  failed("Validating Update Charge Permission API", "Missing key: chargePermissionReferenceId:", MISSPELT),
  failed(
    "Validating Update Charge Permission API with V2 Algorithm",
    "Missing key: chargePermissionReferenceId:",
    MISSPELT,
  ),
  failed("Validating Get Refund API", "expectedResponse is not defined", UNDEFINED),
  failed("Validating Get Refund API with V2 Algorithm", "expectedResponse is not defined", UNDEFINED),
];
