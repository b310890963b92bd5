import { type ConfigurationError, wrongOption } from "../errors/configuration-error.ts";
import type { AmazonPayOptions } from "./options.ts";

/** Options with functions of one's own, and which of them each must have. */
const PORTS = {
  transport: ["send", "open"],
  clock: ["now", "sleep"],
  random: ["fraction", "bytes"],
} as const;
const LISTENERS = ["request", "response", "retry", "done", "aroundCall", "aroundAttempt"] as const;

/**
 * Refuses options of another type than they have, as plain JavaScript may give them: they would be found out at the first call, as a
 * failed connection, or never.
 *
 * @throws ConfigurationError `config.option`
 */
export function checkOptionTypes(options: AmazonPayOptions): void {
  const wrong = (name: string, why: string): ConfigurationError => wrongOption(`\`${name}\` must ${why}`);
  const kindOf = (value: unknown, member: string): string => typeof (value as Record<string, unknown> | null)?.[member];
  for (const [name, members] of Object.entries(PORTS)) {
    const value = options[name as keyof typeof PORTS];
    if (value !== undefined && members.every((member) => kindOf(value, member) !== "function"))
      throw wrong(name, `have the methods ${members.join(" and ")}`);
  }
  const { fetch, hooks, logger, unknownFields } = options as unknown as Readonly<Record<string, unknown>>;
  if (fetch !== undefined && typeof fetch !== "function") throw wrong("fetch", "be a function");
  const listens = (value: unknown, names: readonly string[]): boolean =>
    value === undefined ||
    (Object(value) === value &&
      (Object.keys(value as object).length === 0 || names.some((name) => name in (value as object))) &&
      names.every((name) => ["function", "undefined"].includes(kindOf(value, name))));
  if (!listens(hooks, LISTENERS)) throw wrong("hooks", `be an object with functions among ${LISTENERS.join(", ")}`);
  if (!listens(logger, ["debug", "warn"]))
    throw wrong("logger", "be an object with functions debug and warn, such as console");
  if (unknownFields !== undefined && unknownFields !== "send" && unknownFields !== "refuse")
    throw wrong("unknownFields", 'be "send" or "refuse"');
}
