import { isIsoCurrency } from "@amazon-pay-kit/money";
import { CliError } from "../errors.ts";
import { text, type Input } from "../program/command.ts";

/**
 * The currency that `--currency` names, in capitals however it was typed; undefined when it was not given.
 *
 * @throws CliError `usage.currency` for what is none: a list of nothing would say that there is nothing in it
 */
export function currencyOf(input: Input): string | undefined {
  const given = text(input, "currency");
  if (given === undefined) return undefined;
  const code = given.trim().toUpperCase();
  if (isIsoCurrency(code)) return code;
  throw new CliError("usage.currency", `--currency: ${JSON.stringify(given)} is no currency`, {
    remedy: "write the three letters of ISO 4217, such as EUR",
  });
}
