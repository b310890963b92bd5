import { expect, it } from "vitest";
import { permyriad } from "./ratio.ts";

it.each([
  [826n, 28483n, 290n],
  [-826n, 28483n, -290n],
  [826n, -28483n, -290n],
  [1n, 20_000n, 1n],
  [1n, 20_001n, 0n],
  [-1n, 20_000n, -1n],
  [0n, 5n, 0n],
  [5n, 0n, 0n],
])("%s of %s are %s hundredths of a per cent", (numerator, denominator, expected) => {
  expect(permyriad(numerator, denominator)).toBe(expected);
});
