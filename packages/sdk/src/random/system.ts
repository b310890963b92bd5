import type { Random } from "./random.ts";

/** The machine's cryptographic source of randomness. */
export const systemRandom: Random = {
  fraction: () => {
    const [high = 0, low = 0] = globalThis.crypto.getRandomValues(new Uint32Array(2));
    return ((high >>> 5) * 67_108_864 + (low >>> 6)) / 9_007_199_254_740_992;
  },
  bytes: (length) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
};
