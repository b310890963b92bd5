import { describe, expect, it } from "vitest";
import { failureOf } from "./failure.ts";

describe("a failure in words", () => {
  it("says which login to use when the database refuses what this one may not do", () => {
    const refused = Object.assign(new Error("permission denied for table lease"), { code: "42501" });
    expect(failureOf(refused)).toMatchObject({
      code: "store.not-allowed",
      message: expect.stringContaining("permission denied for table lease") as string,
      remedy: expect.stringContaining("apay_worker") as string,
      exitStatus: 2,
    });
  });
});
