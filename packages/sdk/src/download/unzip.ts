import { KitError } from "../errors/kit-error.ts";
import { ByteReader, concat } from "./byte-reader.ts";
import { inflate } from "./inflate.ts";

let table: Uint32Array | undefined;

function makeTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let word = byte;
    for (let bit = 0; bit < 8; bit += 1) word = word & 1 ? (word >>> 1) ^ 0xedb8_8320 : word >>> 1;
    return word;
  });
}

/** CRC-32 as ZIP has it, carried on from the value for the bytes before; 0 to begin with. */
export function crc32(bytes: Uint8Array, before = 0): number {
  const rows = (table ??= makeTable());
  let word = ~before;
  for (const byte of bytes) word = (word >>> 8) ^ (rows[(word ^ byte) & 0xff] ?? 0);
  return ~word >>> 0;
}

const LOCAL_HEADER = 0x0403_4b50;
const CENTRAL_HEADER = 0x0201_4b50;
const END_OF_DIRECTORY = 0x0605_4b50;
const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;

/** A ZIP file that cannot be unpacked; the message says why. */
export class ZipFault extends KitError {
  override name = "ZipFault";
  readonly code = "download.zip";
}

/** What the file's directory says about its one entry. */
interface Entry {
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
}

/**
 * Unpacks a ZIP file that holds one file, checking its checksum and size. Streams where the sizes stand before the data;
 * where they come after it, the packed bytes are held in memory.
 *
 * @throws ZipFault for anything but one whole, plain entry: no byte may go missing silently
 */
export async function* unzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = new ByteReader(source);
  const header = view(await reader.take(LOCAL_SIZE), LOCAL_SIZE);
  if (header.getUint32(0, true) !== LOCAL_HEADER) throw new ZipFault("the ZIP file is empty");
  const flags = header.getUint16(6, true);
  if (flags & 1) throw new ZipFault("the ZIP file is protected by a password");
  await reader.take(header.getUint16(26, true) + header.getUint16(28, true));
  const local: Entry = {
    method: header.getUint16(8, true),
    crc: header.getUint32(14, true),
    packedSize: header.getUint32(18, true),
    size: header.getUint32(22, true),
  };
  if (flags & 8) {
    const rest = await collect(reader.rest());
    const entry = readDirectory(rest);
    if (entry.packedSize > rest.length) throw new ZipFault("the ZIP file is cut off");
    yield* unpack(single(rest.subarray(0, entry.packedSize)), entry);
    return;
  }
  yield* unpack(reader.limit(local.packedSize), local);
  readDirectory(await collect(reader.rest()));
}

async function* unpack(packed: AsyncIterable<Uint8Array>, entry: Entry): AsyncGenerator<Uint8Array, void, undefined> {
  if (entry.method !== 0 && entry.method !== 8)
    throw new ZipFault(`the ZIP file uses packing method ${entry.method}, which is not known here`);
  if (entry.packedSize === 0xffff_ffff) throw new ZipFault("the ZIP file has the 64-bit form, which is not known here");
  let crc = 0;
  let size = 0;
  for await (const chunk of entry.method === 0 ? packed : inflate(packed, "deflate-raw")) {
    crc = crc32(chunk, crc);
    size += chunk.length;
    yield chunk;
  }
  if (size !== entry.size || crc !== entry.crc)
    throw new ZipFault("the file inside the ZIP file does not have the size and checksum that belong to it");
}

/** Reads the directory at the end, and with it makes sure that the file is whole and holds one entry. */
function readDirectory(bytes: Uint8Array): Entry {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - END_SIZE;
  while (end >= 0 && data.getUint32(end, true) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) throw new ZipFault("the ZIP file is cut off: its directory is missing");
  const count = data.getUint16(end + 10, true);
  if (count !== 1) throw new ZipFault(`the ZIP file holds ${count} files where one was expected`);
  const start = end - data.getUint32(end + 12, true);
  if (start < 0 || start + CENTRAL_SIZE > end || data.getUint32(start, true) !== CENTRAL_HEADER)
    throw new ZipFault("the ZIP file's directory cannot be read");
  return {
    method: data.getUint16(start + 10, true),
    crc: data.getUint32(start + 16, true),
    packedSize: data.getUint32(start + 20, true),
    size: data.getUint32(start + 24, true),
  };
}

function view(bytes: Uint8Array, length: number): DataView {
  if (bytes.length < length) throw new ZipFault("the ZIP file is cut off");
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return concat(parts);
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
