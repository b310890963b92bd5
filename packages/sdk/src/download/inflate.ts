/** Unpacks a stream with the runtime's own decompression. Fails with whatever the runtime says about bytes that are no such stream. */
export async function* inflate(
  source: AsyncIterable<Uint8Array>,
  format: "gzip" | "deflate-raw",
): AsyncGenerator<Uint8Array, void, undefined> {
  const { readable, writable } = new DecompressionStream(format) as unknown as {
    readable: ReadableStream<Uint8Array>;
    writable: WritableStream<Uint8Array>;
  };
  const writer = writable.getWriter();
  const reader = readable.getReader();
  let fault: { readonly error: unknown } | undefined;
  const feeding = (async () => {
    try {
      for await (const chunk of source) {
        await writer.ready;
        await writer.write(chunk);
      }
      await writer.close();
    } catch (error) {
      // The source's own error says more than what decompression makes of it.
      fault ??= { error };
      await writer.abort(error).catch(() => undefined);
    }
  })();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    await feeding;
    if (fault !== undefined) throw fault.error;
  } catch (error) {
    await feeding;
    throw fault?.error ?? error;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
