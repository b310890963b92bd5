/**
 * Where the bytes of a report come from: all at once, in pieces, or as a web stream.
 *
 * Pieces may be cut anywhere, in the middle of a character too.
 */
export type ReportSource = Uint8Array | AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

async function* streamed(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    finished = true;
  } finally {
    if (!finished) await reader.cancel();
    reader.releaseLock();
  }
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** A source as pieces, whatever form it has. */
export function piecesOf(source: ReportSource): AsyncIterable<Uint8Array> {
  if (source instanceof Uint8Array) return single(source);
  if (Symbol.asyncIterator in source) return source;
  if (typeof (source as { getReader?: unknown }).getReader === "function") return streamed(source);
  throw new TypeError(
    "a report is read from a Uint8Array, an AsyncIterable<Uint8Array> or a ReadableStream<Uint8Array>",
  );
}
