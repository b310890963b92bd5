import { NotificationError } from "../errors.ts";
import type { Certificate } from "./certificate.ts";
import { snsHost } from "./sns-host.ts";

/**
 * The names that a signing certificate from such a host may carry. Most regions share `sns.amazonaws.com`; newer ones
 * have `sns-signing.<region>`, China and the government regions `sns-<region>`.
 */
export function signerNames(host: string): readonly string[] {
  const own = snsHost(host);
  if (own === null) return [host, "sns.amazonaws.com"];
  const { region, suffix } = own;
  const shared = suffix === "amazonaws.com" ? ["sns.amazonaws.com"] : [];
  return [...shared, `sns.${region}.${suffix}`, `sns-signing.${region}.${suffix}`, `sns-${region}.${suffix}`];
}

/**
 * Checks that the certificate was issued to the notification service of that host. Names are compared whole and without
 * regard to case; wildcards do not count. The common name counts only when there is no alternative name (RFC 6125 6.4.4).
 *
 * @throws NotificationError `notification.untrusted-certificate`
 */
export function checkSignerName(certificate: Certificate, host: string): void {
  const expected = signerNames(host).map((name) => name.toLowerCase());
  const alternative = [...certificate.dnsNames, ...certificate.addresses];
  const names = alternative.length > 0 ? alternative : certificate.commonNames;
  if (names.some((name) => expected.includes(name.toLowerCase()))) return;
  throw new NotificationError(
    "notification.untrusted-certificate",
    `the signing certificate is for ${names.length === 0 ? "no name" : names.join(", ")}, ` +
      `but a message from ${host} must be signed in the name of ${expected.join(" or ")}`,
  );
}
