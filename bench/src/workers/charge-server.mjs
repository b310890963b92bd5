/** The smallest HTTPS server that answers createCharge as the service does: the same for every contender. */
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:https";
import { issueCertificate } from "../../../packages/sandbox/dist/certificates/issue.js";
import { serveWorks } from "../serve-works.mjs";

const ANSWER = Buffer.from(
  JSON.stringify({
    chargeId: "S01-5105180-3221187-C056351",
    chargePermissionId: "S01-5105180-3221187",
    chargeAmount: { amount: "10.00", currencyCode: "USD" },
    captureAmount: { amount: "10.00", currencyCode: "USD" },
    refundedAmount: { amount: "0.00", currencyCode: "USD" },
    softDescriptor: null,
    captureNow: true,
    canHandlePendingAuthorization: false,
    statusDetails: {
      state: "Captured",
      reasonCode: null,
      reasonDescription: null,
      lastUpdatedTimestamp: "20261120T120000Z",
    },
    creationTimestamp: "20261120T120000Z",
    expirationTimestamp: "20261220T120000Z",
    releaseEnvironment: "Sandbox",
  }),
);

async function start() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const day = 86_400_000;
  const cert = issueCertificate(
    {
      commonName: "localhost",
      from: Date.now() - day,
      until: Date.now() + day,
      publicKey,
      usage: ["digitalSignature"],
      dnsNames: ["localhost"],
      addresses: ["127.0.0.1"],
    },
    { key: privateKey },
  );
  const key = privateKey.export({ type: "pkcs8", format: "pem" });
  const server = createServer({ key, cert, keepAlive: true }, (request, response) => {
    request.resume();
    request.once("end", () => {
      response.writeHead(201, {
        "content-type": "application/json",
        "content-length": ANSWER.length,
        "x-amz-pay-request-id": "1",
      });
      response.end(ANSWER);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: server.address().port, ca: cert };
}

serveWorks({ start });
