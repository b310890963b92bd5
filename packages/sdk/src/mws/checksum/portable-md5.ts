const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21] as const;
/** RFC 1321 3.4: the whole part of 2^32 times the sine of 1, 2, … 64. */
const CONSTANTS = Int32Array.from(
  { length: 64 },
  (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32) | 0,
);
const BLOCK = 64;

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/** The four rounds over one block of 64 bytes, added to the state. */
function mix(state: Int32Array, words: DataView, offset: number): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (let step = 0; step < 64; step += 1) {
    const round = step >> 4;
    const [f, index] =
      round === 0
        ? [(b & c) | (~b & d), step]
        : round === 1
          ? [(d & b) | (~d & c), (5 * step + 1) & 15]
          : round === 2
            ? [b ^ c ^ d, (3 * step + 5) & 15]
            : [c ^ (b | ~d), (7 * step) & 15];
    const sum = (a + f + (CONSTANTS[step] ?? 0) + words.getInt32(offset + index * 4, true)) | 0;
    const shift = SHIFTS[round * 4 + (step & 3)] ?? 0;
    [a, d, c, b] = [d, c, b, (b + rotate(sum, shift)) | 0];
  }
  state[0] = ((state[0] ?? 0) + a) | 0;
  state[1] = ((state[1] ?? 0) + b) | 0;
  state[2] = ((state[2] ?? 0) + c) | 0;
  state[3] = ((state[3] ?? 0) + d) | 0;
}

/**
 * MD5 (RFC 1321) in plain JavaScript: WebCrypto leaves it out, and `Content-MD5` needs it. It guards a download against
 * accidents; it proves nothing about who sent it.
 */
export function portableMd5(bytes: Uint8Array): Uint8Array {
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  const whole = bytes.length - (bytes.length % BLOCK);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let offset = 0; offset < whole; offset += BLOCK) mix(state, view, offset);
  const rest = bytes.subarray(whole);
  const tail = new Uint8Array(rest.length < 56 ? BLOCK : 2 * BLOCK);
  tail.set(rest);
  tail[rest.length] = 0x80;
  const end = new DataView(tail.buffer);
  end.setBigUint64(tail.length - 8, BigInt(bytes.length) * 8n, true);
  for (let offset = 0; offset < tail.length; offset += BLOCK) mix(state, end, offset);
  const digest = new Uint8Array(16);
  const out = new DataView(digest.buffer);
  state.forEach((word, index) => out.setInt32(index * 4, word, true));
  return digest;
}
