import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { scripted, TEST_KEY, TEST_VERIFIER, testClient } from "../conformance/client-fixture.ts";
import { fromBase64 } from "../base64.ts";
import { stringToSign } from "../signing/string-to-sign.ts";
import type { SignedButton, SignInPayload } from "../types/button.ts";
import type { CheckoutPayload } from "../types/checkout-session.ts";
import { otherValue } from "../operations/fields/other-value.ts";
import { AmazonPay } from "../amazon-pay.ts";
import { renderButton, type ButtonPlace } from "./render.ts";

const { client } = testClient(scripted({}));
const storeId = "amzn1.application-oa2-client.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const review = {
  checkoutReviewReturnUrl: "https://shop.example/review",
  checkoutResultReturnUrl: "https://shop.example/result",
};
const usd = (amount: string) => ({ amount, currencyCode: "USD" }) as const;

const verified = (signed: SignedButton): boolean =>
  TEST_VERIFIER.verify(
    new TextEncoder().encode(stringToSign(signed.payloadJSON, signed.algorithm)),
    fromBase64(signed.signature) ?? new Uint8Array(),
    signed.algorithm,
  );

describe("payloads of the source document", () => {
  test.each<[string, CheckoutPayload | SignInPayload]>([
    [
      "one-time",
      {
        webCheckoutDetails: review,
        storeId,
        scopes: ["name", "email"],
        deliverySpecifications: {
          specialRestrictions: ["RestrictPOBoxes"],
          addressRestrictions: {
            type: "Allowed",
            restrictions: { US: { zipCodes: ["12345"] }, DE: { statesOrRegions: ["RLP"] } },
          },
        },
      },
    ],
    [
      "recurring",
      {
        webCheckoutDetails: review,
        storeId,
        chargePermissionType: "Recurring",
        recurringMetadata: { frequency: { unit: "Month", value: 1 }, amount: usd("14.00") },
      },
    ],
    [
      "payment method on file",
      {
        webCheckoutDetails: review,
        storeId,
        chargePermissionType: "PaymentMethodOnFile",
        paymentMethodOnFileMetadata: { setupOnly: true },
      },
    ],
    [
      "additional payment button",
      {
        webCheckoutDetails: { checkoutResultReturnUrl: "https://shop.example/result", checkoutMode: "ProcessOrder" },
        storeId,
        addressDetails: { name: "A", districtOrCounty: "King", countryCode: "US" },
        paymentDetails: {
          paymentIntent: "AuthorizeWithCapture",
          chargeAmount: { minor: 1050n, currency: "USD" },
          softDescriptor: "SHOP",
        },
      },
    ],
    [
      "multi-address",
      {
        webCheckoutDetails: review,
        storeId,
        multiAddressesCheckoutMetadata: [{ addressId: "a1", price: { amount: "33", currencyCode: "JPY" } }],
      },
    ],
    [
      "sign-in",
      {
        signInReturnUrl: "https://shop.example/welcome",
        signInCancelUrl: "https://shop.example",
        storeId,
        signInScopes: ["name", "email", "postalCode"],
      },
    ],
  ])("%s: the text that is returned is the text that was signed", async (name, payload) => {
    const signed = await client.button.create(payload);
    expect(verified(signed)).toBe(true);
    expect(signed).toMatchObject({
      algorithm: "AMZN-PAY-RSASSA-PSS-V2",
      publicKeyId: "SANDBOX-TEST",
      kind: name === "sign-in" ? "sign-in" : "checkout",
    });
    expect(Object.keys(JSON.parse(signed.payloadJSON) as object)).toEqual(Object.keys(payload));
  });

  test("amounts become text", async () => {
    const { payloadJSON } = await client.button.create({
      webCheckoutDetails: review,
      storeId,
      paymentDetails: { chargeAmount: { minor: 1050n, currency: "USD" } },
    });
    expect(payloadJSON).toContain('"chargeAmount":{"amount":"10.50","currencyCode":"USD"}');
  });

  test("a text is signed to the letter", async () => {
    const text = `{ "storeId":"${storeId}",\n"webCheckoutDetails":{"checkoutReviewReturnUrl":"https:\\/\\/shop.example\\/gr\\u00fc\\u00dfe"} }`;
    const signed = await client.button.create(text);
    expect(signed.payloadJSON).toBe(text);
    expect(verified(signed)).toBe(true);
  });

  test("the other algorithm is named in the result", async () => {
    const older = new AmazonPay({
      region: "na",
      publicKeyId: "SANDBOX-TEST",
      privateKey: TEST_KEY,
      algorithm: "AMZN-PAY-RSASSA-PSS",
      transport: scripted({}),
    });
    const signed = await older.button.create({ webCheckoutDetails: review, storeId });
    expect(signed.algorithm).toBe("AMZN-PAY-RSASSA-PSS");
    expect(verified(signed)).toBe(true);
  });

  test.each<[string, unknown, string[]]>([
    ["no store", { webCheckoutDetails: review }, ["storeId"]],
    ["no review page", { webCheckoutDetails: {}, storeId }, ["webCheckoutDetails.checkoutReviewReturnUrl"]],
    [
      "plain HTTP",
      { webCheckoutDetails: { checkoutReviewReturnUrl: "http://shop.example" }, storeId },
      ["webCheckoutDetails.checkoutReviewReturnUrl"],
    ],
    [
      "a floating-point amount",
      { webCheckoutDetails: review, storeId, paymentDetails: { chargeAmount: { amount: 0.1, currencyCode: "USD" } } },
      ["paymentDetails.chargeAmount.amount"],
    ],
    [
      "a recurring payment without rhythm",
      { webCheckoutDetails: review, storeId, chargePermissionType: "Recurring" },
      ["recurringMetadata"],
    ],
    ["sign-in without store", { signInReturnUrl: "https://a.example" }, ["storeId"]],
    ["text that is no JSON", "{", [""]],
    [
      "text with a mistake in it",
      '{"storeId":"s","webCheckoutDetails":{}}',
      ["webCheckoutDetails.checkoutReviewReturnUrl"],
    ],
    ["a list", [], ["", "webCheckoutDetails.checkoutReviewReturnUrl"].slice(0, 1)],
  ])("%s is refused", async (_, payload, paths) => {
    await expect(client.button.create(payload as never)).rejects.toMatchObject({
      code: "request.invalid",
      issues: paths.map((path) => expect.objectContaining({ path })),
    });
  });
});

