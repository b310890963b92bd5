import { describe, expect, test } from "vitest";
import { scripted, testClient } from "../conformance/client-fixture.ts";
import type { InvalidInputError } from "../errors/invalid-input-error.ts";
import { idempotencyKeyFrom, newIdempotencyKey } from "../request/idempotency.ts";
import { toMoney } from "../request/price-output.ts";
import { seededRandom } from "../random/index.ts";
import type { AmazonPay } from "../amazon-pay.ts";
import type { RequestOptions } from "./options.ts";

const charge = (chargeAmount: unknown, more: object = {}): never =>
  ({ chargePermissionId: "S", chargeAmount, ...more }) as never;

async function refusal(call: (client: AmazonPay) => Promise<unknown>, options = {}): Promise<string[]> {
  const transport = scripted({});
  try {
    await call(testClient(transport, options).client);
  } catch (error) {
    expect(transport.sent, "nothing may be sent").toHaveLength(0);
    expect(error).toMatchObject({ name: "InvalidInputError", code: "request.invalid" });
    return (error as InvalidInputError).issues.map((issue) => issue.path);
  }
  return [];
}

describe("amounts", () => {
  test.each<[unknown, unknown]>([
    [
      { amount: "10.50", currencyCode: "USD" },
      { amount: "10.50", currencyCode: "USD" },
    ],
    [
      { minor: 1050n, currency: "USD" },
      { amount: "10.50", currencyCode: "USD" },
    ],
    [
      { minor: 5n, currency: "EUR" },
      { amount: "0.05", currencyCode: "EUR" },
    ],
    [
      { minor: 1n, currency: "GBP" },
      { amount: "0.01", currencyCode: "GBP" },
    ],
    [
      { minor: 1000n, currency: "JPY" },
      { amount: "1000", currencyCode: "JPY" },
    ],
    [
      { amount: "1000", currencyCode: "JPY" },
      { amount: "1000", currencyCode: "JPY" },
    ],
    [
      { amount: 50, currencyCode: "USD" },
      { amount: "50", currencyCode: "USD" },
    ],
  ])("%s goes out as text", async (given, sent) => {
    const transport = scripted({});
    await testClient(transport).client.charges.create(charge(given));
    expect(JSON.parse(transport.sent[0]?.body ?? "")).toEqual({ chargePermissionId: "S", chargeAmount: sent });
  });

  test.each<[string, unknown, string]>([
    ["a floating-point number", { amount: 10.1, currencyCode: "USD" }, "chargeAmount.amount"],
    ["a bigint, which may be units or cents", { amount: 50n, currencyCode: "USD" }, "chargeAmount.amount"],
    ["not a number", { amount: Number.NaN, currencyCode: "USD" }, "chargeAmount.amount"],
    ["a number too large to be exact", { amount: 2 ** 53, currencyCode: "USD" }, "chargeAmount.amount"],
    ["decimals in JPY", { amount: "1000.00", currencyCode: "JPY" }, "chargeAmount.amount"],
    ["a negative amount", { amount: "-1", currencyCode: "USD" }, "chargeAmount.amount"],
    ["a negative money value", { minor: -1n, currency: "USD" }, "chargeAmount.amount"],
    ["minor units as a number", { minor: 100, currency: "USD" }, "chargeAmount.amount"],
    ["money without currency", { minor: 100n }, "chargeAmount.currencyCode"],
    ["too much for one charge", { minor: 15_000_001n, currency: "EUR" }, "chargeAmount.amount"],
    ["text", "10.50", "chargeAmount"],
    ["nothing", null, "chargeAmount"],
  ])("%s is refused with its path", async (_, amount, path) => {
    expect(await refusal((client) => client.charges.create(charge(amount)))).toEqual([path]);
  });

  test("deep inside a list too", async () => {
    const list = [{ addressId: "a", price: { amount: 0.3, currencyCode: "USD" } }] as never;
    expect(
      await refusal((client) => client.checkoutSessions.update("c", { multiAddressesCheckoutMetadata: list })),
    ).toEqual(["multiAddressesCheckoutMetadata[0].price.amount"]);
  });

  test("of an answer become exact integers", () => {
    expect(toMoney({ amount: "10.5", currencyCode: "USD" })).toEqual({ minor: 1050n, currency: "USD" });
    expect(toMoney({ amount: "-0.07", currencyCode: "EUR" })).toEqual({ minor: -7n, currency: "EUR" });
    expect(toMoney({ amount: "1000.00", currencyCode: "JPY" })).toEqual({ minor: 1000n, currency: "JPY" });
    for (const amount of ["1.005", "1,00", "", "1e3"])
      expect(() => toMoney({ amount, currencyCode: "USD" })).toThrow(
        expect.objectContaining({ code: "config.number" }),
      );
    expect(() => toMoney({ amount: "0.5", currencyCode: "JPY" })).toThrow();
  });
});

