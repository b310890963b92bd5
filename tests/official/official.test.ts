import { rmSync } from "node:fs";
import { startSandbox, type StartedSandbox } from "@amazon-pay-kit/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeObjects } from "./objects.ts";
import { runSuite, type Outcome } from "./runner.ts";
import { prepareSuite, type Filling } from "./suite.ts";

let started: StartedSandbox;
describe("x", () => {
beforeAll(async () => {
  started = await startSandbox({ port: 0, httpsPort: 0, seed: 1 });
});
afterAll(() => started.close());
it("runs", async () => {
  const folder = prepareSuite(await makeObjects(started));
  const outcomes = await runSuite(folder, { files: "tst/", fromSource: false, caFile: started.ready.caFile });
  for (const o of outcomes) if (o.state !== "passed") console.log(o.state, o.file, "|", o.title, "|", o.message.slice(0, 300));
  rmSync(folder, { recursive: true });
  for (const e of started.sandbox.events.list().slice(-200)) { const x = e as any; if (x.status >= 400) console.log(JSON.stringify(x).slice(0, 1500)); }
}, 120_000);
});
