import { describe, expect, test } from "vitest";
import { scripted, testClient } from "../conformance/client-fixture.ts";
import { canonicalRequest, type SignableRequest } from "../signing/canonical-request.ts";
import { stringToSign } from "../signing/string-to-sign.ts";
import { diagnoseSignature } from "./diagnose.ts";

const BODY = '{"chargePermissionId":"S01-1-1","note":"Grüße/1","chargeAmount":{"amount":"1.00","currencyCode":"USD"}}';
const request = {
  method: "POST",
  path: "/v2/reports/a%2Fb",
  query: "a=1%2C2&b=x%20y",
  headers: {
    accept: "application/json",
    "content-type": "application/json",
    "x-amz-pay-date": "20260102T030405Z",
    "x-amz-pay-host": "pay-api.amazon.com",
    "x-amz-pay-region": "na",
  },
  body: BODY,
} satisfies SignableRequest;
const ALGORITHM = "AMZN-PAY-RSASSA-PSS-V2";

/** The service's message for what it saw, which may differ from what was signed. */
const message = (seen: string, algorithm: "AMZN-PAY-RSASSA-PSS" | "AMZN-PAY-RSASSA-PSS-V2" = ALGORITHM): string =>
  `Unable to verify signature, signing String [${stringToSign(seen, algorithm)}] , signature [abc=]`;
const own = canonicalRequest(request);
const diagnose = (serviceMessage: string) =>
  diagnoseSignature({ canonicalRequest: own, algorithm: ALGORITHM, body: BODY, serviceMessage });
const changed = (change: Partial<SignableRequest>): string => message(canonicalRequest({ ...request, ...change }));
const header = (name: string, value: string): string => changed({ headers: { ...request.headers, [name]: value } });

describe("the likely cause", () => {
  test.each<[string, string, string]>([
    ["nothing shown by the service", "Forbidden", "unknown"],
    ["the same string on both sides", message(own), "key"],
    ["the same, with the line feed written as two characters", message(own).replace("\n", "\\n"), "key"],
    ["the other algorithm", message(own, "AMZN-PAY-RSASSA-PSS"), "algorithm"],
    ["a body that got lost", changed({ body: "" }), "body"],
    [
      "a body with its umlauts escaped",
      changed({ body: BODY.replaceAll("ü", "\\u00fc").replaceAll("ß", "\\u00df") }),
      "body",
    ],
    ["a body with its slashes escaped", changed({ body: BODY.replaceAll("/", "\\/") }), "body"],
    ["a body printed with indentation", changed({ body: JSON.stringify(JSON.parse(BODY), null, 2) }), "body"],
    [
      "a body with blanks after its colons",
      changed({ body: BODY.replaceAll('":', '": ').replaceAll(',"', ', "') }),
      "body",
    ],
    ["a line feed at the body's end", changed({ body: `${BODY}\n` }), "body"],
    ["an environment put before the path", changed({ path: `/sandbox${request.path}` }), "path"],
    ["a slash added to the path", changed({ path: `${request.path}/` }), "path"],
    ["a path that was decoded", message(own.replace("%2F", "/")), "path"],
    ["a path encoded twice", message(own.replace("%2F", "%252F")), "path"],
    ["blanks as plus signs", message(own.replace("x%20y", "x+y")), "query"],
    ["commas left bare", message(own.replace("%2C", ",")), "query"],
    ["a query in another order", message(own.replace("a=1%2C2&b=x%20y", "b=x%20y&a=1%2C2")), "query"],
    ["a query that got lost", changed({ query: "" }), "query"],
    ["the region in capitals", header("x-amz-pay-region", "NA"), "region"],
    ["another region", header("x-amz-pay-region", "eu"), "region"],
    ["another host", header("x-amz-pay-host", "pay-api.amazon.jp"), "host"],
    ["a character set added", header("content-type", "application/json; charset=utf-8"), "header"],
    ["another accept", header("accept", "*/*"), "header"],
    ["another method", changed({ method: "PUT" }), "method"],
    [
      "something that cannot be told",
      changed({ headers: { ...request.headers, "x-amz-pay-date": "20260102T030406Z" } }),
      "unknown-change",
    ],
  ])("of %s", (_, serviceMessage, cause) => {
    const diagnosis = diagnose(serviceMessage);
    expect(diagnosis).toMatchObject({ cause, ownStringToSign: stringToSign(own, ALGORITHM), canonicalRequest: own });
    expect(diagnosis.explanation).not.toBe("");
    expect(diagnosis.advice).not.toBe("");
  });

  test.each<[string, string, string, string]>([
    ["an hour ahead", "Fri, 02 Jan 2026 02:04:05 GMT", "clock", "60 minutes ahead of"],
    ["ten minutes behind", "Fri, 02 Jan 2026 03:14:05 GMT", "clock", "10 minutes behind"],
    ["a few minutes behind, which explains nothing", "Fri, 02 Jan 2026 03:08:05 GMT", "unknown", "did not show"],
    ["without a date to compare with", "soon", "unknown", "did not show"],
  ])("of a clock %s", (_, serviceDate, cause, words) => {
    for (const canonical of [own, own.replace("20260102T030405Z", "2026-01-02T03:04:05Z")]) {
      const refused = { canonicalRequest: canonical, algorithm: ALGORITHM, body: BODY, serviceDate } as const;
      const found = diagnoseSignature({ ...refused, serviceMessage: "The request has expired" });
      expect(found).toMatchObject({ cause, explanation: expect.stringContaining(words) });
      const same = diagnoseSignature({ ...refused, serviceMessage: message(canonical) });
      expect(same.cause).toBe(cause === "clock" ? "clock" : "key");
    }
    // A request that was changed on its way is explained by the change, whatever the clock.
    expect(
      diagnoseSignature({
        canonicalRequest: own,
        algorithm: ALGORITHM,
        body: BODY,
        serviceDate,
        serviceMessage: changed({ body: "" }),
      }).cause,
    ).toBe("body");
  });

  test("never looks for a change in a body that is no JSON", () => {
    const body = "not json";
    const canonical = canonicalRequest({ ...request, body });
    const seen = message(canonicalRequest({ ...request, body, method: "PATCH" }));
    expect(
      diagnoseSignature({ canonicalRequest: canonical, algorithm: ALGORITHM, body, serviceMessage: seen }).cause,
    ).toBe("method");
  });
});

test("the client's 403 explains itself", async () => {
  const transport = scripted(({ method, target, headers, body }) => {
    const { authorization, "user-agent": _, ...signed } = headers;
    expect(authorization).toBeDefined();
    const seen = canonicalRequest({ method, path: target, headers: signed, body: body === "" ? "" : null });
    return { status: 403, body: JSON.stringify({ reasonCode: "InvalidRequestSignature", message: message(seen) }) };
  });
  const { client } = testClient(transport);
  await expect(client.charges.cancel("C", { cancellationReason: "x" })).rejects.toMatchObject({
    name: "SignatureError",
    code: "api.signature",
    diagnosis: { cause: "body" },
    message: expect.stringContaining("Proxies often do so with DELETE"),
  });
  await expect(client.charges.retrieve("C")).rejects.toMatchObject({
    diagnosis: { cause: "key" },
    message: expect.stringContaining("private key belongs to the public key id"),
  });
});