describe("ids and options", () => {
  test.each(["", "..", ".", undefined, 7] as unknown as string[])("the id %j is refused", async (id) => {
    expect(await refusal((client) => client.charges.retrieve(id))).toEqual(["chargeId"]);
  });

  test.each<[string, RequestOptions, string]>([
    ["a dashed UUID as key", { idempotencyKey: "7f6ad1e2-9b0c-4c1e-8a4b-0f5c3a2d1e00" }, "idempotencyKey"],
    ["an empty key", { idempotencyKey: "" }, "idempotencyKey"],
    ["a key with an umlaut", { idempotencyKey: "bestellung-ü" }, "idempotencyKey"],
    ["a key of 33 characters", { idempotencyKey: "x".repeat(33) }, "idempotencyKey"],
    ["another Authorization", { headers: { Authorization: "x" } }, "headers.authorization"],
    ["another date", { headers: { "X-Amz-Pay-Date": "x" } }, "headers.x-amz-pay-date"],
    ["a header with a line break", { headers: { "x-a": "1\r\nx-b: 2" } }, "headers.x-a"],
    ["a header with a colon in its name", { headers: { "x:a": "1" } }, "headers.x:a"],
    ["an auth token with a space", { authToken: "a b" }, "authToken"],
    ["a simulation code that is none", { simulate: "Soft Declined" as "SoftDeclined" }, "simulate"],
  ])("%s", async (_, options, path) => {
    expect(
      await refusal((client) => client.charges.create(charge({ amount: "1", currencyCode: "USD" }), options)),
    ).toEqual([path]);
  });

  test("a UUID is told how to become a key", async () => {
    const { client } = testClient(scripted({}));
    await expect(
      client.refunds.create(
        { chargeId: "C", refundAmount: { amount: "1", currencyCode: "USD" } },
        { idempotencyKey: "7f6ad1e2-9b0c-4c1e-8a4b-0f5c3a2d1e00" },
      ),
    ).rejects.toThrow(/take the dashes out/);
  });

  test("a body that is no JSON", async () => {
    expect(await refusal((client) => client.checkoutSessions.update("c", { other: 1n } as never))).toEqual([""]);
  });

  test("a token beside other parameters", async () => {
    expect(await refusal((client) => client.reports.list({ nextToken: "t", pageSize: 3 }))).toEqual(["nextToken"]);
  });

  test("an invalid date", async () => {
    expect(await refusal((client) => client.reports.list({ createdSince: new Date(Number.NaN) }))).toEqual([
      "createdSince",
    ]);
  });
});

describe("members that this version does not know", () => {
  test("are sent, because the service may be newer", async () => {
    const transport = scripted({});
    await testClient(transport).client.chargePermissions.update("S", { merchantMetadata: { newNote: "x" } } as never);
    expect(transport.sent[0]?.body).toBe('{"merchantMetadata":{"newNote":"x"}}');
  });

  test("are refused where that is asked for", async () => {
    expect(
      await refusal((client) => client.chargePermissions.update("S", { merchantMetadata: { newNote: "x" } } as never), {
        unknownFields: "refuse",
      }),
    ).toEqual(["merchantMetadata.newNote"]);
  });
});

describe("idempotency keys", () => {
  test("made here are 32 characters, and differ", () => {
    const random = seededRandom(3);
    const keys = Array.from({ length: 1000 }, () => newIdempotencyKey(random));
    expect(new Set(keys).size).toBe(1000);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/);
  });

  test("of a piece of business are the same every time, and differ with every part", () => {
    expect(idempotencyKeyFrom("order-4711", "refund", 2)).toBe(idempotencyKeyFrom("order-4711", "refund", 2));
    expect(idempotencyKeyFrom("order-4711", "refund", 2)).toMatch(/^[0-9a-f]{32}$/);
    const others = [
      idempotencyKeyFrom("ab", "c"),
      idempotencyKeyFrom("a", "bc"),
      idempotencyKeyFrom("abc"),
      idempotencyKeyFrom("1:a", "bc"),
    ];
    expect(new Set(others).size).toBe(4);
  });

  test.each<unknown[]>([[], ["refund", undefined], ["refund", null], ["refund", ""], ["refund", 1.5], ["refund", {}]])(
    "of parts that say nothing are refused: %j, %j",
    (...parts) => {
      expect(() => idempotencyKeyFrom(...(parts as [string]))).toThrow(
        expect.objectContaining({ code: "config.option" }),
      );
    },
  );
});

