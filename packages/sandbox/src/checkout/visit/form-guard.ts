import { createHmac, timingSafeEqual } from "node:crypto";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import type { Call } from "../../http/call.ts";

/** Name of the cookie that ties forms to the browser they were sent to. */
const GUARD_COOKIE = "apay-sandbox-guard";

/*
 * Other sites must not send the hosted pages' forms. A form carries a mark made from the browser's cookie, which no
 * other site can read, and the form's subject. The cookie is no part of the sandbox's history, so it does not come from
 * the seed; and nothing is kept on the server, so that a page stays good when the sandbox restarts.
 */

/** The cookie of a call, or a fresh one with the header that sets it. */
export function guardCookie(call: Call): { readonly value: string; readonly header: Readonly<Record<string, string>> } {
  const known = readCookie(call, GUARD_COOKIE);
  if (known !== undefined && /^[\w-]{43}$/.test(known)) return { value: known, header: {} };
  const value = Buffer.from(systemRandom.bytes(32)).toString("base64url");
  return { value, header: { "set-cookie": `${GUARD_COOKIE}=${value}; Path=/checkout; HttpOnly; SameSite=Lax` } };
}

/** The mark for a form about a subject: a visit, or a session. */
export function formMark(cookie: string, subject: string): string {
  return createHmac("sha256", cookie).update(subject).digest("base64url");
}

/** Whether a form's mark belongs to the call's browser and to the subject. */
export function acceptsForm(call: Call, subject: string, mark: string | null): boolean {
  const cookie = readCookie(call, GUARD_COOKIE);
  if (cookie === undefined || mark === null) return false;
  const wanted = Buffer.from(formMark(cookie, subject));
  const given = Buffer.from(mark);
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

/** A cookie's value by name. */
export function readCookie(call: Call, name: string): string | undefined {
  for (const pair of (call.headers["cookie"] ?? "").split(/;\s*/)) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at) === name) return pair.slice(at + 1);
  }
  return undefined;
}
