import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../index.ts";
import { makePermission } from "../testing/index.ts";
import { sendRaw, type RawRequest } from "../testing/raw-signer.ts";

/**
 * What the official SDKs do differently from the documentation and from each other (docs/amazon-pay/requests.md, 10): each must
 * be let in as the live service lets it in.
 */
describe("signatures as the official SDKs make them", () => {
  let sandbox: Sandbox;
  let permissionId: string;
  const clock = manualClock(Date.UTC(2026, 10, 20, 18, 14, 43));

  beforeAll(async () => {
    sandbox = await createSandbox({ seed: 1, clock });
    permissionId = (await makePermission(sandbox, { type: "PaymentMethodOnFile" })).chargePermissionId;
  });

  const key = (index: number) => {
    const found = sandbox.merchants[0]?.keys[index];
    if (found?.privateKeyPem === undefined) throw new Error("no key");
    return { publicKeyId: found.publicKeyId, privateKeyPem: found.privateKeyPem };
  };

  /** The five headers of the documentation, in its order. */
  const headers = {
    accept: "application/json",
    "content-type": "application/json",
    "x-amz-pay-date": "20261120T181443Z",
    "x-amz-pay-host": "pay-api.amazon.com",
    "x-amz-pay-region": "na",
  };

  const charge = JSON.stringify({ chargePermissionId: "", chargeAmount: { amount: "1.00", currencyCode: "USD" } });
  const chargeBody = () => charge.replace('""', JSON.stringify(permissionId));

  const send = (request: Partial<RawRequest> & { readonly target: string }, keyIndex = 0) =>
    sendRaw(sandbox, { method: "GET", headers, ...key(keyIndex), ...request });

  for (const algorithm of ["AMZN-PAY-RSASSA-PSS", "AMZN-PAY-RSASSA-PSS-V2"]) {
    it(`the documented form, ${algorithm}`, async () => {
      expect((await send({ algorithm, target: `/v2/chargePermissions/${permissionId}` })).status).toBe(200);
    });
  }

  it("a plain key with the environment in the path", async () => {
    expect((await send({ target: `/sandbox/v2/chargePermissions/${permissionId}` }, 1)).status).toBe(200);
    expect((await send({ target: `/live/v2/chargePermissions/${permissionId}` }, 1)).status).toBe(404);
  });

  it("Java: the region in capitals", async () => {
    const target = `/v2/chargePermissions/${permissionId}`;
    expect((await send({ target, headers: { ...headers, "x-amz-pay-region": "NA" } })).status).toBe(200);
  });

  it("Node: the date in extended form, and user-agent signed", async () => {
    const target = `/v2/chargePermissions/${permissionId}`;
    const node = {
      accept: "application/json",
      "content-type": "application/json",
      "user-agent": "amazon-pay-api-sdk-nodejs/2.3.4 (JS/20.20.2; linux)",
      "x-amz-pay-date": "2026-11-20T18:14:43Z",
      "x-amz-pay-host": "127.0.0.1:8543",
      "x-amz-pay-region": "na",
    };
    expect((await send({ target, headers: node })).status).toBe(200);
  });

  it("Node: names in SignedHeaders as typed by the caller, header lines in lower case", async () => {
    const answer = await send({
      method: "POST",
      target: "/v2/charges",
      body: chargeBody(),
      headers: { ...headers, "X-Amz-Pay-Idempotency-Key": "MixedCase1" },
      signedNames: [
        "accept",
        "content-type",
        "x-amz-pay-date",
        "x-amz-pay-host",
        "X-Amz-Pay-Idempotency-Key",
        "x-amz-pay-region",
      ],
    });
    expect(answer.status).toBe(201);
    const id = String(answer.body["chargeId"]);
    const cancel = JSON.stringify({ cancellationReason: "test" });
    // .NET, Java, Node and PHP alike: a body on DELETE, and it is signed.
    expect((await send({ method: "DELETE", target: `/v2/charges/${id}/cancel`, body: cancel })).status).toBe(200);
  });

  it("Node: a query value that holds what RFC 3986 would encode", async () => {
    const answer = await send({ target: "/v2/reports?nextToken=it's(one)*!" });
    expect(answer.body["reasonCode"]).not.toBe("InvalidRequestSignature");
  });

  it(".NET and Java: a slash at the end, signed and sent", async () => {
    expect((await send({ target: `/v2/chargePermissions/${permissionId}/` })).status).toBe(200);
  });

  it("Java: a slash before the query", async () => {
    const answer = await send({ target: "/v2/reports/?pageSize=10", canonicalPath: "/v2/reports/" });
    expect(answer.status).toBe(200);
  });

  it(".NET: an encoded path that is encoded once more for signing", async () => {
    const target = "/v2/buyers/Atza%7Cabc%2Fdef";
    const answer = await send({ target, canonicalPath: "/v2/buyers/Atza%257Cabc%252Fdef" });
    expect(answer.body["reasonCode"]).toBe("ResourceNotFound");
  });

  it("Node and PHP: a path that is signed without encoding", async () => {
    const answer = await send({ target: "/v2/buyers/Atza|abc", canonicalPath: "/v2/buyers/Atza|abc" });
    expect(answer.body["reasonCode"]).toBe("ResourceNotFound");
  });

  it("Java and .NET: a path whose repeated slashes are collapsed for signing", async () => {
    const answer = await send({ target: "//v2//charges/none", canonicalPath: "/v2/charges/none" });
    expect(answer.body["reasonCode"]).not.toBe("InvalidRequestSignature");
  });

  it("PHP: further headers that are not signed", async () => {
    const php = {
      ...headers,
      "x-amz-pay-sdk-type": "PHP",
      "x-amz-pay-sdk-version": "2.7.2",
      "x-amz-pay-language-version": "8.3.0",
      "x-amz-pay-integrator-id": "A0000000000000",
    };
    const target = `/v2/chargePermissions/${permissionId}`;
    expect((await send({ target, headers: php, signedNames: Object.keys(headers) })).status).toBe(200);
  });

  it("the simulation code, signed (Node, Java, .NET) and not signed (documentation)", async () => {
    for (const signed of [true, false]) {
      const withCode = {
        ...headers,
        "x-amz-pay-idempotency-key": `simulated${signed}`,
        "x-amz-pay-simulation-code": "SoftDeclined",
      };
      const names = Object.keys(withCode).filter((name) => signed || name !== "x-amz-pay-simulation-code");
      const answer = await send({
        method: "POST",
        target: "/v2/charges",
        body: chargeBody(),
        headers: withCode,
        signedNames: names,
      });
      expect(answer.body["reasonCode"]).toBe("SoftDeclined");
    }
  });

  it("Node: the text null for a missing body", async () => {
    expect((await send({ method: "DELETE", target: "/v2/report-schedules/1", body: "null" })).status).toBe(404);
  });

  it("blanks around header values, and runs of blanks inside", async () => {
    const agent = "shop   1.0";
    const target = `/v2/chargePermissions/${permissionId}`;
    const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}`);
    const sent = { ...headers, "user-agent": agent };
    expect((await send({ target, headers: sent, headerLines: [...lines, "user-agent:shop 1.0"] })).status).toBe(200);
    expect((await send({ target, headers: sent, headerLines: [...lines, `user-agent:${agent}`] })).status).toBe(200);
  });
});
