import { describe, expect, it } from "vitest";
import { workerSettingsOf } from "./worker-options.ts";

const of = (options: Readonly<Record<string, string | string[]>>) => workerSettingsOf({ args: [], options });

describe("how a worker is to work", () => {
  it.each([
    [{ kind: ["load", "sweep"] }, "usage.kind"],
    [{ concurrency: "0" }, "usage.number"],
    [{ downloads: "two" }, "usage.number"],
    [{ every: "1.5" }, "usage.number"],
    [{ drain: "-1" }, "usage.number"],
    [{ takeOver: "0" }, "usage.number"],
  ])("%j is refused", (options, code) => {
    expect(() => of(options as Record<string, string | string[]>)).toThrow(expect.objectContaining({ code }));
  });

  it("leaves to the ledger what was left out", () => {
    expect(of({})).toEqual({});
    expect(of({ kind: [] })).toEqual({});
  });

  it("is what the options say, seconds as milliseconds", () => {
    expect(
      of({
        concurrency: "3",
        downloads: "2",
        every: "15",
        drain: "0",
        takeOver: "20",
        personalData: "drop",
        kind: ["load", "reconcile"],
      }),
    ).toEqual({
      concurrency: 3,
      shards: 2,
      everyMinutes: 15,
      drainMillis: 0,
      deadAfterMillis: 20_000,
      personalData: "drop",
      kinds: ["load", "reconcile"],
    });
  });
});
