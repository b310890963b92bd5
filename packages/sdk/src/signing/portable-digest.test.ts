import { afterAll, beforeAll, expect, it, vi } from "vitest";

const native: { given: unknown } = { given: undefined };
let sha256Hex: (data: string | Uint8Array) => string;
// Modules stay loaded from one file of a run to the next: here the digest is loaded anew, and thrown away afterwards.
beforeAll(async () => {
  vi.resetModules();
  vi.doMock("../keys/node-crypto.ts", () => ({ nodeCrypto: () => native.given }));
  ({ sha256Hex } = await import("./sha256.ts"));
});
afterAll(() => {
  vi.doUnmock("../keys/node-crypto.ts");
  vi.resetModules();
});

const VALUES: readonly (readonly [string | Uint8Array, string])[] = [
  ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["payload", "239f59ed55e737c77147cf55ad0c1b030b6d7ee748a7426952f9b852d5a935e5"],
  [
    Uint8Array.from([0x70, 0x61, 0x79, 0x6c, 0x6f, 0x61, 0x64]),
    "239f59ed55e737c77147cf55ad0c1b030b6d7ee748a7426952f9b852d5a935e5",
  ],
];

it("the digest is the same with the runtime's one-shot form, its older one, and without either", async () => {
  const { createHash } = await import("node:crypto");
  const one = vi.fn((_name: string, data: string | Uint8Array) => createHash("sha256").update(data).digest("hex"));
  const older = vi.fn(createHash);
  for (const [data, digest] of VALUES) {
    for (const given of [undefined, { createHash: older }, { hash: one, createHash: older }]) {
      native.given = given;
      expect(sha256Hex(data)).toBe(digest);
    }
  }
  native.given = undefined;
  expect(sha256Hex("Grüße 😀")).toBe(createHash("sha256").update("Grüße 😀").digest("hex"));
  expect([one.mock.calls.length, older.mock.calls.length]).toEqual([3, 3]);
});
