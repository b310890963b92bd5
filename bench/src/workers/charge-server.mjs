/** The smallest HTTPS server that answers createCharge as the service does: the same for every contender. */
import { createServer } from "node:https";
import { generate } from "selfsigned";
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
  const pems = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  const server = createServer({ key: pems.private, cert: pems.cert, keepAlive: true }, (request, response) => {
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
  return { port: server.address().port, ca: pems.cert };
}

serveWorks({ start });
