import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { describe, expect, it } from "vitest";
import { openMemoryArchive } from "../../../ledger/src/archive/memory/open.ts";
import type { Archive } from "@amazon-pay-kit/ledger/archive";
import { ArchiveBreaker, isArchiveAway } from "./archive-breaker.ts";
import { JobDeferred } from "./errors.ts";

const fault = (code: string): Error => Object.assign(new Error(`write ${code}`), { code });

async function* bytes(...pieces: readonly (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (piece instanceof Error) throw piece;
    yield Buffer.from(piece);
  }
}

describe("the archive's circuit breaker", () => {
  const clock = manualClock(0);
  const told: string[] = [];
  const setup = (fails: () => Error | undefined) => {
    told.length = 0;
    const breaker = new ArchiveBreaker(
      clock,
      { onAway: (reason) => told.push(`away: ${reason}`), onBack: () => told.push("back") },
      1000,
    );
    const inner = openMemoryArchive();
    const broken: Archive = {
      ...inner,
      receive: async (source) => {
        const error = fails();
        if (error !== undefined) throw error;
        return inner.receive(source);
      },
      describe: async (path) => {
        const error = fails();
        if (error !== undefined) throw error;
        return inner.describe(path);
      },
      read: (path) => inner.read(path),
      link: (path, report) => inner.link(path, report),
      entries: () => inner.entries(),
    };
    return { breaker, archive: breaker.watch(broken) };
  };

  it.each(["ENOSPC", "EDQUOT", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "archive.cannot-write"])(
    "%s puts jobs off, lets one probe after a pause, and lets all in again when that went well",
    async (code) => {
      let error: Error | undefined = fault(code);
      const { breaker, archive } = setup(() => error);
      expect(breaker.allowed(8, 0)).toBe(8);
      await expect(archive.receive(bytes("a"))).rejects.toMatchObject({ name: "JobDeferred", seconds: 1 });
      await expect(archive.describe("x")).rejects.toBeInstanceOf(JobDeferred);
      expect([breaker.isAway, breaker.allowed(8, 0), told.length]).toEqual([true, 0, 1]);
      await clock.advance(1000);
      expect([breaker.allowed(8, 0), breaker.allowed(8, 1)]).toEqual([1, 0]);
      await expect(archive.receive(bytes("a"))).rejects.toMatchObject({ seconds: 2 });
      await clock.advance(1999);
      expect(breaker.allowed(8, 0)).toBe(0);
      await clock.advance(1);
      error = undefined;
      await archive.receive(bytes("a"));
      expect([breaker.isAway, breaker.allowed(8, 3), told.at(-1)]).toEqual([false, 8, "back"]);
    },
  );

  it("is not opened by what breaks at the source, or by a file that is not there", async () => {
    const { breaker, archive } = setup(() => undefined);
    await expect(archive.receive(bytes("a", fault("ECONNRESET")))).rejects.toMatchObject({ code: "ECONNRESET" });
    await expect(archive.read("none")[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: "archive.missing",
    });
    expect([breaker.isAway, told]).toEqual([false, []]);
  });

  it("waits no longer than thirty times the first pause", async () => {
    const { breaker, archive } = setup(() => fault("ENOSPC"));
    let longest = 0;
    for (let time = 0; time < 12; time += 1) {
      const error: unknown = await archive.receive(bytes("a")).catch((thrown: unknown) => thrown);
      longest = Math.max(longest, (error as JobDeferred).seconds);
      await clock.advance(30_000);
    }
    expect([longest, breaker.isAway]).toEqual([30, true]);
  });

  it("knows what a bucket's client says", () => {
    const reported = (name: string, httpStatusCode?: number) =>
      isArchiveAway(Object.assign(new Error("x"), { name, $metadata: { httpStatusCode } }));
    expect([
      reported("TimeoutError"),
      reported("SlowDown", 503),
      reported("Unknown", 500),
      reported("TooMany", 429),
    ]).toEqual(Array.from({ length: 4 }, () => true));
    expect([reported("NoSuchKey", 404), reported("AccessDenied", 403), isArchiveAway("text")]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