describe("the script tag", () => {
  const place: ButtonPlace = { region: "jp", merchantId: "A1", ledgerCurrency: "JPY", placement: "Cart" };
  const hostile = `</script><script>alert(1)</script><!-- \u2028 \u2029 ' " & \\`;

  /** What the page's script would be called with. */
  const configurationOf = (html: string): Record<string, unknown> => {
    const [, call] = /<script[^>]*>(amazon\.Pay\.renderButton[^<]*)<\/script>/.exec(html) ?? [];
    const calls: unknown[][] = [];
    // Runs the page's own script, as a browser would.
    runInNewContext(call ?? "", { amazon: { Pay: { renderButton: (...args: unknown[]) => calls.push(args) } } });
    // By way of JSON, because objects of another context have other prototypes.
    return JSON.parse(JSON.stringify(calls[0]?.[1])) as Record<string, unknown>;
  };

  test("hands the page exactly the signed text, and no payload can break out of it", async () => {
    const signed = await client.button.create({
      webCheckoutDetails: review,
      storeId,
      merchantMetadata: { noteToBuyer: hostile },
    });
    const html = renderButton(signed, { ...place, nonce: "abc+/=" });
    expect(html.match(/<\/?script/g)).toHaveLength(4);
    expect(html).not.toContain("<!--");
    expect(html).not.toMatch(/[\u2028\u2029]/);
    expect(html).toContain('<script src="https://static-fe.payments-amazon.com/checkout.js" nonce="abc+/="></script>');
    const configuration = configurationOf(html);
    expect(configuration).toEqual({
      merchantId: "A1",
      publicKeyId: "SANDBOX-TEST",
      ledgerCurrency: "JPY",
      placement: "Cart",
      createCheckoutSessionConfig: {
        payloadJSON: signed.payloadJSON,
        signature: signed.signature,
        algorithm: signed.algorithm,
        publicKeyId: "SANDBOX-TEST",
      },
    });
    expect(
      verified({ ...signed, payloadJSON: (configuration["createCheckoutSessionConfig"] as SignedButton).payloadJSON }),
    ).toBe(true);
  });

  test.each<[string, unknown, unknown]>([
    ["nothing", undefined, undefined],
    ["a button that was not waited for", Promise.resolve({}), place],
    ["a payload that was not signed", { storeId }, place],
  ])("refuses %s", (_, signed, where) => {
    expect(() => renderButton(signed as SignedButton, where as ButtonPlace)).toThrow(
      expect.objectContaining({ code: "config.option", message: expect.stringContaining("button.create") }),
    );
  });

  test("knows sign-in, estimates, and keys without prefix", async () => {
    const plain = new AmazonPay({
      region: "na",
      publicKeyId: "AHX",
      environment: "sandbox",
      privateKey: TEST_KEY,
      transport: scripted({}),
    });
    const signed = await plain.button.create({ signInReturnUrl: "https://a.example", storeId });
    expect(() => renderButton(signed, place)).toThrow(expect.objectContaining({ code: "config.option" }));
    const configuration = configurationOf(
      renderButton(signed, {
        ...place,
        environment: "sandbox",
        estimatedOrderAmount: { minor: 1000n, currency: "JPY" },
      }),
    );
    expect(configuration).toMatchObject({
      sandbox: true,
      productType: "SignIn",
      estimatedOrderAmount: { amount: "1000", currencyCode: "JPY" },
      signInConfig: { payloadJSON: signed.payloadJSON },
    });
  });

  test.each<[string, Partial<ButtonPlace>]>([
    ["an element id", { elementId: '"><script>' }],
    ["a nonce", { nonce: '" onload="x' }],
    ["a script address", { scriptUrl: "javascript:alert(1)" }],
    ["a script without TLS", { scriptUrl: "http://evil.example/x.js" }],
    ["a region", { region: "mars" as never }],
    ["an estimate", { estimatedOrderAmount: { amount: 0.1, currencyCode: "USD" } as never }],
  ])("refuses %s that would not be safe or right", async (_, change) => {
    const signed = await client.button.create({ webCheckoutDetails: review, storeId });
    expect(() => renderButton(signed, { ...place, ...change })).toThrow(
      expect.objectContaining({ code: "config.option" }),
    );
  });

  test.each<[string, object, RegExp]>([
    ["a placement", { placement: "cart" }, /`placement` must be one of .*, not "cart": did you mean Cart\?/],
    ["no placement", { placement: undefined }, /`placement` is needed: one of Home, Product/],
    ["a placement of Object", { placement: "constructor" }, /`placement` must be one of/],
    ["a currency", { ledgerCurrency: "CHF" }, /`ledgerCurrency` must be one of USD, EUR, GBP, JPY, not "CHF"/],
    ["the currency of another region", { ledgerCurrency: "EUR" }, /EUR does not go with region jp.*region eu has EUR/],
    ["a colour", { buttonColor: "Blue" }, /`buttonColor` must be one of Gold, LightGray, DarkGray/],
    ["a language", { checkoutLanguage: "ja-jp" }, /`checkoutLanguage` must be .*did you mean ja_JP/],
    ["the language of another region", { checkoutLanguage: "de_DE" }, /de_DE does not go with region jp/],
    ["a product type", { productType: "PayAndSHip" }, /`productType` must be .*did you mean PayAndShip/],
    ["sign-in for a checkout's payload", { productType: "SignIn" }, /SignIn needs a payload with signInReturnUrl/],
    ["a seller id", { merchantId: " A1" }, /`merchantId` is needed/],
    ["an environment", { environment: "production" }, /`environment` must be live or sandbox/],
    ["the other environment", { environment: "live" }, /the key that signed is a sandbox key/],
    ["an option that is none", { buttonColour: "Gold" }, /`buttonColour` is no option: did you mean buttonColor/],
    ["a list of mistakes", { placement: 1, buttonColor: {} }, /placement` .*not 1; `buttonColor` .*not an object/],
  ])("says why no button would be seen: %s", async (_, change, why) => {
    const signed = await client.button.create({ webCheckoutDetails: review, storeId });
    expect(() => renderButton(signed, { ...place, ...change } as ButtonPlace)).toThrow(
      expect.objectContaining({ code: "config.option", message: expect.stringMatching(why) }),
    );
  });

  test("lets a newer value pass by name", async () => {
    const signed = await client.button.create({ webCheckoutDetails: review, storeId });
    const html = renderButton(signed, { ...place, placement: otherValue("Sidebar") });
    expect(configurationOf(html)).toMatchObject({ placement: "Sidebar" });
  });

  test("goes into the element of the name that Amazon's examples have, or into another", async () => {
    const signed = await client.button.create({ webCheckoutDetails: review, storeId });
    const { elementId: _, ...plain } = place as ButtonPlace;
    for (const [wanted, id] of [
      [plain, "AmazonPayButton"],
      [{ ...plain, elementId: "pay-here" }, "pay-here"],
    ] as const) {
      const html = renderButton(signed, wanted);
      expect(html).toContain(`<div id="${id}"></div>`);
      expect(html).toContain(`amazon.Pay.renderButton("#${id}", {`);
    }
  });

  test("quotes a script's address", async () => {
    const signed = await client.button.create({ webCheckoutDetails: review, storeId });
    expect(renderButton(signed, { ...place, scriptUrl: 'http://localhost:8580/checkout.js?a=1&b="x"' })).toContain(
      'src="http://localhost:8580/checkout.js?a=1&amp;b=%22x%22"',
    );
  });
});
