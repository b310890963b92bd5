import { AmazonPayError } from "../errors/amazon-pay-error.ts";
import type { CallContext } from "../errors/call-error.ts";
import { DownloadError } from "../errors/download-error.ts";
import { inflate } from "./inflate.ts";
import { sniff, type Compression } from "./sniff.ts";
import { unzip, ZipFault } from "./unzip.ts";

/**
 * Looks at the first bytes of a document and makes the stream of its contents.
 *
 * @param packed leave the bytes as they come
 */
export async function unpacked(
  chunks: AsyncGenerator<Uint8Array, void, undefined>,
  packed: boolean,
  context: CallContext,
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
  const contents =
    packed || compression === "none" ? source : compression === "gzip" ? inflate(source, "gzip") : unzip(source);
  return { stream: streamOf(contents, chunks, compression, context), compression };
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
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await contents.next();
          if (done === true) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          await chunks.return();
          throw corrupt(error, compression, context);
        }
      },
      async cancel() {
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
  const why = error instanceof ZipFault ? error.message : `its ${compression} packing is damaged`;
  return new DownloadError("download.corrupt", `the document cannot be unpacked: ${why}; download it again`, {
    ...context,
    cause: error,
  });
}
