import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, compare, formatMoney, money, negate, parseMoney, share, subtract } from "./money.ts";

describe("money", () => {
  it("never mixes currencies", () => {
    for (const combine of [add, subtract, compare]) {
      expect(() => combine(money(1n, "USD"), money(1n, "EUR"))).toThrowError(/cannot combine USD with EUR/);
    }
    expect(() => money(1n, "usd")).toThrowError(/unknown currency/);
  });

  it("adds, subtracts, compares and prints", () => {
    const ten = parseMoney("10.00", "USD");
    expect(formatMoney(add(ten, negate(parseMoney("0.59", "USD"))))).toBe("9.41 USD");
    expect(subtract(ten, ten).minor).toBe(0n);
    expect([compare(ten, money(1001n, "USD")), compare(ten, ten), compare(ten, money(999n, "USD"))]).toEqual([
      -1, 0, 1,
    ]);
  });

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
