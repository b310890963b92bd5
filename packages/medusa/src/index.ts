/** Amazon Pay as a payment module provider for Medusa 2. The default export goes into `medusa-config`. */
import { AmazonPayProvider } from "./provider.ts";

export { AmazonPayProvider, type AmazonPayProviderOptions } from "./provider.ts";
export { AmazonPayProviderError, type MedusaErrorType } from "./errors.ts";
export type { Kept as AmazonPaySessionData, Wanted as AmazonPaySessionInput } from "./kept.ts";

/** What `ModuleProvider(Modules.PAYMENT, { services: [AmazonPayProvider] })` gives, without Medusa's packages at run time. */
const amazonPay: { readonly module: "payment"; readonly services: readonly [typeof AmazonPayProvider] } = {
  module: "payment",
  services: [AmazonPayProvider],
};
export default amazonPay;
