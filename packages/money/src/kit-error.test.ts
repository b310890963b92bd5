import { describe, expect, it } from "vitest";
import { KitError } from "./index.ts";

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

  it("has a name of its own for classes that give none", () => {
    class Plain extends KitError {
      readonly code = "test.plain";
    }
    expect(new Plain("x").name).toBe("KitError");
  });
});
