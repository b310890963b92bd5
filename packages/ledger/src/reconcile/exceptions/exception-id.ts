import { createHash } from "node:crypto";

/**
 * The id of an exception: 16 hexadecimal digits of the hash of its account, its code and its subject, so that the same
 * difference has the same id in every run and in every store, and no difference of another account has it.
 */
export function exceptionId(accountId: string, code: string, subject: string): string {
  return createHash("sha256").update(`${accountId}\n${code}\n${subject}`).digest("hex").slice(0, 16);
}
