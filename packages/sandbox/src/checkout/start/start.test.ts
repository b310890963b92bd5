import { beforeAll, describe, expect, test } from "vitest";
import { createSandbox } from "../../service/create-sandbox.ts";
import type { Sandbox } from "../../service/sandbox.ts";
import { merchantOf } from "../testing/checkout-fixture.ts";
import { signPayload } from "../testing/sign-payload.ts";
import type { Visit } from "../visit/visit.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ seed: 1 });
});

const payload = (over: object = {}): object => ({
  webCheckoutDetails: { checkoutReviewReturnUrl: "http://localhost:3000/review" },
  storeId: merchantOf(sandbox, "na").storeId,
  ...over,
});

/** Posts what the script would post. */
async function start(
  over: Readonly<Record<string, string | undefined>> = {},
  wanted: unknown = payload(),
  sent: Readonly<Record<string, string>> = {},
) {
  const merchant = merchantOf(sandbox, "na");
  const { payloadJSON, signature, algorithm, publicKeyId } = signPayload(merchant, wanted);
  const fields = {
    merchantId: merchant.merchantId,
    ledgerCurrency: "USD",
    productType: "PayAndShip",
    encodedPayload: encodeURIComponent(payloadJSON),
    signature,
    algorithm,
    publicKeyId,
    pageUrl: "http://localhost:3000/",
    ...over,
  };
  const form = new URLSearchParams(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const response = await sandbox.fetch(
    new Request("http://sandbox.invalid/checkout/start", { method: "POST", body: form, headers: sent }),
  );
  return {
    status: response.status,
    location: response.headers.get("location"),
    html: await response.text(),
    headers: response.headers,
  };
}

describe("refused", () => {
  test.each<[string, Readonly<Record<string, string | undefined>>, number, string, string]>([
    ["no merchant", { merchantId: undefined }, 400, "MissingParameterValue", "merchantId"],
    ["an unknown merchant", { merchantId: "NOBODY" }, 400, "InvalidParameterValue", "merchantId"],
    ["another currency", { ledgerCurrency: "EUR" }, 400, "InvalidParameterValue", "USD"],
    ["an unknown product type", { productType: "PayAndFly" }, 400, "InvalidParameterValue", "productType"],
    ["an unknown algorithm", { algorithm: "MD5" }, 400, "InvalidParameterValue", "AMZN-PAY-RSASSA-PSS"],
    ["no payload", { encodedPayload: undefined }, 400, "MissingParameterValue", "payloadJSON"],
    ["a payload that is not encoded", { encodedPayload: "%E9%zz" }, 400, "InvalidRequestFormat", "percent-encoded"],
    ["no signature", { signature: undefined }, 400, "MissingParameterValue", "signature"],
    ["no key", { publicKeyId: undefined }, 400, "MissingParameterValue", "publicKeyId"],
    ["an unknown key", { publicKeyId: "SANDBOX-X" }, 400, "InvalidParameterValue", "not known to this sandbox"],
    ["a wrong signature", { signature: "AAAA" }, 400, "InvalidSignatureError", "String to sign"],
    ["an unknown session", { checkoutSessionId: "none" }, 404, "ResourceNotFound", "checkout session"],
  ])("%s", async (_, over, status, code, words) => {
    const answer = await start(over);
    expect(answer.status).toBe(status);
    expect(answer.html).toContain(`<code>${code}</code>`);
    expect(answer.html).toContain(words);
  });

  test.each<[string, unknown, string, string]>([
    ["text that is no JSON", "{", "InvalidRequestFormat", "not JSON"],
    ["a list", "[]", "InvalidRequestFormat", "not a JSON object"],
    ["an unknown member", later({ webCheckoutDetail: {} }), "UnrecognizedField", "webCheckoutDetail"],
    ["no review address", later({ webCheckoutDetails: {} }), "MissingParameterValue", "checkoutReviewReturnUrl"],
    [
      "plain HTTP elsewhere",
      later({ webCheckoutDetails: { checkoutReviewReturnUrl: "http://shop.example/" } }),
      "InvalidParameterValue",
      "checkoutReviewReturnUrl",
    ],
    [
      "a script as address",
      later({ webCheckoutDetails: { checkoutReviewReturnUrl: "javascript:alert(1)" } }),
      "InvalidParameterValue",
      "checkoutReviewReturnUrl",
    ],
    [
      "another merchant's store",
      later({ storeId: "amzn1.application-oa2-client.other" }),
      "InvalidParameterValue",
      "storeId",
    ],
    [
      "currencies that differ",
      later({
        paymentDetails: {
          chargeAmount: { amount: "1", currencyCode: "USD" },
          totalOrderAmount: { amount: "2", currencyCode: "EUR" },
        },
      }),
      "InvalidParameterValue",
      "currency",
    ],
    [
      "another's permission",
      later({ chargePermissionId: "S01-1234567-1234567" }),
      "InvalidParameterValue",
      "chargePermissionId",
    ],
  ])("%s", async (_, wanted, code, words) => {
    const known = typeof wanted === "function" ? (wanted as () => unknown)() : wanted;
    const answer = await start({}, known);
    expect(answer.html).toContain(`<code>${code}</code>`);
    expect(answer.html).toContain(words);
  });

  test("markup in what is shown is only text", async () => {
    const evil = '"><script>alert(1)</script>';
    const answer = await start(
      { signature: "AAAA", pageUrl: "javascript:alert(1)" },
      payload({ merchantMetadata: { noteToBuyer: evil } }),
    );
    expect(answer.html).not.toContain("<script>");
    expect(answer.html).not.toContain("javascript:");
    expect(answer.html).toContain("&lt;script&gt;");
  });

  test("a page elsewhere gets no link back", async () => {
    const bad = { signature: "AAAA", pageUrl: "https://evil.example/" };
    expect((await start(bad, payload(), { origin: "https://evil.example" })).html).toContain("https://evil.example/");
    expect((await start(bad, payload(), { origin: "http://localhost:3000" })).html).not.toContain("evil.example");
    expect((await start(bad, payload(), { origin: "null" })).html).not.toContain("evil.example");
  });

  test("a suspended merchant", async () => {
    const [first] = sandbox.engine.state.merchants.values();
    if (first === undefined) throw new Error("no merchant");
    first.status = "suspended";
    expect((await start()).html).toContain("InvalidAccountStatus");
    first.status = "active";
  });
});

/** Made when the test runs, because the store's id is known only then. */
function later(over: object): () => object {
  return () => payload(over);
}

describe("accepted", () => {
  test("leads to the visit, whatever the line breaks of the payload", async () => {
    for (const text of [
      JSON.stringify(payload(), null, 2),
      JSON.stringify(payload(), null, 2).replaceAll("\n", "\r\n"),
    ]) {
      const answer = await start({}, text);
      expect(answer.status).toBe(303);
      expect(answer.location).toMatch(/^\/checkout\/visits\/[0-9a-f-]{36}$/);
    }
  });

  test("the older algorithm when it is named", async () => {
    const merchant = merchantOf(sandbox, "na");
    const { signature, algorithm } = signPayload(merchant, payload(), "AMZN-PAY-RSASSA-PSS");
    expect((await start({ signature, algorithm })).status).toBe(303);
    expect((await start({ signature, algorithm: undefined })).html).toContain("names no algorithm");
  });

  test("the environment comes from the key's prefix, or from the sandbox member", async () => {
    const merchant = merchantOf(sandbox, "na");
    const plain = merchant.keys.find((key) => !key.publicKeyId.startsWith("SANDBOX"));
    const signed = signPayload({ ...merchant, keys: plain === undefined ? [] : [plain] }, payload());
    for (const [member, environment] of [
      ["true", "sandbox"],
      [undefined, "live"],
    ] as const) {
      const over = { signature: signed.signature, publicKeyId: signed.publicKeyId, sandbox: member };
      const https = payload({ webCheckoutDetails: { checkoutReviewReturnUrl: "https://shop.example/review" } });
      const again = signPayload({ ...merchant, keys: plain === undefined ? [] : [plain] }, https);
      expect(
        (await start({ ...over, signature: again.signature, encodedPayload: encodeURIComponent(again.payloadJSON) }))
          .status,
      ).toBe(303);
      expect([...sandbox.engine.state.checkoutSessions.values()].at(-1)?.environment).toBe(environment);
    }
  });
});

describe("a visit that is given up leads to the page with the button, which nobody signed,", () => {
  const back = async (pageUrl: string, sent: Readonly<Record<string, string>>, over = {}) => {
    await start({ pageUrl, ...over }, payload(), sent);
    return [...sandbox.engine.state.extra<Visit>("checkout.visits").values()].at(-1)?.pageUrl;
  };
  const shop = "http://localhost:3000/cart";

  test("when the browser says that it comes from there", async () => {
    expect(await back(shop, { origin: "http://localhost:3000" })).toBe(shop);
    expect(await back("https://evil.example/", { origin: "http://localhost:3000" })).toBeNull();
    expect(await back("http://localhost:3001/cart", { origin: "http://localhost:3000" })).toBeNull();
    expect(await back("https://localhost:3000/cart", { origin: "http://localhost:3000" })).toBeNull();
  });

  test("when the browser keeps its origin to itself and another address of the shop stands there", async () => {
    expect(await back(shop, { origin: "null" })).toBe(shop);
    expect(await back("https://evil.example/", { origin: "null" })).toBeNull();
    expect(await back("https://evil.example/", { origin: "null" }, { embedded: "true" })).toBe("https://evil.example/");
  });

  test("when no browser is in between", async () => {
    expect(await back(shop, {})).toBe(shop);
  });
});

describe("the pages guard themselves", () => {
  const visit = async () => {
    const { location } = await start();
    const path = `http://sandbox.invalid${location}/sign-in`;
    const shown = await sandbox.fetch(new Request(path));
    const cookie = shown.headers.get("set-cookie")?.split(";")[0] ?? "";
    const html = await shown.text();
    return { path, cookie, html, headers: shown.headers, mark: /name="mark" value="([^"]+)"/.exec(html)?.[1] ?? "" };
  };
  const post = (path: string, cookie: string, mark: string, body = "buyer=amzn1.account.AHSANDBOXNABUYERONE") =>
    sandbox.fetch(
      new Request(path, { method: "POST", headers: { cookie }, body: new URLSearchParams(`${body}&mark=${mark}`) }),
    );

  test("by a strict policy and no cache", async () => {
    const { headers, html } = await visit();
    expect(headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; style-src 'self'.*frame-ancestors 'none'$/,
    );
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("set-cookie")).toMatch(/HttpOnly; SameSite=Lax$/);
    expect(html).not.toMatch(/<script|style=|\son\w+=|https?:\/\//);
  });

  test("by a mark that only this browser has", async () => {
    const { path, cookie, mark } = await visit();
    const other = await visit();
    expect((await post(path, cookie, "")).status).toBe(403);
    expect((await post(path, "", mark)).status).toBe(403);
    expect((await post(path, cookie, other.mark)).status).toBe(403);
    expect((await post(path, other.cookie, mark)).status).toBe(403);
    expect((await post(path, cookie, mark)).headers.get("location")).toMatch(/\/address$/);
  });

  test("against skipped steps, unknown choices and unknown pages", async () => {
    const { path, cookie, mark } = await visit();
    const at = (step: string) => path.replace("sign-in", step);
    for (const step of ["payment", "consent", "toString", "%2e", "x".repeat(5000)]) {
      expect((await sandbox.fetch(new Request(at(step)))).headers.get("location")).toMatch(/\/sign-in$/);
    }
    expect((await post(path, cookie, mark, "buyer=amzn1.account.AHSANDBOXJPBUYERONE")).status).toBe(422);
    await post(path, cookie, mark);
    for (const body of ["address=eu-home", "address=na-home&address=na-work", "address=", "x=1"]) {
      expect((await post(at("address"), cookie, mark, body)).status).toBe(422);
    }
    expect((await sandbox.fetch(new Request("http://sandbox.invalid/checkout/visits/none"))).status).toBe(404);
  });

  test("against a session that has ended meanwhile", async () => {
    const { path, cookie, mark } = await visit();
    await sandbox.clock.advance("PT23H59M");
    expect((await post(path, cookie, mark)).status).toBe(303);
    await sandbox.clock.advance("PT2M");
    expect((await post(path, cookie, mark)).status).toBeGreaterThanOrEqual(404);
  });
});

test("sign-out forgets the buyer, for pages of any site", async () => {
  const request = new Request("http://sandbox.invalid/checkout/sign-out", {
    method: "POST",
    headers: { origin: "http://localhost:3000" },
  });
  const { status, headers } = await sandbox.fetch(request);
  expect(status).toBe(204);
  expect(headers.get("set-cookie")).toContain("Max-Age=0");
  expect(headers.get("access-control-allow-origin")).toBe("http://localhost:3000");
});

test("the script is served to pages of every site, and only once", async () => {
  const first = await sandbox.fetch(new Request("http://sandbox.invalid/checkout.js"));
  expect(first.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(first.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  const etag = first.headers.get("etag") ?? "";
  const again = await sandbox.fetch(
    new Request("http://sandbox.invalid/checkout.js", { headers: { "if-none-match": etag } }),
  );
  expect(again.status).toBe(304);
});
