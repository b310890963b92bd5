import { readFileSync } from "node:fs";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readStartOptions, startSandbox, type StartedSandbox } from "../index.ts";
import { startContainer, type ContainerDefinition, type StartedContainer } from "./index.ts";

/** Docker does not run everywhere: a container whose process is a sandbox of this one, and whose ports are mapped to its. */
class FakeContainer implements ContainerDefinition<StartedContainer> {
  ports: number[] = [];
  command: string[] = [];
  readonly #started: StartedSandbox;
  constructor(started: StartedSandbox) {
    this.#started = started;
  }
  withExposedPorts(...ports: number[]): this {
    this.ports = ports;
    return this;
  }
  withCommand(command: string[]): this {
    this.command = command;
    return this;
  }
  start(): Promise<StartedContainer> {
    const { http, https, caFile } = this.#started.ready;
    return Promise.resolve({
      getHost: () => "127.0.0.1",
      getMappedPort: (port) => Number(new URL(port === 8580 ? http : https).port),
      exec: ([program, path]) =>
        Promise.resolve(
          program === "cat" && path === "/data/tls/ca.pem"
            ? { output: readFileSync(caFile, "utf8"), exitCode: 0 }
            : { output: "", exitCode: 1 },
        ),
    });
  }
}

describe("the sandbox's image in Testcontainers", () => {
  let started: StartedSandbox;
  beforeAll(async () => {
    started = await startSandbox({ port: 0, httpsPort: 0, seed: 1 });
  });
  afterAll(() => started.close());

  it("is started with its ports and options, and gives a client that can call it over both", async () => {
    const definition = new FakeContainer(started);
    const sandbox = await startContainer(definition, { seed: 1, options: ["--strict"] });
    expect([definition.ports, definition.command]).toEqual([
      [8580, 8543],
      ["--seed", "1", "--strict"],
    ]);
    expect(readStartOptions({ seed: "1", strict: true }, "/")).toMatchObject({ seed: "1", strict: true });
    const eu = sandbox.merchants.find(({ region }) => region === "eu");
    for (const more of [{}, { baseUrl: sandbox.https, ca: sandbox.ca }]) {
      const pay = new AmazonPay({ ...sandbox.client("eu"), ...more });
      const webCheckoutDetails = { checkoutReviewReturnUrl: "https://shop.example/review" };
      const session = await pay.checkoutSessions.create({ storeId: eu!.storeId, webCheckoutDetails });
      expect(session.statusDetails.state).toBe("Open");
      pay.close();
    }
  });

  it("one that does not answer, or is another image, is named", async () => {
    const silent = startContainer(new FakeContainer(started), {
      timeoutMs: 400,
      fetch: () => Promise.reject(new Error("connection refused")),
    });
    await expect(silent).rejects.toMatchObject({
      code: "testcontainers.not-ready",
      message: expect.stringMatching(/does not answer at http:.*connection refused/),
    });
    const definition = new FakeContainer(started);
    const inner = await definition.start();
    definition.start = () => Promise.resolve({ ...inner, exec: () => Promise.resolve({ output: "", exitCode: 1 }) });
    await expect(startContainer(definition)).rejects.toThrow("is it the sandbox's image?");
  });
});
