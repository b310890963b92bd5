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
