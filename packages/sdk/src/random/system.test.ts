import { describe, expect, it } from "vitest";
import { systemRandom } from "./system.ts";

describe("the machine's randomness", () => {
  it("gives as many bytes as asked for, also more than it fetches ahead", () => {
    for (const length of [0, 1, 16, 255, 256, 257, 5000]) expect(systemRandom.bytes(length)).toHaveLength(length);
  });

  it("hands out no byte twice", () => {
    const drawn = Array.from({ length: 1000 }, () => Buffer.from(systemRandom.bytes(16)).toString("hex"));
    expect(new Set(drawn).size).toBe(1000);
    // Neighbours that shared bytes would have them in common where one ends and the next begins.
    expect(drawn.some((text, index) => drawn[index + 1]?.startsWith(text.slice(-16)))).toBe(false);
  });

  it("keeps what it handed out apart from what it still has", () => {
    const first = systemRandom.bytes(16);
    first.fill(7);
    expect(systemRandom.bytes(16)).not.toEqual(first);
    expect(first.buffer.byteLength).toBe(16);
  });
});
