import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode, encode } from "./codec.ts";

describe("state as text", () => {
  it("is what JSON.stringify writes wherever JSON has all that is needed", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.stringify(value);
        if (!plain.includes('"$')) expect(encode(value)).toBe(plain);
        expect(decode(encode(value))).toEqual(JSON.parse(plain));
      }),
    );
  });

  it("brings back amounts, bytes, odd text and members that begin with a dollar sign", () => {
    const value = {
      $n: "not a bigint",
      $$b: [-12n, 0n, new Uint8Array([0, 255])],
      text: 'quote " backslash \\ line\nend é 金 \u2028 \ud800',
      ["key \n"]: "x".repeat(200) + "\u0000",
    };
    expect(decode(encode(value))).toEqual(value);
  });

  it("does not lose a member by the name of __proto__", () => {
    const value: unknown = JSON.parse('{"__proto__":{"$a":1,"__proto__":2},"$b2":[{"__proto__":{}}]}');
    expect(decode(encode([value, 1n]))).toEqual([value, 1n]);
    expect(encode(value)).toBe('{"__proto__":{"$$a":1,"__proto__":2},"$$b2":[{"__proto__":{}}]}');
  });

  it("leaves out what is undefined, and has no numbers that are none", () => {
    expect(encode({ left: undefined, list: [undefined, Number.NaN, Infinity, -0] })).toBe(
      '{"list":[null,null,null,0]}',
    );
  });
});
