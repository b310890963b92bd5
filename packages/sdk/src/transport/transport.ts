/** A request on its way out. */
export interface TransportRequest {
  /** HTTP method. */
  readonly method: string;
  /** Scheme, host and port, without a slash at the end: `https://pay-api.amazon.com`. */
  readonly origin: string;
  /** Path and query, exactly as signed. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as UTF-8, byte for byte. */
  readonly body?: string | undefined;
  /** Ends the exchange at once, also while the answer's body is being read. */
  readonly signal: AbortSignal;
  /** Most bytes of an answer that `send` reads, unpacked; beyond it rejects with `AnswerTooLarge`. Default: no limit. */
  readonly maxBytes?: number | undefined;
}

/** An answer whose body was read whole. */
export interface TransportAnswer {
  /** HTTP status. */
  readonly status: number;
  /** Header names in lower case; repeated headers are joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body as text (UTF-8); empty where there is none. */
  readonly body: string;
}

/** An answer whose body is still coming. */
export interface TransportStream extends Omit<TransportAnswer, "body"> {
  /** Bytes as sent, without any decoding. Reading fails when the connection breaks off. */
  readonly body: ReadableStream<Uint8Array>;
}

/**
 * Port: how requests reach the service.
 *
 * An implementation verifies TLS certificates, follows no redirects, and does not repeat requests: a signed request goes
 * to one host, once. It rejects with the signal's reason when aborted, with `AnswerTooLarge` when the answer exceeds
 * `maxBytes`, and with whatever it has when the connection fails.
 */
export interface Transport {
  /** Sends a request and reads the answer whole. */
  send(request: TransportRequest): Promise<TransportAnswer>;
  /** Sends a request and hands over the answer's body as a stream. */
  open(request: TransportRequest): Promise<TransportStream>;
  /** Closes idle connections. */
  close(): void;
}
