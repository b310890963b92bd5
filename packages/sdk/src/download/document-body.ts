import { DEADLINE, withDeadline } from "../client/exchange.ts";
import type { Clock } from "../clock/clock.ts";
import { AbortedError } from "../errors/aborted-error.ts";
import { AmazonPayError } from "../errors/amazon-pay-error.ts";
import type { CallContext } from "../errors/call-error.ts";
import { DownloadError } from "../errors/download-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import type { TransportStream } from "../transport/transport.ts";

/** What reading a document's body needs. */
export interface BodyReading {
  readonly clock: Clock;
  /** Longest silence between two chunks, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly context: CallContext;
  /** Ends the exchange. */
  readonly stop: () => void;
}

/**
 * The chunks of a document's body as sent, with every way to end early turned into an error: silence, abort, a broken
 * connection, and fewer bytes than were announced.
 */
export async function* readBody(
  answer: TransportStream,
  reading: BodyReading,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { clock, timeoutMs, signal, context } = reading;
  const reader = answer.body.getReader();
  const announced =
    answer.headers["content-encoding"] === undefined
      ? Number(answer.headers["content-length"] ?? Number.NaN)
      : Number.NaN;
  let received = 0;
  let whole = false;
  try {
    for (;;) {
      const { done, value } = await withDeadline(clock, timeoutMs, signal, () => reader.read());
      if (done) break;
      received += value.length;
      yield value;
    }
    if (!Number.isNaN(announced) && received !== announced) {
      throw new DownloadError(
        "download.truncated",
        `${received} of ${announced} bytes of the document came: download it again`,
        context,
      );
    }
    whole = true;
  } catch (error) {
    if (error === DEADLINE) throw new TimeoutError("timeout.attempt", timeoutMs, context);
    if (signal?.aborted === true) throw new AbortedError({ ...context, cause: signal.reason });
    if (error instanceof AmazonPayError) throw error;
    throw new DownloadError(
      "download.truncated",
      `the connection broke off after ${received} bytes of the document: download it again`,
      { ...context, cause: error },
    );
  } finally {
    if (!whole) reading.stop();
  }
}
