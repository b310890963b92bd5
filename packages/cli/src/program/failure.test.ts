import { describe, expect, it } from "vitest";
import { failureOf } from "./failure.ts";

describe("a failure in words", () => {
  it.each([
    ["ENOSPC", /disk is full/, /make room/],
    ["EDQUOT", /share of the disk/, /make room/],
    ["EIO", /could not be read or written/, /check the disk/],
    ["EROFS", /not written/, /mount it/],
    ["EMFILE", /files open/, /ulimit/],
  ])("says what to do about %s, also where it is the cause of another", (code, words, advice) => {
    const error = Object.assign(new Error(`${code}: in the system's words, fsync`), { code, syscall: "fsync" });
    expect(failureOf(error)).toMatchObject({ code, exitStatus: 2 });
    expect(failureOf(error).message).toMatch(words);
    expect(failureOf(error).remedy).toMatch(advice);
    const wrapped = Object.assign(new Error("cannot make the archive folder", { cause: error }), { code: "archive.x" });
    expect(failureOf(wrapped)).toMatchObject({ code: "archive.x", message: "cannot make the archive folder" });
    expect(failureOf(wrapped).remedy).toMatch(advice);
  });

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
