import { Buffer } from "node:buffer";
import { crc32, deflateRawSync } from "node:zlib";

/** A file to put in a zip file, and lies to tell about it. */
export interface ZipEntry {
  readonly name: string;
  readonly content: Uint8Array;
  readonly stored?: boolean;
  readonly encrypted?: boolean;
  readonly method?: number;
  readonly claimedSize?: number;
  readonly claimedSum?: number;
}

/** A zip file, written by hand so that it can lie. Format: PKWARE APPNOTE, 4.3. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const data = entry.stored === true ? Buffer.from(entry.content) : deflateRawSync(entry.content);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(entry.encrypted === true ? 1 : 0, 2);
    fields.writeUInt16LE(entry.method ?? (entry.stored === true ? 0 : 8), 4);
    fields.writeUInt32LE(entry.claimedSum ?? crc32(entry.content), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(entry.claimedSize ?? entry.content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), fields, name, data]);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\u0001\u0002"), Buffer.from([20, 0]), fields, central, name]));
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(18);
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, ...directory, Buffer.from("PK\u0005\u0006"), end]);
}
