import { afterEach, describe, expect, it, vi } from "vitest";
import { fromBase64, toBase64 } from "./base64.ts";

const BYTES = Uint8Array.from({ length: 256 }, (_none, index) => index);
const text = (bytes: Uint8Array | undefined): string => Array.from(bytes ?? [], String).join();

afterEach(() => vi.unstubAllGlobals());

describe.each(["with Node's Buffer", "without it"])("base64 %s", (runtime) => {
  const prepare = (): void => {
    if (runtime === "without it") vi.stubGlobal("Buffer", undefined);
  };

  it("gives the bytes back, of every length up to three groups", () => {
    prepare();
    for (let length = 0; length < 10; length += 1) {
      const bytes = BYTES.subarray(250 - length, 250);
      expect(text(fromBase64(toBase64(bytes)))).toBe(text(bytes));
    }
    expect(text(fromBase64(toBase64(BYTES)))).toBe(text(BYTES));
  });

  it.each([
    ["", ""],
    ["AA==", "0"],
    ["AAE=", "0,1"],
    ["AAEC", "0,1,2"],
    ["+/+/", "251,255,191"],
    ["AAECAAEC", "0,1,2,0,1,2"],
  ])("reads %j", (written, bytes) => {
    prepare();
    expect(text(fromBase64(written))).toBe(bytes);
    expect(toBase64(Uint8Array.from(bytes === "" ? [] : bytes.split(",").map(Number)))).toBe(written);
  });

  it.each([
    "A",
    "AA",
    "AAA",
    "AAA=A",
    "A===",
    "====",
    "=AAA",
    "AA=A",
    "AA-_",
    "AA A",
    " AAA",
    "AAA\n",
    "AAAAA",
    "é===",
  ])("refuses %j", (written) => {
    prepare();
    expect(fromBase64(written)).toBeUndefined();
  });
});

it("writes a view of larger memory, and no byte beside it", () => {
  expect(toBase64(BYTES.subarray(1, 3))).toBe("AQI=");
  expect(toBase64(Buffer.from([1, 2]))).toBe("AQI=");
});
