import { AmazonPayError, type AmazonPayErrorOptions } from "./amazon-pay-error.ts";

/** Which part of a configuration is wrong. */
export type ConfigurationErrorCode =
  | "config.region"
  | "config.public-key-id"
  | "config.environment"
  | "config.signer"
  | "config.algorithm"
  | "config.base-url"
  | "config.ca"
  | "config.proxy"
  | "config.environment-variable"
  | "config.sandbox"
  | "config.number"
  | "config.option";

/** An option that is not what it must be. */
export function wrongOption(message: string): ConfigurationError {
  return new ConfigurationError("config.option", message);
}

/** A client or an option that cannot be used as given. */
export class ConfigurationError extends AmazonPayError {
  override name = "ConfigurationError";
  declare readonly code: ConfigurationErrorCode;

  constructor(code: ConfigurationErrorCode, message: string, options: AmazonPayErrorOptions = {}) {
    super(message, options);
    this.code = code;
  }
}
