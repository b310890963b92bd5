import { describe, expect, test } from "vitest";
import { scripted, TEST_KEY, testClient } from "../conformance/client-fixture.ts";
import { ApiError } from "../errors/api-error.ts";
import { InvalidInputError } from "../errors/invalid-input-error.ts";
import { otherValue } from "../operations/fields/other-value.ts";
import { AmazonPay } from "../amazon-pay.ts";
import type { AmazonPayOptions } from "./options.ts";

const usd = { amount: "14.00", currencyCode: "USD" };
const create = { webCheckoutDetails: { checkoutReviewReturnUrl: "https://shop.example" }, storeId: "s" };
const charge = (more: object): object => ({ chargePermissionId: "S01-1-1", chargeAmount: usd, ...more });

const refusal = async (call: (client: AmazonPay) => Promise<unknown>): Promise<string> => {
  const transport = scripted({});
  const error: unknown = await call(testClient(transport).client).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InvalidInputError);
  expect(transport.sent, "nothing may be sent").toHaveLength(0);
  return (error as InvalidInputError).message;
};

describe("a value that is not documented is refused with those that are", () => {
  test.each<[string, (client: AmazonPay) => Promise<unknown>, string]>([
    [
      "a type in small letters",
      (client) => client.checkoutSessions.create({ ...create, chargePermissionType: "onetime" } as never),
      "chargePermissionType must be one of OneTime, Recurring, PaymentMethodOnFile; did you mean OneTime?",
    ],
    [
      "a misspelt scope",
      (client) => client.checkoutSessions.create({ ...create, scopes: ["nam"] } as never),
      "scopes[0] must be one of name, email, phoneNumber, billingAddress, shippingAddress, postalCode, primeStatus; did you mean name?",
    ],
    [
      "an intent that is none",
      (client) => client.checkoutSessions.update("s", { paymentDetails: { paymentIntent: "Capture" } } as never),
      "paymentDetails.paymentIntent must be one of Confirm, Authorize, AuthorizeWithCapture",
    ],
    [
      "a currency in small letters",
      (client) => client.charges.create(charge({ chargeAmount: { ...usd, currencyCode: "usd" } }) as never),
      "chargeAmount.currencyCode must be one of USD, EUR, GBP, JPY, AUD, CHF, DKK, HKD, NOK, NZD, SEK, ZAR; did you mean USD?",
    ],
    [
      "a currency of the kit's money type",
      (client) => client.charges.create(charge({ chargeAmount: { minor: 1n, currency: "XXX" } }) as never),
      "chargeAmount.currencyCode must be one of USD",
    ],
    [
      "a mode",
      (client) => client.button.create({ ...create, webCheckoutDetails: { checkoutMode: "processorder" } } as never),
      "webCheckoutDetails.checkoutMode must be ProcessOrder",
    ],
    [
      "a frequency in words",
      (client) => client.reportSchedules.create({ reportType: "x", scheduleFrequency: "daily" } as never),
      "scheduleFrequency must be one of PT5M",
    ],
    [
      "a status of a query",
      (client) => client.reports.list({ processingStatuses: ["completed"] } as never).withResponse(),
      "processingStatuses must be one of IN_PROGRESS, COMPLETED, FAILED, CANCELLED; did you mean COMPLETED?",
    ],
    [
      "a flag as text",
      (client) => client.charges.create(charge({ captureNow: "true" }) as never),
      'captureNow must be true, not the text "true"',
    ],
    [
      "an amount of nothing",
      (client) => client.charges.create(charge({ chargeAmount: { ...usd, amount: "0" } }) as never),
      "chargeAmount.amount must be more than 0",
    ],
    [
      "a capture of nothing",
      (client) => client.charges.capture("C", { captureAmount: { amount: "0.00", currencyCode: "USD" } }),
      "captureAmount.amount must be more than 0",
    ],
    [
      "an id with a file's line break, in a path",
      (client) => client.charges.retrieve("S01-1-1-C1\n"),
      "chargeId has a blank or a line break around it: trim it",
    ],
    [
      "an id with a file's line break, in a body",
      (client) => client.refunds.create({ chargeId: "S01-1-1-C1\n", refundAmount: usd } as never),
      "chargeId must be an id without blanks or line breaks around it: trim it",
    ],
  ])("%s", async (_, call, words) => {
    expect(await refusal(call)).toContain(words);
  });

  test("a newer value is sent by name, alone, in a list and in a query", async () => {
    const transport = scripted({});
    const { client } = testClient(transport);
    await client.charges.create({
      chargePermissionId: "S01-1-1",
      chargeAmount: { amount: "14.00", currencyCode: otherValue("PLN") },
      channel: otherValue("Fridge"),
    });
    await client.button.create({ ...create, scopes: ["name", otherValue("shoeSize")] }).then(({ payloadJSON }) => {
      expect(JSON.parse(payloadJSON)).toMatchObject({ scopes: ["name", "shoeSize"] });
    });
    await client.reports.list({ reportTypes: [otherValue("_A_"), otherValue("_B_")] }).withResponse();
    expect(JSON.parse(transport.sent[0]?.body ?? "")).toMatchObject({
      chargeAmount: { amount: "14.00", currencyCode: "PLN" },
      channel: "Fridge",
    });
    expect(transport.sent[1]?.target).toBe("/v2/reports?reportTypes=_A_%2C_B_");
  });
});

