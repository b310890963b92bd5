import { Buffer } from "node:buffer";
import fc from "fast-check";

/** One thing that goes wrong with bytes on their way. Places are parts of a million of the length. */
export type Damage =
  | { readonly kind: "delete"; readonly at: number; readonly count: number }
  | { readonly kind: "insert"; readonly at: number; readonly bytes: readonly number[] }
  | { readonly kind: "change"; readonly at: number; readonly byte: number }
  | { readonly kind: "repeat"; readonly at: number; readonly count: number }
  | { readonly kind: "cut"; readonly at: number };

const place = fc.nat({ max: 999_999 });

/** Bytes that mean something to a reader, and some that should not be there at all. */
const tellingByte = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...Buffer.from('",\n\r0.-T a')) },
  fc.constantFrom(0x00, 0x1b, 0x7f, 0x80, 0xc3, 0xff),
);

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ kind: fc.constant("delete" as const), at: place, count: fc.integer({ min: 1, max: 40 }) }),
  fc.record({
    kind: fc.constant("insert" as const),
    at: place,
    bytes: fc.array(tellingByte, { minLength: 1, maxLength: 5 }),
  }),
  fc.record({ kind: fc.constant("change" as const), at: place, byte: tellingByte }),
  fc.record({ kind: fc.constant("repeat" as const), at: place, count: fc.integer({ min: 1, max: 300 }) }),
  fc.record({ kind: fc.constant("cut" as const), at: place }),
);

/** Up to four things that go wrong, one after another. */
export const damages: fc.Arbitrary<readonly Damage[]> = fc.array(damage, { minLength: 1, maxLength: 4 });

/** What is left of bytes after one thing went wrong. */
export function damaged(bytes: Uint8Array, { at: part, ...what }: Damage): Buffer {
  const at = Math.floor((bytes.length * part) / 1_000_000);
  const before = bytes.subarray(0, at);
  const after = bytes.subarray(at);
  switch (what.kind) {
    case "delete":
      return Buffer.concat([before, after.subarray(what.count)]);
    case "insert":
      return Buffer.concat([before, Uint8Array.from(what.bytes), after]);
    case "change":
      return Buffer.concat([before, Uint8Array.of(what.byte), after.subarray(1)]);
    case "repeat":
      return Buffer.concat([before, after.subarray(0, what.count), after]);
    case "cut":
      return Buffer.from(before);
  }
}
