import { KitError } from "../errors/kit-error.ts";

/** Largest answer that is read, in bytes as the program sees them, so also unpacked. Real answers have a few kilobytes. */
export const LARGEST_ANSWER = 16_777_216;

/** Largest report that MWS may send in one answer, in bytes. It is held in memory. */
export const LARGEST_MWS_REPORT = 1_073_741_824;

/** Thrown by a transport that was sent more than `maxBytes`. The exchange has been ended: the rest is not read. */
export class AnswerTooLarge extends KitError {
  override name = "AnswerTooLarge";
  readonly code = "answer.too-large";
  declare readonly maxBytes: number;
  declare readonly status: number;
  declare readonly headers: Readonly<Record<string, string>>;

  constructor(maxBytes: number, status: number, headers: Readonly<Record<string, string>>) {
    super(`the answer has more than ${maxBytes} bytes`);
    this.maxBytes = maxBytes;
    this.status = status;
    this.headers = headers;
  }
}

/**
 * Reads a stream whole, up to a limit.
 *
 * @returns the bytes; undefined where there are more than `maxBytes`, and then the stream has been cancelled
 */
export async function readUpTo(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > maxBytes) {
      // Not awaited: a source that does not end when told to must not hold up the error.
      reader.cancel().catch(() => undefined);
      return undefined;
    }
    chunks.push(value);
  }
  if (chunks.length === 1) return chunks[0];
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
