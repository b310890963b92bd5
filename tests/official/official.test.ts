import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSandbox, type SandboxEvent, type StartedSandbox } from "@amazon-pay-kit/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EXCEPTIONS } from "./exceptions.ts";
import { makeObjects } from "./objects.ts";
import { runSuite, type Outcome } from "./runner.ts";
import { official, prepareSuite } from "./suite.ts";

/** How many tests the suite of the pinned version has, by file. */
const TESTS = { "amazonPayClientTest.js": 3, "inStoreClientTest.js": 3, "webStoreClientTest.js": 50 };

const exceptionFor = (outcome: Outcome) =>
  EXCEPTIONS.find(({ file, title }) => outcome.file === file && outcome.title.endsWith(` ${title}`));

const compat = fileURLToPath(import.meta.resolve("@amazon-pay-kit/sdk/compat"));

describe.each([
  { clients: "unmodified", client: undefined },
  { clients: "with the kit's clients in place of its own", client: compat },
])("the integration suite of the official Node SDK, $clients, over HTTPS", ({ client }) => {
  let started: StartedSandbox;
  let outcomes: Outcome[];
  let calls: readonly SandboxEvent[];

  beforeAll(async () => {
    started = await startSandbox({ port: 0, httpsPort: 0, seed: 1 });
    const folder = prepareSuite(await makeObjects(started), client);
    const before = started.sandbox.events.nextId - 1;
    outcomes = await runSuite(folder, {
      files: "tst/",
      fromSource: client !== undefined,
      caFile: started.ready.caFile,
    });
    calls = started.sandbox.events.list({ after: before });
    rmSync(folder, { recursive: true });
  });
  afterAll(() => started.close());

  it("is run whole", () => {
    expect(readdirSync(join(official, "tst")).filter((name) => name.endsWith("Test.js"))).toEqual(Object.keys(TESTS));
    for (const [file, count] of Object.entries(TESTS)) {
      expect(outcomes.filter((outcome) => outcome.file === file)).toHaveLength(count);
    }
  });

  it("passes, but for the exceptions", () => {
    const others = outcomes.filter((outcome) => exceptionFor(outcome) === undefined);
    expect(others.filter(({ state }) => state !== "passed")).toEqual([]);
    expect(others).toHaveLength(outcomes.length - EXCEPTIONS.length);
  });

  it.each(EXCEPTIONS)("$file: $title: $reason", ({ title, state, message }) => {
    const [outcome, ...more] = outcomes.filter((one) => one.title.endsWith(` ${title}`));
    expect(more).toEqual([]);
    expect(outcome).toMatchObject({ state, message });
  });

  it("was answered with nothing but success, signed by both algorithms", () => {
    expect(calls.filter(({ response }) => response.status >= 400)).toEqual([]);
    expect(new Set(calls.map(({ signature }) => signature?.algorithm))).toEqual(
      new Set(["AMZN-PAY-RSASSA-PSS", "AMZN-PAY-RSASSA-PSS-V2"]),
    );
  });

  it("was sent by these clients", () => {
    const agents = new Set(calls.map(({ request }) => request.headers["user-agent"]?.split("/", 1)[0]));
    expect(agents).toEqual(new Set([client === undefined ? "amazon-pay-api-sdk-nodejs" : "amazon-pay-kit"]));
  });

  it("was answered what its misspelt tests meant", () => {
    const shown = calls.filter(({ operation }) => operation === "getChargePermission" || operation === "getRefund");
    expect(shown).toHaveLength(4);
    for (const { operation, response } of shown) {
      const member = operation === "getRefund" ? "refundAmount" : "chargePermissionReferenceId";
      expect(Object.keys(response.body as object)).toContain(member);
    }
  });
});
