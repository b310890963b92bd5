import { isSafeUrl } from "../client/base-url.ts";
import { DEADLINE, withDeadline } from "../client/exchange.ts";
import type { Settings } from "../client/settings.ts";
import { type CallWatch, nextCallId, watchCall } from "../client/watch.ts";
import type { Clock } from "../clock/clock.ts";
import { AbortedError, type CallContext, ConnectionError, DownloadError, TimeoutError } from "../errors/call-error.ts";
import { AmazonPayError } from "../errors/amazon-pay-error.ts";
import { retryDelay } from "../retry/delay.ts";
import { RETRIED_STATUSES } from "../retry/policy.ts";
import { parseRetryAfter } from "../retry/retry-after.ts";
import { faultOf } from "../transport/faults.ts";
import type { TransportStream } from "../transport/transport.ts";
import type { ReportDocument } from "../types/report.ts";
import { gunzip, GzipFault } from "./gunzip.ts";
import { ReportDownload } from "./report-download.ts";
import { type Compression, sniff } from "./sniff.ts";
import { unzip, ZipFault } from "./unzip.ts";
import { isText } from "../kind.ts";

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
async function* readBody(answer: TransportStream, reading: BodyReading): AsyncGenerator<Uint8Array, void, undefined> {
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

/**
 * Looks at the first bytes of a document and makes the stream of its contents.
 *
 * @param packed leave the bytes as they come
 */
export async function unpacked(
  chunks: AsyncGenerator<Uint8Array, void, undefined>,
  packed: boolean,
  context: CallContext,
  ended: (failure?: AmazonPayError) => void = () => undefined,
): Promise<{ readonly stream: ReadableStream<Uint8Array>; readonly compression: Compression }> {
  const first: Uint8Array[] = [];
  let size = 0;
  // Four bytes tell, but nothing says that the first chunk has this many.
  while (size < 4) {
    const { done, value } = await chunks.next();
    if (done === true) break;
    first.push(value);
    size += value.length;
  }
  const compression = sniff(Uint8Array.from(first.flatMap((chunk) => [...chunk.subarray(0, 4)])));
  const source = resume(first, chunks);
  const contents = packed || compression === "none" ? source : compression === "gzip" ? gunzip(source) : unzip(source);
  return { stream: streamOf(contents, chunks, compression, context, ended), compression };
}

async function* resume(
  first: readonly Uint8Array[],
  rest: AsyncGenerator<Uint8Array, void, undefined>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* first;
  yield* rest;
}

function streamOf(
  contents: AsyncGenerator<Uint8Array, void, undefined>,
  chunks: AsyncGenerator<Uint8Array, void, undefined>,
  compression: Compression,
  context: CallContext,
  ended: (failure?: AmazonPayError) => void,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await contents.next();
          if (done !== true) {
            controller.enqueue(value);
            return;
          }
          controller.close();
          ended();
        } catch (error) {
          await chunks.return();
          const failure = corrupt(error, compression, context);
          ended(failure);
          throw failure;
        }
      },
      async cancel() {
        ended();
        // A generator that waits cannot be returned, so the source goes first.
        await chunks.return();
        await contents.return();
      },
    },
    { highWaterMark: 0 },
  );
}

function corrupt(error: unknown, compression: Compression, context: CallContext): AmazonPayError {
  if (error instanceof AmazonPayError) return error;
  const why =
    error instanceof ZipFault || error instanceof GzipFault ? error.message : `its ${compression} packing is damaged`;
  return new DownloadError("download.corrupt", `the document cannot be unpacked: ${why}; download it again`, {
    ...context,
    cause: error,
  });
}

/** How long a document's address is good for, in milliseconds (docs/amazon-pay/requests.md). */
const URL_LIFETIME = 30_000;
const OPERATION = "downloadReportDocument";

/** What a download needs. */
export interface DownloadInput {
  readonly reportDocumentId: string;
  /** Asks the service for the document's address. */
  readonly locate: () => Promise<ReportDocument>;
  readonly signal: AbortSignal | undefined;
  /** Leave the bytes packed as they come. */
  readonly packed: boolean;
}

interface Located {
  readonly url: URL;
  /** From when on the address counts as too old. */
  readonly staleAt: number;
}

/**
 * Opens a report document: asks for its address, fetches it without any of Amazon Pay's headers, asks for a fresh address
 * when this one is too old or refused, and unpacks by what the bytes are.
 */
export async function downloadDocument(input: DownloadInput, settings: Settings): Promise<ReportDownload> {
  const { clock, observer } = settings;
  if (observer === undefined) return attempts(input, settings, undefined);
  const watch = watchCall(observer, clock, {
    callId: nextCallId(),
    operation: OPERATION,
    method: "GET",
    origin: settings.origin,
    // The address is a secret: who has it can read the document.
    path: "/[redacted]",
    template: "/{document}",
    region: settings.region.region,
    environment: settings.environment,
  });
  return watch.opening(() => attempts(input, settings, watch));
}

