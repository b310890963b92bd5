import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentMd5 } from "./content-md5.ts";
import { portableMd5 } from "./portable-md5.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe("MD5", () => {
  // RFC 1321, appendix A.5
  it.each([
    ["", "d41d8cd98f00b204e9800998ecf8427e"],
    ["a", "0cc175b9c0f1b6a831c399e269772661"],
    ["abc", "900150983cd24fb0d6963f7d28e17f72"],
    ["message digest", "f96b697d7cb7938d525a2f31aaf161d0"],
    ["abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"],
    ["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f"],
    ["1234567890".repeat(8), "57edf4a22be3c955ac49da2e2107b67a"],
  ])("of %j is that of the RFC", (text, digest) => {
    expect(hex(portableMd5(new TextEncoder().encode(text)))).toBe(digest);
  });

  it("is that of Node for any number of bytes, at any offset of their buffer", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(7), (bytes, offset) => {
        const shifted = new Uint8Array(bytes.length + offset).subarray(offset);
        shifted.set(bytes);
        expect(hex(portableMd5(shifted))).toBe(createHash("md5").update(bytes).digest("hex"));
      }),
    );
    for (const length of [55, 56, 57, 63, 64, 65, 1_000_003]) {
      const bytes = new Uint8Array(length).fill(0xa5);
      expect(hex(portableMd5(bytes)), String(length)).toBe(createHash("md5").update(bytes).digest("hex"));
    }
  });

  it("is written as Content-MD5 writes it", () => {
    expect(contentMd5(new Uint8Array())).toBe("1B2M2Y8AsgTpgAmY7PhCfg==");
  });
});
