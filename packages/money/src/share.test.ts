import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { share } from "./share.ts";

describe("shares of an amount", () => {
  it("takes shares with each rounding", () => {
    expect(share(1000n, 29n, 1000n)).toBe(29n);
    expect(share(50n, 29n, 1000n)).toBe(1n);
    expect([share(5n, 1n, 2n, "half-up"), share(5n, 1n, 2n, "half-even"), share(5n, 1n, 2n, "down")]).toEqual([
      3n,
      2n,
      2n,
    ]);
    expect(share(7n, 1n, 2n, "half-even")).toBe(4n);
    expect(share(-5n, 1n, 2n)).toBe(-3n);
    expect(share(5n, 1n, -2n)).toBe(-3n);
  });

  it("gives a mirrored share for a mirrored amount, off by less than one unit", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.bigInt({ min: 0n, max: 1000n }), (minor, permille) => {
        const part = share(minor, permille, 1000n);
        expect(share(-minor, permille, 1000n)).toBe(-part);
        const error = part * 1000n - minor * permille;
        expect(error <= 500n && error >= -500n).toBe(true);
      }),
    );
  });
});
