/** A request as the sandbox handles it, wherever it came from: a socket, or `fetch` in the same process. */
export interface Call {
  readonly method: string;
  /** Path exactly as sent, percent-encoded, without query. */
  readonly path: string;
  /** Text after the `?`, exactly as sent; empty when there is none. */
  readonly query: string;
  /** By lower-case name; what came twice is joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Scheme and host that the caller used, for addresses in answers: `http://127.0.0.1:8580`. */
  readonly origin: string;
  /** Whether the caller is on this machine. In-process calls are. */
  readonly loopback: boolean;
  /** Ends when the caller goes away. */
  readonly signal?: AbortSignal | undefined;
}

/** What is sent back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Text is sent as UTF-8, a stream as it comes; it should end when the call's signal aborts. Left out: no body. */
  readonly body?: string | Uint8Array | ReadableStream<Uint8Array> | undefined;
  /**
   * What is done to the connection in place of an orderly end: `reset` sends nothing, `hang` neither sends nor ends,
   * `truncate` ends in the middle of the body. Default: none of it.
   */
  readonly connection?: "reset" | "hang" | "truncate" | undefined;
}

/** The body as UTF-8 text. */
export function textOf(call: Call): string {
  return call.body.length === 0 ? "" : DECODER.decode(call.body);
}

/** A JSON answer. */
export function jsonAnswer(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(value) };
}

const DECODER = new TextDecoder();
