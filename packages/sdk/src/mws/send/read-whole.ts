/** All octets of a stream. */
export async function readWhole(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(
    await new Response(stream as unknown as ConstructorParameters<typeof Response>[0]).arrayBuffer(),
  );
}
