import { NotificationError } from "../errors.ts";
import { snsHost } from "./sns-host.ts";

const SNS_CERTIFICATE = /^\/SimpleNotificationService[-0-9A-Za-z]*\.pem$/;

function refuse(what: string, why: string): NotificationError {
  return new NotificationError("notification.untrusted-url", `the ${what} of the notification is refused: ${why}`);
}

/** Whether an address belongs to SNS itself. */
export const isSnsHost = (url: URL): boolean => snsHost(url.host) !== null;

function checkedAddress(text: string, what: string, trustedHosts: readonly string[]): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw refuse(what, "it is not an address");
  if (url.protocol !== "https:") throw refuse(what, `it must begin with https://, not ${url.protocol}//`);
  if (url.username !== "" || url.password !== "" || url.hash !== "") {
    throw refuse(what, "it has a user name, password or fragment");
  }
  if (!isSnsHost(url) && !trustedHosts.includes(url.host)) {
    throw refuse(what, `${url.host} is not a host of SNS; name others with the option \`trustedHosts\``);
  }
  return url;
}

/**
 * Checks `SigningCertURL` before anything is fetched: https, a host of SNS or one of the trusted hosts (`host` or
 * `host:port`, compared whole), a path to a `.pem` file. A query is refused: the SNS API on the same hosts answers
 * queries with text that its caller chooses.
 *
 * @throws NotificationError `notification.untrusted-url`
 */
export function checkCertificateUrl(text: string, trustedHosts: readonly string[]): URL {
  const url = checkedAddress(text, "SigningCertURL", trustedHosts);
  if (url.search !== "") throw refuse("SigningCertURL", "it has a query");
  const fits = isSnsHost(url) ? SNS_CERTIFICATE.test(url.pathname) : url.pathname.endsWith(".pem");
  if (!fits) throw refuse("SigningCertURL", `${url.pathname} is not the path of a signing certificate`);
  return url;
}

/**
 * Checks `SubscribeURL` before it is called: https and a host as for {@link checkCertificateUrl}.
 *
 * @throws NotificationError `notification.untrusted-url`
 */
export function checkSubscribeUrl(text: string, trustedHosts: readonly string[]): URL {
  return checkedAddress(text, "SubscribeURL", trustedHosts);
}

const AMAZON_TRUST_SERVICES = /^crt\.[a-z0-9]+\.amazontrust\.com$/;

/**
 * Whether an issuer's certificate may be fetched from there. Plain HTTP is right for it (RFC 5280 4.2.2.1): what comes
 * back is believed only if a trusted root has signed it.
 */
export function isIssuerUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return (
    url !== undefined &&
    (url.protocol === "http:" || url.protocol === "https:") &&
    url.port === "" &&
    url.username === "" &&
    AMAZON_TRUST_SERVICES.test(url.hostname)
  );
}
