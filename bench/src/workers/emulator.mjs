/** A server that plays a payment service: the sandbox, durable and verifying, or emulate's Stripe service. */
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { createEmulator } from "emulate";
import { startSandbox } from "@amazon-pay-kit/sandbox";
import { serveWorks } from "../serve-works.mjs";

let cpuAtStart;
let running;

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

serveWorks({
  async sandbox({ dataDir, permissions }) {
    running = await startSandbox({ port: 0, httpsPort: 0, seed: 1, dataDir });
    const { ready, sandbox } = running;
    const merchant = sandbox.merchants.find((one) => one.region === "na");
    const request = { merchantId: merchant.merchantId, type: "OneTime", amount: "10.00", currencyCode: "USD" };
    const ids = [];
    for (let count = 0; count < permissions; count += 1) {
      ids.push((await sandbox.control("POST", "/charge-permissions", request)).chargePermissionId);
    }
    const keys = ready.merchants.find((one) => one.merchantId === merchant.merchantId).keys;
    return { url: ready.http, key: keys.find((one) => one.publicKeyId.startsWith("SANDBOX-")), ids };
  },

  /** The least that can answer: Node's own server, which looks at nothing and sends a charge. */
  async bare({ answer }) {
    const body = Buffer.from(answer);
    const headers = { "content-type": "application/json", "content-length": body.length };
    const server = createHttpServer((request, response) => {
      request.resume();
      response.writeHead(200, headers);
      response.end(body);
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    running = { close: () => new Promise((resolve) => server.close(resolve)) };
    return { url: `http://127.0.0.1:${server.address().port}` };
  },

  async emulate() {
    running = await createEmulator({ service: "stripe", port: await freePort() });
    return { url: running.url };
  },

  cpuStart() {
    cpuAtStart = process.cpuUsage();
  },

  cpuSince() {
    const used = process.cpuUsage(cpuAtStart);
    return { used: (used.user + used.system) / 1e6 };
  },

  async close() {
    await running.close();
  },
});
