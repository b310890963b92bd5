import { rmSync } from "node:fs";
import { startSandbox, type StartedSandbox } from "@amazon-pay-kit/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeObjects } from "./objects.ts";
import { runSuite } from "./runner.ts";
import { prepareSuite } from "./suite.ts";

let started: StartedSandbox;
describe("the integration suite of the official Node SDK, unmodified", () => {
  beforeAll(async () => {
    started = await startSandbox({ port: 0, httpsPort: 0, seed: 1 });
  });
  afterAll(() => started.close());
  it("runs against the sandbox", async () => {
    const folder = prepareSuite(await makeObjects(started));
    const outcomes = await runSuite(folder, { files: "tst/", fromSource: false, caFile: started.ready.caFile });
    rmSync(folder, { recursive: true });
    expect(outcomes.length).toBeGreaterThan(0);
  }, 120_000);
});
