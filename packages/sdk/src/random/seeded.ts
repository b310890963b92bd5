import type { Random } from "./random.ts";

/**
 * The same stream of chance for the same seed, on every machine: for the sandbox, tests and simulation.
 * Never for keys or secrets.
 *
 * The generator is sfc32, its state filled from the seed by repeated multiply-xorshift.
 *
 * @param seed any integer or text
 */
export function seededRandom(seed: number | string): Random {
  let mix = 2_166_136_261;
  for (const character of String(seed)) mix = Math.imul(mix ^ (character.codePointAt(0) ?? 0), 16_777_619);
  const fill = (): number => {
    mix = (mix + 0x9e37_79b9) | 0;
    let value = Math.imul(mix ^ (mix >>> 16), 0x85eb_ca6b);
    value = Math.imul(value ^ (value >>> 13), 0xc2b2_ae35);
    return value ^ (value >>> 16);
  };
  let [a, b, c, d] = [fill(), fill(), fill(), 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let turn = 0; turn < 15; turn += 1) next();
  return {
    fraction: () => ((next() >>> 5) * 67_108_864 + (next() >>> 6)) / 9_007_199_254_740_992,
    bytes: (length) => Uint8Array.from({ length }, () => next() & 0xff),
  };
}