describe("options of a call that plain JavaScript may give", () => {
  const call = (options: unknown, id: unknown = "C1") => {
    const transport = scripted({});
    const made = testClient(transport).client.charges.retrieve(id as string, options as RequestOptions);
    return { transport, made };
  };

  test("null is none, and a header without a value is not sent", async () => {
    await call(null).made;
    const { transport, made } = call({ headers: { "x-none": undefined, "x-shop": "1" } });
    await made;
    expect(transport.sent[0]?.headers).toMatchObject({ "x-shop": "1" });
    expect(transport.sent[0]?.headers).not.toHaveProperty("x-none");
  });

  test.each<[string, unknown, RegExp]>([
    ["a text", "x", /must be an object/],
    ["a list", [], /must be an object/],
    ["the controller of a signal", { signal: new AbortController() }, /`signal` must be an AbortSignal/],
    ["a signal in words", { signal: "x" }, /`signal` must be an AbortSignal/],
    ["null as signal", { signal: null }, /`signal` must be an AbortSignal/],
  ])("%s is refused as a setting", async (_, options, words) => {
    const { transport, made } = call(options);
    await expect(made).rejects.toMatchObject({
      code: "config.option",
      message: expect.stringMatching(words) as string,
    });
    expect(transport.sent).toHaveLength(0);
  });

  test.each<[string, unknown, string]>([
    ["a Headers", new Headers({ "x-shop": "1" }), "headers"],
    ["a Map", new Map([["x-shop", "1"]]), "headers"],
    ["pairs", [["x-shop", "1"]], "headers"],
    ["a text", "x-shop: 1", "headers"],
    ["null as a value", { "x-shop": null }, "headers.x-shop"],
    ["an object as a value", { "x-shop": {} }, "headers.x-shop"],
  ])("headers as %s are refused: they would be lost, or sent as something else", async (_, headers, path) => {
    const { transport, made } = call({ headers });
    await expect(made).rejects.toMatchObject({ code: "request.invalid", issues: [{ path }] });
    expect(transport.sent).toHaveLength(0);
  });

  test("a simulation code that is no text is refused", async () => {
    await expect(call({ simulate: 5 }).made).rejects.toMatchObject({ issues: [{ path: "simulate" }] });
  });

  test("an id that is a Promise says so, and one with characters that are not seen is refused", async () => {
    await expect(call({}, Promise.resolve("C1")).made).rejects.toThrow(/chargeId is a Promise: await it/);
    for (const id of ["C1\u200B", "\u2060C1", "\uFEFFC1"])
      await expect(call({}, id).made, JSON.stringify(id)).rejects.toThrow(/has a blank or a line break around it/);
  });
});

describe("a fetch that gives no Response", () => {
  const given = (fetch: () => unknown, maxRetries = 3) => {
    let calls = 0;
    const counted = (): Promise<Response> => {
      calls += 1;
      return Promise.resolve(fetch() as Response);
    };
    const { client } = testClient(scripted({}), { transport: undefined, clock: undefined, fetch: counted, maxRetries });
    return client.charges.retrieve("C1").then(
      () => expect.fail("answered"),
      (error: Error) => ({ error, calls }),
    );
  };

  test.each<[string, () => unknown]>([
    ["nothing", () => undefined],
    ["null", () => null],
    ["a text", () => "{}"],
    ["what only looks like one", () => ({ ok: true, status: 200, json: () => ({}) })],
    ["headers as an object", () => ({ status: 200, headers: {}, body: null })],
    ["a body that is a text", () => ({ status: 200, headers: new Headers(), body: "{}" })],
  ])("%s is named once, not tried again", async (_, fetch) => {
    const { error, calls } = await given(fetch);
    expect(error).toMatchObject({ code: "config.option", message: expect.stringContaining("must give a Response") });
    expect(calls).toBe(1);
  });

  test("Response.error() is a failed connection", async () => {
    expect((await given(() => Response.error(), 0)).error).toMatchObject({ code: "connection.failed" });
  });
});

test("a success whose body came packed, which nobody asked for, says so", async () => {
  const transport = scripted({ status: 200, body: "\u001f\u008b", headers: { "content-encoding": "gzip" } });
  await expect(testClient(transport).client.charges.retrieve("C1")).rejects.toThrow(/packed with gzip/);
});
