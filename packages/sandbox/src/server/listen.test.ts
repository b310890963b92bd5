import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { jsonAnswer, type Answer } from "../http/call.ts";
import { nodeHandler } from "./listen.ts";

describe("answers on their way to a socket", () => {
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });

  async function serve(settle: () => Answer | undefined): Promise<{ readonly url: string; readonly seen: string[] }> {
    const seen: string[] = [];
    const server = createServer(
      nodeHandler({
        accept: (call) => {
          seen.push(`accept ${call.path}`);
          const answer = jsonAnswer(201, { path: call.path });
          return call.path === "/later" ? Promise.resolve(answer) : answer;
        },
        settle: () => {
          seen.push("settle");
          return settle();
        },
        scheme: "http",
        maximumBodyBytes: 1000,
        fallbackHost: () => "localhost",
      }),
    ).listen(0, "127.0.0.1");
    closing.push(
      () => server.closeAllConnections(),
      () => server.close(),
    );
    await once(server, "listening");
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
  }

  it("none goes out before what its call changed was made durable", async () => {
    const { url, seen } = await serve(() => undefined);
    for (const path of ["/now", "/later"]) {
      expect(await (await fetch(url + path)).json()).toEqual({ path });
      expect(seen.splice(0)).toEqual([`accept ${path}`, "settle"]);
    }
    const paths = Array.from({ length: 20 }, (_, index) => `/${index}`);
    const answers = await Promise.all(paths.map(async (path) => (await fetch(url + path)).json()));
    expect(answers).toEqual(paths.map((path) => ({ path })));
    expect(seen.at(-1)).toBe("settle");
    expect(seen.filter((entry) => entry !== "settle").sort()).toEqual(paths.map((path) => `accept ${path}`).sort());
  });

  it("when that fails, the callers are told so, and not that it was done", async () => {
    const { url } = await serve(() => jsonAnswer(503, { reasonCode: "ServiceUnavailable" }));
    for (const path of ["/now", "/later"]) {
      const response = await fetch(url + path);
      expect([response.status, await response.json()]).toEqual([503, { reasonCode: "ServiceUnavailable" }]);
    }
  });
});
