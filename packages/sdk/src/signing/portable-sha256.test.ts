import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { portableSha256 } from "./portable-sha256.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

test("agrees with the native one on every length over three blocks, and on a long message", () => {
  for (let length = 0; length <= 200; length += 1) {
    const message = Uint8Array.from({ length }, (_, index) => (index * 31 + length) & 0xff);
    expect(hex(portableSha256(message)), `length ${length}`).toBe(createHash("sha256").update(message).digest("hex"));
  }
  const long = new Uint8Array(100_003).fill(0xa5);
  expect(hex(portableSha256(long))).toBe(createHash("sha256").update(long).digest("hex"));
});
