import { describe, expect, it } from "vitest";
import { booleanParameter, countParameter, listParameter, timeParameter, wordsParameter } from "./filters.ts";

const of = (...pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, string> => new Map(pairs);
const wrong = expect.objectContaining({ mwsCode: "InvalidParameterValue" }) as Error;
const entries = (count: number): (readonly [string, string])[] =>
  Array.from({ length: count }, (_none, index) => [`Id.${index + 1}`, String(index)] as const);

describe("what a client may not send", () => {
  it.each(["0", "101", "-1", "1.5", "ten", "1e2", "0000000"])("MaxCount %s", (text) => {
    expect(() => countParameter(of(["MaxCount", text]))).toThrow(wrong);
  });

  it.each(["yesterday", "2026-13-01", "2026-01-01T25:00:00Z"])("the time %s", (text) => {
    expect(() => timeParameter(of(["From", text]), "From")).toThrow(wrong);
  });

  it("yes for true, a word that is not known, an entry that is none, more than a hundred entries", () => {
    expect(() => booleanParameter(of(["Acknowledged", "yes"]), "Acknowledged")).toThrow(wrong);
    expect(() => wordsParameter(of(["Type.1", "_MINE_"]), "Type", ["_YOURS_"])).toThrow(wrong);
    expect(() => listParameter(of(["Id.0", "a"]), "Id")).toThrow(wrong);
    expect(() => listParameter(of(["Id.first", "a"]), "Id")).toThrow(wrong);
    expect(() => listParameter(of(...entries(101)), "Id")).toThrow(wrong);
  });
});

describe("filters", () => {
  it("are not there when they were not sent, and ten entries make a page", () => {
    const none = of(["MaxCount", ""], ["Acknowledged", ""], ["From", ""]);
    expect([
      booleanParameter(none, "Acknowledged"),
      timeParameter(none, "From"),
      listParameter(none, "Id"),
      countParameter(none),
    ]).toEqual([undefined, undefined, undefined, 10]);
  });

  it("are read to their bounds", () => {
    expect([countParameter(of(["MaxCount", "1"])), countParameter(of(["MaxCount", "100"]))]).toEqual([1, 100]);
    expect(booleanParameter(of(["Acknowledged", " False "]), "Acknowledged")).toBe(false);
    expect(listParameter(of(...entries(100)), "Id")).toHaveLength(100);
    expect(listParameter(of(["Id.10", "j"], ["Id.2", " b "], ["Ids.1", "x"]), "Id")).toEqual(["b", "j"]);
    const moment = Date.UTC(2026, 0, 5, 10);
    expect(timeParameter(of(["From", "2026-01-05T10:00:00Z"]), "From")).toBe(moment);
    expect(timeParameter(of(["From", "2026-01-05T10:00:00"]), "From")).toBe(moment);
    expect(timeParameter(of(["From", "2026-01-05"]), "From")).toBe(Date.UTC(2026, 0, 5));
  });
});
