import type { AmazonPayOptions } from "./options.ts";
import { Requester } from "./requester.ts";
import { settingsOf } from "./settings.ts";

/**
 * Connects without creating all resources, so that a bundle contains only the resources it uses.
 *
 * @example
 * import { Charges, connect } from "@amazon-pay-kit/sdk";
 * const charges = new Charges(connect({ region: "na", publicKeyId, privateKey }));
 * @throws ConfigurationError that names the option; KeyError that says what is wrong with the key
 */
export function connect(options: AmazonPayOptions): Requester {
  return new Requester(settingsOf(options));
}
