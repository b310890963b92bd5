import type { DiagnoseSignature } from "../errors/diagnosis.ts";
import type { HintForRefusal } from "../diagnosis/refusal.ts";
import type { Suggestions } from "../diagnosis/suggestions.ts";
import type { AmazonPayOptions } from "./options.ts";
import { Requester } from "./requester.ts";
import { settingsOf } from "./settings.ts";

/** What a small client leaves out unless asked. */
export interface ConnectParts {
  /** Names the cause of a refused signature: pass `diagnoseSignature`. `AmazonPay` always has it. Default: the cause is not named. */
  readonly diagnose?: DiagnoseSignature | undefined;
  /**
   * Names the probable cause of a key or an object that the service does not know: pass `hintForRefusal`. `AmazonPay` always has it.
   * Default: none is named.
   */
  readonly hint?: HintForRefusal | undefined;
  /** Adds "did you mean" to refused names and values: pass `suggestions`. `AmazonPay` always has it. Default: what is allowed is listed. */
  readonly suggestions?: Suggestions | undefined;
}

/**
 * Connects without creating all resources, so that a bundle contains only the resources it uses.
 *
 * @example
 * import { Charges, connect } from "@amazon-pay-kit/sdk";
 * const charges = new Charges(connect({ region: "na", publicKeyId, privateKey }));
 * @throws ConfigurationError that names the option; KeyError that says what is wrong with the key
 */
export function connect(options: AmazonPayOptions, parts: ConnectParts = {}): Requester {
  return new Requester(settingsOf(options, parts));
}
