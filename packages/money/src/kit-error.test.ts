import { describe, expect, it } from "vitest";
import { errorDocs, KitError } from "./index.ts";

class Refused extends KitError {
  override name = "Refused";
  readonly code = "test.refused";
}

describe("KitError", () => {
  it("carries what it is given, and nothing else", () => {
    const cause = new TypeError("below");
    const full = new Refused("what is wrong", { cause, place: "line 7", remedy: "use --currency" });
    expect(full).toMatchObject({
      message: "what is wrong",
      code: "test.refused",
      place: "line 7",
      remedy: "use --currency",
    });
    expect([full.cause, full.name]).toEqual([cause, "Refused"]);
    const bare = new Refused("what is wrong");
    expect([Object.hasOwn(bare, "cause"), Object.hasOwn(bare, "place"), Object.hasOwn(bare, "remedy")]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it("is told by its mark, so that copies of the class count", () => {
    const copied = { [Symbol.for("@amazon-pay-kit/error")]: true };
    expect([new Refused("x"), copied].map((value) => value instanceof KitError)).toEqual([true, true]);
    const others = [new Error("x"), {}, null, undefined, "text", 7];
    expect(others.map((value) => value instanceof KitError)).toEqual(others.map(() => false));
    expect([new Refused("x") instanceof Refused, copied instanceof Refused]).toEqual([true, false]);
  });

  it("says where its code is explained: as a member, as text and as JSON", () => {
    const refused = new Refused("what is wrong", { place: "line 7" });
    const docs = "docs/reference/errors/test.md#testrefused";
    expect(refused.docs).toBe(docs);
    expect(String(refused)).toBe(`Refused: what is wrong (${docs})`);
    expect(JSON.parse(JSON.stringify(refused))).toEqual({
      name: "Refused",
      message: "what is wrong",
      code: "test.refused",
      place: "line 7",
      docs,
    });
  });

  it.each([
    ["key-exchange.bad-key", "docs/reference/errors/key-exchange.md#key-exchangebad-key"],
    ["file.utf-16", "docs/reference/errors/file.md#fileutf-16"],
    ["ECONNRESET", undefined],
    ["ERR_BAD_REQUEST", undefined],
    ["stopped", undefined],
    ["42501", undefined],
    ["../x", undefined],
  ])("the page of %s is %s", (code, docs) => {
    expect(errorDocs(code)).toBe(docs);
  });

  it("has a name of its own for classes that give none", () => {
    class Plain extends KitError {
      readonly code = "test.plain";
    }
    expect(new Plain("x").name).toBe("KitError");
  });
});
