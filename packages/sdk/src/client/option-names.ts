import { wrongOption } from "../errors/configuration-error.ts";
import type { Suggest } from "../operations/fields/suggestion.ts";
import type { ClientOptions, PrivateKeyOption } from "./options.ts";

/** Every option of a client; the compiler keeps the list complete. */
const OPTIONS: Readonly<Record<keyof ClientOptions | keyof PrivateKeyOption, true>> = {
  region: true,
  publicKeyId: true,
  privateKey: true,
  signer: true,
  algorithm: true,
  environment: true,
  baseUrl: true,
  ca: true,
  proxy: true,
  fetch: true,
  transport: true,
  maxRetries: true,
  timeoutMs: true,
  totalTimeoutMs: true,
  maxAnswerBytes: true,
  clock: true,
  random: true,
  hooks: true,
  logger: true,
  unknownFields: true,
  authToken: true,
};

/**
 * Refuses an option that a client does not have: one that is overlooked would leave its default in force.
 *
 * @throws ConfigurationError `config.option`
 */
export function refuseUnknownOptions(options: object, suggest: Suggest | undefined): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || Object.hasOwn(OPTIONS, name)) continue;
    const names = Object.keys(OPTIONS);
    const meant = suggest?.(name, names);
    throw wrongOption(
      `unknown option \`${name}\`: ${meant === undefined ? `known are ${names.join(", ")}` : `use ${meant}`}`,
    );
  }
}