describe("options of the client", () => {
  const good = { region: "eu", publicKeyId: "SANDBOX-A1", privateKey: TEST_KEY } as const;
  test.each<[object, string]>([
    [{ sandbox: true }, 'unknown option `sandbox`: use environment ("sandbox" or "live")'],
    [{ timeout: 5 }, "unknown option `timeout`: use timeoutMs"],
    [{ maxretries: 3 }, "unknown option `maxretries`: use maxRetries"],
    [{ overrideServiceUrl: "x" }, "unknown option `overrideServiceUrl`: use baseUrl"],
    [{ colour: "blue" }, "unknown option `colour`: known are region, publicKeyId"],
    [{ publicKeyId: "SANDBOX-A1\n" }, "`publicKeyId` begins or ends with white space"],
  ])("%j", (change, words) => {
    expect(() => new AmazonPay({ ...good, ...change } as AmazonPayOptions)).toThrow(words);
  });

  test("one that is undefined does no harm", () => {
    expect(() => new AmazonPay({ ...good, sandbox: undefined } as AmazonPayOptions)).not.toThrow();
  });
});

describe("a refusal says what probably caused it", () => {
  const refusedBy = async (
    status: number,
    reasonCode: string,
    call: (client: AmazonPay) => Promise<unknown>,
    options: Partial<AmazonPayOptions> = {},
  ): Promise<string> => {
    const body = JSON.stringify({ reasonCode, message: "No." });
    const { client } = testClient(scripted({ status, body }), options);
    const error: unknown = await call(client).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    return (error as ApiError).message;
  };
  const notFound = (call: (client: AmazonPay) => Promise<unknown>) => refusedBy(404, "ResourceNotFound", call);

  test.each<[string, (client: AmazonPay) => Promise<unknown>, string]>([
    [
      "another region",
      (client) => client.charges.retrieve("S02-0000001-0000002-C000003"),
      "S02-0000001-0000002-C000003 is an id of region eu, but this client calls na: use a client of eu",
    ],
    [
      "another environment",
      (client) => client.chargePermissions.retrieve("P01-0000001-0000002"),
      "P01-0000001-0000002 is an id of the live environment, but this client calls sandbox",
    ],
    [
      "the older API",
      (client) => client.charges.retrieve("S01-0000001-0000002-A000003"),
      "is the id of an authorization of the older API",
    ],
    [
      "another kind of object",
      (client) => client.charges.retrieve("S01-0000001-0000002-R000003"),
      "is the id of a refund, but this call takes the id of a charge",
    ],
    [
      "a permission where a charge is wanted",
      (client) => client.charges.retrieve("S01-0000001-0000002"),
      "is the id of a charge permission, but this call takes the id of a charge",
    ],
    [
      "an id in the body",
      (client) =>
        client.charges.create({
          chargePermissionId: "B03-0000001-0000002",
          chargeAmount: { amount: "14.00", currencyCode: "USD" },
        }),
      "B03-0000001-0000002 is an id of region jp",
    ],
  ])("%s", async (_, call, words) => {
    expect(await notFound(call)).toContain(words);
  });

  test("nothing is guessed about an id that is right", async () => {
    expect(await notFound((client) => client.charges.retrieve("S01-0000001-0000002-C000003"))).toBe(
      "getCharge failed with 404 ResourceNotFound: No.",
    );
  });

  test("a key that the service does not know", async () => {
    const call = (client: AmazonPay) => client.charges.retrieve("S01-0000001-0000002-C000003");
    const words = await refusedBy(403, "InvalidAuthentication", call);
    expect(words).toContain("no such key in region na");
    expect(words).toContain("its prefix is meant: this one is for sandbox");
    const plain = { publicKeyId: "AHABCDEFG", environment: "live" } as const;
    expect(await refusedBy(403, "InvalidAuthentication", call, plain)).toContain("a key for live");
  });
});
