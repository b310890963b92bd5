/** The stand-in service of the conformance suite: just enough of Amazon Pay and MWS, verifying what it gets. */
import { createHash, createHmac, createPrivateKey, generateKeyPairSync, sign, constants } from "node:crypto";
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";

const SALT = { "AMZN-PAY-RSASSA-PSS": 20, "AMZN-PAY-RSASSA-PSS-V2": 32 };

function makeFacts() {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const signatures = Object.fromEntries(
    Object.entries(SALT).map(([algorithm, saltLength]) => {
      const options = { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
      return [algorithm, sign("sha256", Buffer.from("payload"), options).toString("base64")];
    }),
  );
  const pkcs1 = createPrivateKey(privateKey).export({ type: "pkcs1", format: "pem" });
  return { pkcs8: privateKey, pkcs1, publicKey, signatures };
}

function readBody(request) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => resolve(Buffer.concat(chunks).toString()));
    request.on("error", reject);
  });
}

function isMwsSigned(host, path, form) {
  const pairs = form.split("&").map((pair) => pair.split("="));
  const given = pairs.find(([name]) => name === "Signature")?.[1] ?? "";
  const query = pairs
    .filter(([name]) => name !== "Signature")
    .map((pair) => pair.join("="))
    .join("&");
  const expected = createHmac("sha256", "secret").update(["POST", host, path, query].join("\n")).digest("base64");
  return decodeURIComponent(given) === expected;
}

/**
 * Starts the service on a free port.
 *
 * @param verify checks a request of API v2: `({ method, path, headers, body }, publicKeyPem) => boolean`
 */
export async function startService(verify) {
  const facts = makeFacts();
  const report = Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0x0d, 0x0a, 0x00]);
  const packed = gzipSync("a,b\r\n1,ü\r\n");
  /** Keys of charges that failed once: the second attempt must bring the same. */
  const failedOnce = new Set();

  const json = (response, status, body, headers = {}) => {
    response.writeHead(status, { "content-type": "application/json", "x-amz-pay-request-id": "request-1", ...headers });
    response.end(JSON.stringify(body));
  };

  const file = (response, bytes, headers) => {
    response.writeHead(200, headers);
    response.end(bytes);
  };

  const routes = {
    "GET /_facts": (_, response) => json(response, 200, facts),
    "GET /files/packed": (_, response) => file(response, packed, { "content-type": "text/csv" }),
    "GET /files/cut": (_, response) => {
      response.writeHead(200, { "content-length": String(packed.length) });
      response.write(packed.subarray(0, packed.length - 6));
      setTimeout(() => response.destroy(), 20);
    },
    "POST /Reports/2009-01-01": (request, response, body) => {
      if (!isMwsSigned(request.headers.host, "/Reports/2009-01-01", body)) return json(response, 403, {});
      const md5 = createHash("md5").update(report).digest("base64");
      return file(response, report, { "content-md5": md5, "content-type": "text/plain" });
    },
  };

  const charge = (chargeId) => ({ chargeId, chargeAmount: { amount: "10.00", currencyCode: "USD" } });
  const verified = {
    "POST /v2/charges": (request, response) => {
      const key = request.headers["x-amz-pay-idempotency-key"];
      if (!failedOnce.has(key)) {
        failedOnce.add(key);
        return json(response, 500, { reasonCode: "InternalServerError", message: "no" });
      }
      return json(response, 201, { ...charge("S01-0000000-0000000-C000001"), sameKeyTwice: true });
    },
    "GET /v2/charges/declined": (_, response) => json(response, 422, { reasonCode: "SoftDeclined", message: "no" }),
    "GET /v2/charges/failing": (_, response) => json(response, 500, {}, { "retry-after": "30" }),
    "GET /v2/charges/gateway": (_, response) => {
      response.writeHead(502, { "content-type": "text/html" });
      response.end("<html>Bad gateway</html>");
    },
    "GET /v2/charges/hanging": () => undefined,
    "GET /v2/charges/S01-0000000-0000000-C000001": (_, response) =>
      json(response, 200, charge("S01-0000000-0000000-C000001")),
  };
  for (const id of ["packed", "cut"]) {
    verified[`GET /v2/report-documents/${id}`] = (request, response) =>
      json(response, 200, {
        reportDocumentId: id,
        url: `http://${request.headers.host}/files/${id}`,
        compressionAlgorithm: null,
      });
  }

  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    const route = `${request.method} ${request.url}`;
    const open = routes[route];
    if (open !== undefined) return open(request, response, body);
    const handler = verified[route];
    if (handler === undefined) return json(response, 404, { reasonCode: "ResourceNotFound", message: route });
    const signed = { method: request.method, path: request.url, headers: request.headers, body };
    if (!verify(signed, facts.publicKey))
      return json(response, 403, { reasonCode: "InvalidRequestSignature", message: "no" });
    return handler(request, response, body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${server.address().port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
