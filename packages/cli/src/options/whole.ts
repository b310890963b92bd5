import { CliError } from "../errors.ts";

/** A whole number out of an option; `undefined` when it was not given. @throws CliError for what is none */
export function wholeOf(value: string | undefined, option: string, least: number): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (Number.isInteger(number) && number >= least) return number;
  throw new CliError("usage.number", `${option}: ${JSON.stringify(value)} is not a whole number from ${least}`);
}
