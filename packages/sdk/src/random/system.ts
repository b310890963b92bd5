import type { Random } from "./random.ts";

/** Bytes fetched ahead: asking for sixteen costs as much as asking for a thousand. Each is handed out once, and forgotten. */
const AHEAD = 1024;
let ahead: Uint8Array | undefined;
let used = 0;

function bytes(length: number): Uint8Array {
  if (length > AHEAD / 4) return globalThis.crypto.getRandomValues(new Uint8Array(length));
  if (ahead === undefined || used + length > AHEAD) {
    ahead = globalThis.crypto.getRandomValues(new Uint8Array(AHEAD));
    used = 0;
  }
  const fresh = ahead.slice(used, used + length);
  ahead.fill(0, used, used + length);
  used += length;
  return fresh;
}

/** The machine's cryptographic source of randomness. */
export const systemRandom: Random = {
  fraction: () => {
    const [high = 0, low = 0] = globalThis.crypto.getRandomValues(new Uint32Array(2));
    return ((high >>> 5) * 67_108_864 + (low >>> 6)) / 9_007_199_254_740_992;
  },
  bytes,
};
