import { describe, expect, it } from "vitest";
import { canonicalRequest, signedHeaderNames } from "./canonical-request.ts";
import { canonicalHeaders, cleanHeaderValue, lowerCaseHeaders } from "./headers.ts";
import { requiredHeaders } from "./required-headers.ts";

describe("the value of a header", () => {
  it.each([
    ["a", "a"],
    ["a b c", "a b c"],
    ["", ""],
    [" a", "a"],
    ["a ", "a"],
    ["  a  ", "a"],
    ["a  b", "a b"],
    ["a   b    c", "a b c"],
    ["a\tb", "a b"],
    ["a \t b", "a b"],
    ["\ta", "a"],
    ["a\u00a0b", "a b"],
    ["Grüße", "Grüße"],
    ["Grüße  an", "Grüße an"],
    ["~!", "~!"],
  ])("%j is signed as %j", (value, signed) => {
    expect(cleanHeaderValue(value)).toBe(signed);
    expect(canonicalHeaders({ x: value })).toEqual([["x", signed]]);
    // One that needs cleaning cleans no less for having plain ones around it.
    expect(canonicalHeaders({ a: "1", x: value, z: "1" })).toContainEqual(["x", signed]);
  });

  it.each(["a\rb", "a\nb", "a\r\nb", "\n", "a\0"])("%j is refused, with the name of the header", (value) => {
    for (const read of [canonicalHeaders, lowerCaseHeaders, signedHeaderNames]) {
      expect(() => read({ "X-Note": value })).toThrow(
        expect.objectContaining({
          code: "signature.invalid-input",
          message: "the value of header X-Note has a line break in it: remove it",
        }),
      );
    }
  });
});

describe("the names of headers", () => {
  it("are signed in lower case and in order, however they came; without a value they are left out", () => {
    const sorted = [
      ["accept", "1"],
      ["x-a", "2"],
      ["x-a-b", "3"],
      ["x-b", "4"],
    ] as const;
    const given = sorted.map(([name, value]): [string, string] => [name.toUpperCase(), value]);
    for (const pairs of [given, given.toReversed(), [...given.slice(2), ...given.slice(0, 2)]]) {
      expect(canonicalHeaders(pairs)).toEqual(sorted);
      expect(canonicalHeaders({ ...Object.fromEntries(pairs), absent: undefined })).toEqual(sorted);
      expect(signedHeaderNames(pairs)).toBe("accept;x-a;x-a-b;x-b");
    }
    expect(canonicalHeaders(new Headers(given))).toEqual(sorted);
    expect(canonicalHeaders({})).toEqual([]);
    expect(signedHeaderNames({})).toBe("");
  });

  it("that come twice are joined with a comma, in the order given", () => {
    const twice = [
      ["x-b", "2"],
      ["X-A", "1"],
      ["x-B", "3"],
      ["x-c", "4"],
      ["X-b", "5"],
    ] as const;
    expect(canonicalHeaders(twice)).toEqual([
      ["x-a", "1"],
      ["x-b", "2,3,5"],
      ["x-c", "4"],
    ]);
    expect([...lowerCaseHeaders(twice)]).toEqual([
      ["x-b", "2,3,5"],
      ["x-a", "1"],
      ["x-c", "4"],
    ]);
    expect(canonicalHeaders({ "x-a": ["1", "2"] })).toEqual([["x-a", "1,2"]]);
  });

  it("leave the Authorization header out of what is signed, and keep it for who verifies", () => {
    expect(canonicalHeaders({ Authorization: "x", accept: "1" })).toEqual([["accept", "1"]]);
    expect(lowerCaseHeaders({ Authorization: "x" }).get("authorization")).toBe("x");
  });
});

describe("the headers that the service wants", () => {
  const now = Date.UTC(2026, 10, 25, 9, 8, 7, 654);

  it.each([
    ["na", "pay-api.amazon.com"],
    ["eu", "pay-api.amazon.eu"],
    ["jp", "pay-api.amazon.jp"],
  ] as const)("of %s name its host", (region, host) => {
    expect(requiredHeaders({ region, now })).toStrictEqual({
      accept: "application/json",
      "content-type": "application/json",
      "x-amz-pay-date": "20261125T090807Z",
      "x-amz-pay-host": host,
      "x-amz-pay-region": region,
    });
  });

  it("name another host, a key and a merchant's token where they are given", () => {
    const headers = requiredHeaders({ region: "eu", now, host: "localhost:1", idempotencyKey: "k", authToken: "t" });
    expect(headers).toMatchObject({
      "x-amz-pay-host": "localhost:1",
      "x-amz-pay-region": "eu",
      "x-amz-pay-idempotency-key": "k",
      "x-amz-pay-authtoken": "t",
    });
  });

  it("of a region that is not known name none, rather than somebody else's host", () => {
    expect(requiredHeaders({ region: "mars" as never, now })).toMatchObject({
      "x-amz-pay-host": "",
      "x-amz-pay-region": "na",
    });
  });
});

describe("a body of nothing", () => {
  const hashOf = (body: string | Uint8Array | null | undefined): string | undefined =>
    canonicalRequest({ method: "POST", path: "/", headers: {}, body }).split("\n").at(-1);

  it("is hashed alike, whichever nothing it is; anything else is not", () => {
    const nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    for (const body of [undefined, null, "", new Uint8Array()]) expect(hashOf(body)).toBe(nothing);
    expect(hashOf(" ")).toBe("36a9e7f1c95b82ffb99743e0c5c4ce95d83c9a430aac59f84ef3cbfab6145068");
    expect(hashOf(Uint8Array.of(0x20))).toBe(hashOf(" "));
  });
});
