import { DEADLINE, withDeadline } from "../../client/exchange.ts";
import type { Clock } from "../../clock/clock.ts";
import { AmazonPayError } from "../../errors/amazon-pay-error.ts";
import { NotificationError } from "../errors.ts";
import type { Transport } from "../../transport/transport.ts";
import { bytesUpTo, chunksOf } from "../bytes.ts";

/**
 * Port: where signing certificates come from. Must not follow redirects, and must check TLS certificates.
 *
 * @returns the file: one certificate in DER, or one or several in PEM
 */
export type CertificateSource = (url: URL, signal: AbortSignal) => Promise<Uint8Array | string>;

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

/** Fetches over a transport. Redirects are not followed: they could lead away from the host that was checked. */
export function fetchedCertificates(transport: Transport): CertificateSource {
  return async (url, signal) => {
    const answer = await transport
      .open({
        method: "GET",
        origin: url.origin,
        target: url.pathname + url.search,
        headers: { accept: "*/*" },
        signal,
      })
      .catch((cause: unknown) => {
        throw unreachable(url, "there was no answer", cause);
      });
    if (answer.status !== 200) {
      await answer.body.cancel();
      throw unreachable(url, `the answer had status ${answer.status}`);
    }
    const file = await bytesUpTo(LARGEST_FILE, chunksOf(answer.body));
    if (file === undefined) throw unreachable(url, `it has more than ${LARGEST_FILE} bytes`);
    return file;
  };
}

/** Gives a source so much time. What a source of the user's own throws means the same: the certificate cannot be had now. */
export function withinTime(source: CertificateSource, clock: Clock, timeoutMs: number): CertificateSource {
  return async (url, signal) => {
    try {
      return await withDeadline(clock, timeoutMs, signal, (inner) => source(url, inner));
    } catch (error) {
      if (error === DEADLINE) throw unreachable(url, `there was no answer within ${timeoutMs} ms`);
      throw error instanceof AmazonPayError ? error : unreachable(url, "the option `certificates` failed", error);
    }
  };
}
