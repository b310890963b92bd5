import { CliError } from "../errors.ts";

const BEGIN = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const WHOLE = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/** A text in which no private key stands any more, wherever it was given by mistake. */
export function withoutKeys(text: string): string {
  return text.replaceAll(WHOLE, "[private key]");
}

/**
 * Refuses a private key on the command line, whatever it was meant for: no option takes one.
 *
 * @throws CliError `usage.private-key`, which names the option and not the key
 */
export function refuseKeys(args: readonly string[]): void {
  const at = args.findIndex((arg) => BEGIN.test(arg));
  if (at === -1) return;
  const [own = ""] = /^--[\w-]+(?==)/.exec(args[at] ?? "") ?? [];
  const before = args[at - 1] ?? "";
  const option = own === "" ? (before.startsWith("-") ? before : "an argument") : own;
  throw new CliError("usage.private-key", `${option} is a private key: no option takes one`, {
    remedy:
      "name its file with --private-key-file; make a new key pair, since command lines are kept and seen by others on this machine",
  });
}
