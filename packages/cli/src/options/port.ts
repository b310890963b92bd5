import { CliError } from "../errors.ts";

/** A port number out of an option. @throws CliError for what is none */
export function portOf(value: string | undefined, option: string, fallback: number): number {
  if (value === undefined) return fallback;
  const port = Number(value);
  if (value.trim() === "" || !Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new CliError("usage.port", `${option}: ${JSON.stringify(value)} is not a port`, {
      remedy: "use a number from 0 (any free one) to 65535",
    });
  }
  return port;
}
