/**
 * Automatic key exchange, for plug-ins and platforms: a merchant registers with Amazon Pay, and Amazon's page hands over the keys.
 */
export {
  createExchangeKeys,
  registrationForm,
  type ExchangeKeys,
  type Registration,
  type RegistrationForm,
} from "./registration.ts";
export { keyShareHandler, type KeyShareOptions } from "./handler.ts";
export { readSharedKeys, type SharedKeys, type SharedKeysOptions } from "./shared-keys.ts";
export { KeyExchangeError, type KeyExchangeErrorCode } from "./key-exchange-error.ts";
