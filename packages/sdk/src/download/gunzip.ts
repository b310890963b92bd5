import { KitError } from "../errors/kit-error.ts";
import { isNode, nodeModule } from "../transport/node-modules.ts";
import { ByteReader } from "./byte-reader.ts";
import { inflate } from "./inflate.ts";

type Engine = NonNullable<ReturnType<typeof nodeModule<"node:zlib">>>;

/** Output is handed on in pieces of this size: larger ones are faster than zlib's default of 16 KiB. */
const PIECE = 256 * 1024;

const DEFLATED = 8;
const FLAG = { headSum: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 };

/** A gzip file that cannot be unpacked; the message says why, and where. */
export class GzipFault extends KitError {
  override name = "GzipFault";
  readonly code = "download.gzip";
}

/**
 * Unpacks a gzip file as it comes. Several members one after another are one file (RFC 1952), and zeros behind the last one are
 * passed over.
 *
 * Node's `DecompressionStream` takes or refuses bytes behind a member by how the chunks are cut, so there the members are told
 * apart here. By its standard it refuses whatever follows the first member, and so it does in other runtimes.
 *
 * @throws GzipFault for a file that is damaged, cut off, or goes on with something else
 */
export function gunzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const engine = isNode() ? nodeModule("node:zlib") : undefined;
  return engine === undefined ? inflate(source, "gzip") : members(source, engine);
}

async function* members(
  source: AsyncIterable<Uint8Array>,
  engine: Engine,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = new ByteReader(source);
  try {
    do {
      const start = reader.position;
      const broken = (why: string, cause?: unknown): GzipFault =>
        new GzipFault(`the gzip data that begin at byte ${start} ${why}`, cause === undefined ? undefined : { cause });
      await passHead(reader, engine, broken);
      let crc = 0;
      let size = 0;
      for await (const piece of inflated(reader, engine, broken)) {
        crc = engine.crc32(piece, crc);
        size += piece.length;
        yield piece;
      }
      const sums = await take(reader, 8, broken);
      // The format keeps the size modulo 2 to the 32nd.
      if (sums.getUint32(0, true) !== crc || sums.getUint32(4, true) !== size % 2 ** 32)
        throw broken("do not have the size and checksum that belong to them");
    } while (await another(reader));
  } finally {
    await reader.cancel();
  }
}

type Broken = (why: string, cause?: unknown) => GzipFault;

async function take(reader: ByteReader, length: number, broken: Broken): Promise<DataView> {
  const bytes = await reader.take(length);
  if (bytes.length < length) throw broken("are cut off");
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Reads the head of a member (RFC 1952, 2.3), of which nothing is needed. */
async function passHead(reader: ByteReader, engine: Engine, broken: Broken): Promise<void> {
  let crc = 0;
  const next = async (length: number): Promise<DataView> => {
    const bytes = await take(reader, length, broken);
    crc = engine.crc32(new Uint8Array(bytes.buffer, bytes.byteOffset, length), crc);
    return bytes;
  };
  const passText = async (): Promise<void> => {
    while ((await next(1)).getUint8(0) !== 0);
  };
  if ((await next(2)).getUint16(0) !== 0x1f8b) throw broken("do not begin as such do");
  const method = (await next(1)).getUint8(0);
  if (method !== DEFLATED) throw broken(`use packing method ${method}, which is not known here`);
  const flags = (await next(1)).getUint8(0);
  if ((flags & FLAG.reserved) !== 0) throw broken("have flags that are not known here");
  // Time, extra flags, operating system.
  await next(6);
  if ((flags & FLAG.extra) !== 0) await next((await next(2)).getUint16(0, true));
  if ((flags & FLAG.name) !== 0) await passText();
  if ((flags & FLAG.comment) !== 0) await passText();
  const found = crc & 0xffff;
  if ((flags & FLAG.headSum) !== 0 && (await next(2)).getUint16(0, true) !== found)
    throw broken("have a head without the checksum that belongs to it");
}

/** Unpacks the deflate data that begin here; afterwards the reader stands at the first byte behind them. */
async function* inflated(
  reader: ByteReader,
  engine: Engine,
  broken: Broken,
): AsyncGenerator<Uint8Array, void, undefined> {
  const inflate = engine.createInflateRaw({ chunkSize: PIECE });
  let failure: Error | undefined;
  let wake = (): void => {};
  inflate.on("readable", () => {
    wake();
  });
  inflate.on("error", (error) => {
    failure = error;
    wake();
  });
  const read = (): Uint8Array | null => inflate.read() as Uint8Array | null;
  let fed = 0;
  try {
    for (;;) {
      const chunk = await reader.chunk();
      if (chunk === undefined) throw broken("are cut off");
      fed += chunk.length;
      let written = false;
      // One chunk at a time: how much of it was taken is known afterwards.
      inflate.write(chunk, (error) => {
        failure ??= error ?? undefined;
        written = true;
        wake();
      });
      for (;;) {
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const whole = written;
        for (let out = read(); out !== null; out = read()) yield out;
        if (failure !== undefined) throw broken("are damaged", failure);
        if (whole) break;
        if (!written) await woken;
      }
      const rest = fed - inflate.bytesWritten;
      if (rest === 0) continue;
      reader.putBack(chunk.subarray(chunk.length - rest));
      return;
    }
  } finally {
    inflate.destroy();
  }
}

/** Whether another member follows; zeros up to the end of the file are none, and anything else is refused. */
async function another(reader: ByteReader): Promise<boolean> {
  let chunk = await reader.chunk();
  if (chunk?.[0] === 0x1f) {
    reader.putBack(chunk);
    return true;
  }
  while (chunk !== undefined) {
    const at = chunk.findIndex((value) => value !== 0);
    if (at >= 0)
      throw new GzipFault(
        `behind its gzip data, at byte ${reader.position - chunk.length + at}, something else begins`,
      );
    chunk = await reader.chunk();
  }
  return false;
}