async function attempts(
  input: DownloadInput,
  settings: Settings,
  watch: CallWatch | undefined,
): Promise<ReportDownload> {
  const { clock, random } = settings;
  const end = clock.now() + settings.totalTimeoutMs;
  let located: Located | undefined;
  for (let retries = 0; ; retries += 1) {
    const context: CallContext = { operation: OPERATION, retries };
    if (located === undefined || clock.now() >= located.staleAt) located = await locate(input, settings, context);
    const outcome = await openDocument(located, input, settings, context, watch);
    if ("stream" in outcome) return new ReportDownload(input.reportDocumentId, outcome.stream, outcome.compression);
    const delayMs = outcome.expired ? 0 : retryDelay(retries + 1, random, outcome.retryAfter);
    if (!outcome.passing || retries >= settings.maxRetries || clock.now() + delayMs >= end) throw outcome.error;
    if (outcome.expired) located = undefined;
    watch?.pause(delayMs, outcome.status, outcome.error.code);
    try {
      if (delayMs > 0) await clock.sleep(delayMs, input.signal);
    } catch {
      throw new AbortedError({ ...context, cause: input.signal?.reason });
    }
  }
}

async function locate(input: DownloadInput, settings: Settings, context: CallContext): Promise<Located> {
  const asked = settings.clock.now();
  const { url } = await input.locate();
  if (!isText(url) || !URL.canParse(url) || !isSafeUrl(new URL(url))) {
    throw new DownloadError(
      "download.insecure-url",
      "the service gave an address for the document that is not https://: nothing was fetched",
      context,
    );
  }
  return { url: new URL(url), staleAt: asked + URL_LIFETIME };
}

type Opened =
  | { readonly stream: ReadableStream<Uint8Array>; readonly compression: Compression }
  | {
      readonly error: AmazonPayError;
      readonly status?: number;
      readonly passing: boolean;
      readonly expired: boolean;
      readonly retryAfter?: number | undefined;
    };

async function openDocument(
  located: Located,
  input: DownloadInput,
  settings: Settings,
  context: CallContext,
  watch: CallWatch | undefined,
): Promise<Opened> {
  if (watch === undefined) return fetchDocument(located, input, settings, context, (_, work) => work());
  watch.facts = { ...watch.facts, origin: located.url.origin };
  watch.begin(context.retries + 1);
  let answer: TransportStream | undefined;
  let failure: unknown;
  try {
    const send: Send = async (headers, work) => (answer = await watch.send(headers, work));
    const opened = await fetchDocument(located, input, settings, context, send, (error) => watch.done(error));
    if ("error" in opened) failure = opened.error;
    return opened;
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    watch.ended({
      ...(answer as TransportStream | undefined),
      error: failure instanceof AmazonPayError ? failure.code : undefined,
    });
  }
}

/** Sends a request that has these headers. */
type Send = (headers: Record<string, string>, work: () => Promise<TransportStream>) => Promise<TransportStream>;

async function fetchDocument(
  { url }: Located,
  input: DownloadInput,
  settings: Settings,
  context: CallContext,
  send: Send,
  ended?: (failure?: AmazonPayError) => void,
): Promise<Opened> {
  const control = new AbortController();
  const stop = (): void => {
    control.abort(DEADLINE);
  };
  try {
    const answer = await withDeadline(settings.clock, settings.timeoutMs, input.signal, (signal) => {
      signal.addEventListener("abort", stop, { once: true });
      // Nothing of Amazon Pay goes to the document's host.
      const headers = { accept: "*/*" };
      return send(headers, () =>
        settings.transport.open({
          method: "GET",
          origin: url.origin,
          target: url.pathname + url.search,
          headers,
          signal: control.signal,
        }),
      );
    });
    // Reports are text or packed; a page comes from a proxy or a login in between, and must not be kept for one.
    const isPage = /^text\/html\b/i.test(answer.headers["content-type"] ?? "");
    if (answer.status === 200 && !isPage) {
      const chunks = readBody(answer, {
        clock: settings.clock,
        timeoutMs: settings.timeoutMs,
        signal: input.signal,
        context,
        stop,
      });
      return await unpacked(chunks, input.packed, context, ended);
    }
    stop();
    // The host answers 403 to an address that is too old.
    const expired = answer.status === 403;
    return {
      error: new DownloadError(
        "download.refused",
        `the document's host answered with ${answer.status}${expired ? ": its address has expired" : isPage ? " and an HTML page: something between here and there answered instead" : ""}`,
        { ...context, status: answer.status },
      ),
      status: answer.status,
      passing: expired || RETRIED_STATUSES.has(answer.status),
      expired,
      retryAfter: parseRetryAfter(answer.headers["retry-after"], settings.clock.now()),
    };
  } catch (error) {
    stop();
    if (error === DEADLINE)
      return { error: new TimeoutError("timeout.attempt", settings.timeoutMs, context), passing: true, expired: false };
    if (input.signal?.aborted === true) throw new AbortedError({ ...context, cause: input.signal.reason });
    // Nothing was handed over yet, so a body that breaks off at once can be asked for again.
    if (error instanceof DownloadError || error instanceof TimeoutError)
      return { error, passing: true, expired: false };
    if (error instanceof AmazonPayError) throw error;
    const fault = faultOf(error);
    return {
      // The address carries a signature, so only its host is named.
      error: new ConnectionError(fault.code, `${OPERATION} got no answer from ${url.origin}: ${fault.words}`, {
        ...context,
        cause: error,
      }),
      passing: fault.passing,
      expired: false,
    };
  }
}
