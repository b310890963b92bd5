import { isText } from "../kind.ts";
/** The chunks of a stream, without the stream's own iteration, which some runtimes lack. */
export async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let done = false;
  try {
    for (;;) {
      const next = await reader.read();
      done = next.done;
      if (next.done) return;
      if (next.value !== undefined) yield next.value;
    }
  } finally {
    if (!done) await reader.cancel();
  }
}

/** Puts chunks together as long as they are no more than this many bytes; `undefined` when there are more. */
export async function bytesUpTo(
  most: number,
  chunks: AsyncIterable<Uint8Array | string>,
): Promise<Uint8Array | undefined> {
  const encoder = new TextEncoder();
  const kept: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const bytes = isText(chunk) ? encoder.encode(chunk) : chunk;
    length += bytes.length;
    if (length > most) return undefined;
    kept.push(bytes);
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const bytes of kept) {
    whole.set(bytes, offset);
    offset += bytes.length;
  }
  return whole;
}
