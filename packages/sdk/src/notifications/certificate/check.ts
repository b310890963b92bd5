import type { Clock } from "../../clock/clock.ts";
import { NotificationError } from "../errors.ts";
import { AMAZON_ROOTS } from "./amazon-roots.ts";
import type { Certificate } from "./certificate.ts";
import { checkChain, checkSigner, hasIssuerAmong } from "./chain.ts";
import { checkSignerName } from "./names.ts";
import { readRoots, readCertificates } from "./pem.ts";
import { cacheFor } from "./certificate-cache.ts";
import { type CertificateSource, DEFAULT_TIMEOUT, fetchedCertificates, withinTime } from "./source.ts";
import { type TransportChoice, transportFor } from "./transports.ts";
import { checkCertificateUrl, isIssuerUrl, isSnsHost } from "./url.ts";
import { isText } from "../../kind.ts";

/** Whose certificates are believed, and how they are fetched. */
export interface TrustOptions extends TransportChoice {
  /** Further hosts (`host` or `host:port`) that certificates may come from, for example a sandbox. Needs `ca`. */
  readonly trustedHosts?: readonly string[];
  /**
   * Certificate authorities in PEM for `trustedHosts`, for their TLS and for the certificates they sign with. They cannot
   * vouch for the hosts of SNS.
   */
  readonly ca?: string | readonly string[];
  /**
   * What proves a certificate of SNS. `anchored` (default): a chain to a root of Amazon; the authority in between is
   * fetched from Amazon Trust Services over HTTP when the file does not hold it. `https`: the host it was fetched from
   * alone, as the validators of AWS do; for places that cannot reach Amazon Trust Services.
   */
  readonly chain?: "anchored" | "https";
  /** Takes the place of `fetch`: gives the certificate file for an address that has been checked. */
  readonly certificates?: CertificateSource;
  /** How long a fetch may take, in milliseconds. Default: 5,000. */
  readonly timeoutMs?: number;
}

const MOST_FETCHED_AUTHORITIES = 2;

let amazonRoots: readonly Certificate[] | undefined;

function rootsFor(url: URL, { ca, trustedHosts }: TrustOptions): readonly Certificate[] {
  if (isSnsHost(url)) return (amazonRoots ??= readRoots(AMAZON_ROOTS));
  const own = isText(ca) ? [ca] : (ca ?? []);
  if (own.length > 0) return own.flatMap((pem) => readCertificates(pem));
  throw new NotificationError(
    "notification.bad-option",
    `${(trustedHosts ?? []).join(", ")} is trusted by the option \`trustedHosts\`, but no certificate authority is ` +
      "given for it: name one with the option `ca`",
  );
}

type Take = (url: URL) => Promise<readonly [Certificate, ...Certificate[]]>;

function taking(clock: Clock, options: TrustOptions): Take {
  const { certificates, timeoutMs = DEFAULT_TIMEOUT } = options;
  return (url) => {
    if (certificates !== undefined) return cacheFor(certificates).take(url, withinTime(certificates, clock, timeoutMs));
    const transport = transportFor(url, options);
    return cacheFor(transport).take(url, withinTime(fetchedCertificates(transport), clock, timeoutMs));
  };
}

/** Authorities between signer and root: those of the file, and where it ends too early, those that Amazon publishes. */
async function authoritiesBetween(
  [signer, ...file]: readonly [Certificate, ...Certificate[]],
  roots: readonly Certificate[],
  take: Take,
): Promise<readonly Certificate[]> {
  const between = [...file];
  let child: Certificate | undefined = signer;
  for (let count = 0; count < MOST_FETCHED_AUTHORITIES && child !== undefined; count += 1) {
    const place: string | undefined = child.issuerUrls.find(isIssuerUrl);
    if (hasIssuerAmong(child, [...roots, ...between]) || place === undefined) break;
    [child] = await take(new URL(place));
    between.push(child);
  }
  return between;
}

/**
 * Fetches the certificate of a notification and proves that it belongs to the notification service.
 *
 * @throws NotificationError `notification.untrusted-url`, `notification.certificate-unreachable`,
 *   `notification.certificate-unreadable`, `notification.untrusted-certificate`, `notification.bad-option`
 */
export async function checkSigningCertificate(
  address: string,
  now: number,
  clock: Clock,
  options: TrustOptions,
): Promise<Certificate> {
  const url = checkCertificateUrl(address, options.trustedHosts ?? []);
  const byHost = isSnsHost(url) && options.chain === "https";
  const roots = byHost ? [] : rootsFor(url, options);
  const take = taking(clock, options);
  const file = await take(url);
  const [signer] = file;
  checkSigner(signer, now);
  checkSignerName(signer, url.hostname);
  if (!byHost) await checkChain({ signer, roots, now, between: await authoritiesBetween(file, roots, take) });
  return signer;
}
