import type { Clock } from "../../clock/clock.ts";
import { NotificationError } from "../errors.ts";
import { chunksOf, octetsUpTo, type ReadableOctets } from "../octets.ts";

/**
 * Port: where signing certificates come from. Must not follow redirects, and must check TLS certificates.
 *
 * @returns the file: one certificate in DER, or one or several in PEM
 */
export type CertificateSource = (url: URL, signal: AbortSignal) => Promise<Uint8Array | string>;

/** As much of `fetch` as the notifications need. */
export type FetchFunction = (
  url: string,
  init: { readonly method: "GET"; readonly redirect: "manual"; readonly signal: AbortSignal },
) => Promise<FetchedAnswer>;

/** As much of a `Response` as the notifications need. */
export interface FetchedAnswer {
  readonly status: number;
  readonly body: ReadableOctets | null;
}

/** Milliseconds that a fetch may take. */
export const DEFAULT_TIMEOUT = 5_000;

const LARGEST_FILE = 65_536;

function unreachable(url: URL, why: string, cause?: unknown): NotificationError {
  return new NotificationError(
    "notification.certificate-unreachable",
    `the certificate at ${url.origin}${url.pathname} could not be fetched: ${why}`,
    { cause },
  );
}

/** Fetches certificates. Redirects are not followed: they could lead away from the host that was checked. */
export function fetchedCertificates(fetch: FetchFunction): CertificateSource {
  return async (url, signal) => {
    const answer = await fetch(url.href, { method: "GET", redirect: "manual", signal }).catch((cause: unknown) => {
      throw unreachable(url, "there was no answer", cause);
    });
    if (answer.status !== 200 || answer.body === null) throw unreachable(url, `the answer had status ${answer.status}`);
    const file = await octetsUpTo(LARGEST_FILE, chunksOf(answer.body));
    if (file === undefined) throw unreachable(url, `it has more than ${LARGEST_FILE} octets`);
    return file;
  };
}

/** Gives a source so much time. */
export function withinTime(source: CertificateSource, clock: Clock, timeoutMs: number): CertificateSource {
  return async (url, signal) => {
    const late = new AbortController();
    const settled = new AbortController();
    const tooLate = async (): Promise<never> => {
      await clock.sleep(timeoutMs, settled.signal);
      const error = unreachable(url, `there was no answer within ${timeoutMs} ms`);
      late.abort(error);
      throw error;
    };
    try {
      return await Promise.race([source(url, AbortSignal.any([signal, late.signal])), tooLate()]);
    } finally {
      settled.abort(unreachable(url, "the wait is over"));
    }
  };
}
