import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { expect, it } from "vitest";
import { testTerminal } from "../terminal/testing/test-terminal.ts";
import { delayedProgress } from "./progress-delay.ts";

it("says that a command works when it has been silent for a second, and takes it back when it speaks", async () => {
  const clock = manualClock(0);
  const screen = testTerminal("/", { isTTY: true });
  const { terminal, end } = delayedProgress(screen, clock, "call", false);
  await clock.advance(999);
  expect(screen.written.err).toBe("");
  await clock.advance(1);
  expect(screen.written.err).toContain("call …");
  terminal.out.write("done\n");
  expect(screen.written).toEqual({ out: "done\n", err: expect.stringContaining("\r\u001B[2K") as string });
  await end();
});

it("says nothing of a command that has spoken, that has ended, or that is to be quiet", async () => {
  const clock = manualClock(0);
  for (const [quiet, speaks] of [
    [false, true],
    [false, false],
    [true, false],
  ] as const) {
    const screen = testTerminal("/", { isTTY: true });
    const { terminal, end } = delayedProgress(screen, clock, "call", quiet);
    if (speaks) terminal.err.write("a remark\n");
    if (!speaks && !quiet) await end();
    await clock.advance(2000);
    expect(screen.written.err).toBe(speaks ? "a remark\n" : "");
    await end();
  }
});
