import { Buffer } from "node:buffer";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { InflationGuard } from "./inflation-guard.ts";

/** Output is handed on in pieces of this size: larger ones are faster than zlib's default of 16 KiB. */
const PIECE = 256 * 1024;

/**
 * Unpacks a gzip file as it comes; several members one after another are one file, as the format has it.
 *
 * Throws the error of the guard's reader for `damaged-gzip` (also for a file that was cut off), `rest-after-gzip`, and for
 * what the guard stops. Errors of the source are passed on.
 */
export async function* gunzipped(
  packed: AsyncIterable<Uint8Array>,
  guard: InflationGuard,
): AsyncGenerator<Uint8Array, void, void> {
  const gunzip = createGunzip({ chunkSize: PIECE });
  let sourceError: unknown;
  async function* counted(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of packed) {
        guard.packed += piece.length;
        // The stream may still hold this piece when the source fills its memory anew.
        yield Buffer.from(piece);
      }
    } catch (error) {
      sourceError = error;
      throw error;
    }
  }
  const feeding = pipeline(Readable.from(counted()), gunzip);
  // The outcome is awaited below; until then a failure must not count as unhandled.
  feeding.catch(() => undefined);
  try {
    for await (const piece of gunzip) {
      guard.count((piece as Uint8Array).length, true);
      yield piece as Uint8Array;
    }
    await feeding;
  } catch (error) {
    if (sourceError !== undefined) throw sourceError;
    // The engine ends without a word where what follows a whole member is the beginning of none.
    if (!isZlibError(error) && (error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
    throw guard.refuse({ fault: "damaged-gzip", why: (error as Error).message, cause: error });
  }
  const rest = guard.packed - gunzip.bytesWritten;
  if (rest > 0) throw guard.refuse({ fault: "rest-after-gzip", bytes: rest });
}

/** Whether an error comes from unpacking, and not from the code that reads the result. */
export function isZlibError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("Z_");
}
