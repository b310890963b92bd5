import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { expect, it } from "vitest";
import { runProgram } from "../program.ts";
import { testTerminal } from "../terminal/testing/test-terminal.ts";

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

it("a worker whose database is away is alive, not ready, and says what it waits for", async () => {
  const folder = mkdtempSync(join(tmpdir(), "apay-late-"));
  const shop = { region: "eu", publicKeyId: "SANDBOX-A", privateKeyEnv: "SHOP_KEY" };
  writeFileSync(join(folder, "apay.config.json"), JSON.stringify({ accounts: { shop } }));
  const env = { DATABASE_URL: `postgres://nobody@127.0.0.1:${await freePort()}/books`, SHOP_KEY: "none" };
  const terminal = testTerminal(folder, { env });
  const port = await freePort();
  const working = runProgram(["worker", "--metrics-port", String(port)], terminal, systemClock, systemRandom);
  const url = `http://127.0.0.1:${port}`;
  const asked = async (path: string): Promise<[number, string]> => {
    const answer = await fetch(url + path);
    return [answer.status, await answer.text()];
  };
  await expect.poll(() => terminal.written.err).toContain("the database cannot be reached: it is waited for");
  expect(await asked("/livez")).toEqual([200, '{"ok":true}\n']);
  expect(await asked("/readyz")).toEqual([503, '{"ok":false,"error":"the database is waited for"}\n']);
  expect((await asked("/metrics"))[1]).toContain("process_cpu_seconds_total");
  terminal.stop();
  await working;
  await expect(fetch(`${url}/livez`)).rejects.toThrow();
  rmSync(folder, { recursive: true });
});
