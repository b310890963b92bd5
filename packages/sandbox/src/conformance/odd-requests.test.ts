import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../index.ts";
import { signedCaller, type SignedAnswer, type SignedCaller } from "../testing/index.ts";

/** What somebody else's test suite sends: one row a request, with the status and the reason or state that must come back. */
type Row = readonly [what: string, expected: string, method: string, path: string, body?: unknown, headers?: object];

const START = Date.UTC(2026, 0, 10);
const R = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SANDBOX_SETTLEMENT_DATA_";
const [FIRST, SECOND] = ["20260101T000000Z", "20260102T000000Z"];
const usd = (amount: unknown) => ({ amount, currencyCode: "USD" });
const eur = (amount: unknown) => ({ amount, currencyCode: "EUR" });

let sandbox: Sandbox;
let call: SignedCaller;
/** Ids by the names that rows write as `:name`. */
const ids: Record<string, string> = {};

const filled = (text: string): string => text.replaceAll(/:([a-z]\w*)/g, (whole, name: string) => ids[name] ?? whole);
const outcome = ({ status, body }: SignedAnswer): string => {
  const { reasonCode, statusDetails } = (body ?? {}) as { reasonCode?: string; statusDetails?: { state?: string } };
  return [status, reasonCode ?? statusDetails?.state].filter((part) => part !== undefined).join(" ");
};
const send = async ([, , method, path, body, headers]: Row): Promise<SignedAnswer> =>
  call(
    method,
    filled(path),
    body === undefined
      ? undefined
      : typeof body === "string"
        ? filled(body)
        : (JSON.parse(filled(JSON.stringify(body))) as object),
    headers as Record<string, string> | undefined,
  );

const charge = (amount: unknown, more: object = {}) => ({
  chargePermissionId: ":saved",
  chargeAmount: usd(amount),
  captureNow: true,
  ...more,
});
const session = (more: object = {}) => ({
  webCheckoutDetails: { checkoutReviewReturnUrl: "https://shop.example/r" },
  storeId: ":store",
  ...more,
});
const returningTo = (checkoutReviewReturnUrl: string) => session({ webCheckoutDetails: { checkoutReviewReturnUrl } });
const report = (more: object) => ({ reportType: R, startTime: FIRST, endTime: SECOND, ...more });
const schedule = (more: object) => ({
  reportType: R,
  scheduleFrequency: "P1D",
  nextReportCreationTime: "20260301T000000Z",
  deleteExistingSchedule: true,
  ...more,
});
const scan = (reference: string, more: object = {}) => ({
  scanData: "UKhrmatMeKdlfY6b",
  scanReferenceId: reference,
  merchantCOE: "US",
  ledgerCurrency: "USD",
  chargeTotal: usd("10.00"),
  ...more,
});
const trackers = (...numbers: readonly string[]) => ({
  chargePermissionId: ":saved",
  deliveryDetails: numbers.map((trackingNumber) => ({ trackingNumber, carrierCode: "UPS" })),
});

const [VALUE, MISSING] = ["400 InvalidParameterValue", "400 MissingParameterValue"];

/** In the order in which they are sent: later ones meet what earlier ones have left. */
const ROWS: readonly Row[] = [
  ...(
    ["1e1", "+5", " 5", "5.00 ", "5.", ".5", "5,00", "５", "-0", "0", "5.005", 5.005, 1e21, true, [], {}] as const
  ).map((amount): Row => [`the amount ${JSON.stringify(amount)}`, VALUE, "POST", "/v2/charges", charge(amount)]),
  ...([null, ""] as const).map((amount): Row => [
    `the amount ${JSON.stringify(amount)}`,
    MISSING,
    "POST",
    "/v2/charges",
    charge(amount),
  ]),
  ...(["05.00", "5.0", 5] as const).map((amount): Row => [
    `the amount ${JSON.stringify(amount)}`,
    "201 Captured",
    "POST",
    "/v2/charges",
    charge(amount),
  ]),
  ["more than one transaction may have", "400 TransactionAmountExceeded", "POST", "/v2/charges", charge("150000.01")],
  [
    "a currency in small letters",
    VALUE,
    "POST",
    "/v2/charges",
    charge(1, { chargeAmount: { amount: "1", currencyCode: "usd" } }),
  ],
  [
    "a currency of another region",
    "400 CurrencyMismatch",
    "POST",
    "/v2/charges",
    charge(1, { chargeAmount: eur("1") }),
  ],
  [
    "an unknown member of an amount",
    "400 UnrecognizedField",
    "POST",
    "/v2/charges",
    charge(1, { chargeAmount: { ...usd("1"), minor: 1 } }),
  ],
  [
    "wrong, missing and unknown members: what is wrong in the table's order first",
    VALUE,
    "POST",
    "/v2/charges",
    { chargePermissionId: 5, foo: 1 },
  ],
  ["missing and unknown members", MISSING, "POST", "/v2/charges", { foo: 1 }],
  [
    "no JSON and no key: the body first",
    "400 InvalidRequestFormat",
    "POST",
    "/v2/charges",
    "{",
    { "x-amz-pay-idempotency-key": "" },
  ],
  ["an empty key", "400 MissingHeaderValue", "POST", "/v2/charges", charge("1"), { "x-amz-pay-idempotency-key": "" }],
  [
    "a key with a point",
    "400 InvalidHeaderValue",
    "POST",
    "/v2/charges",
    charge("1"),
    { "x-amz-pay-idempotency-key": "a.b" },
  ],
  [
    "a key of 33 characters",
    "400 InvalidHeaderValue",
    "POST",
    "/v2/charges",
    charge("1"),
    { "x-amz-pay-idempotency-key": "a".repeat(33) },
  ],
  [
    "pending together with captureNow",
    "400 InvalidParameterCombination",
    "POST",
    "/v2/charges",
    charge("1", { canHandlePendingAuthorization: true }),
  ],
  [
    "a soft descriptor without captureNow",
    "400 InvalidParameterCombination",
    "POST",
    "/v2/charges",
    charge("1", { softDescriptor: "x", captureNow: false }),
  ],
  ["a soft descriptor of 17 characters", VALUE, "POST", "/v2/charges", charge("1", { softDescriptor: "x".repeat(17) })],
  ["captureNow as text", "201 Captured", "POST", "/v2/charges", charge("1", { captureNow: "true" })],
  [
    "a key for the first time",
    "201 Captured",
    "POST",
    "/v2/charges",
    charge("3.00"),
    { "x-amz-pay-idempotency-key": "k1" },
  ],
  [
    "the same values in other words",
    "201 Captured",
    "POST",
    "/v2/charges",
    '{ "captureNow": true, "chargeAmount": {"currencyCode":"USD","amount":"3.00"}, "chargePermissionId":":saved" }',
    { "x-amz-pay-idempotency-key": "k1" },
  ],
  [
    "the same under the path with a slash",
    "201 Captured",
    "POST",
    "/v2/charges/",
    charge("3.00"),
    { "x-amz-pay-idempotency-key": "k1" },
  ],
  [
    "the same amount as a number",
    "400 DuplicateIdempotencyKey",
    "POST",
    "/v2/charges",
    charge(3),
    { "x-amz-pay-idempotency-key": "k1" },
  ],
  [
    "the key for another operation",
    "201 RefundInitiated",
    "POST",
    "/v2/refunds",
    { chargeId: ":captured", refundAmount: usd("1") },
    { "x-amz-pay-idempotency-key": "k1" },
  ],
  [
    "the key in capitals is another one",
    "201 Captured",
    "POST",
    "/v2/charges",
    charge("3.00"),
    { "x-amz-pay-idempotency-key": "K1" },
  ],
  ["a key on a GET", "200 Captured", "GET", "/v2/charges/:captured", undefined, { "x-amz-pay-idempotency-key": "k1" }],
  ["a query that the operation has not", "400 UnrecognizedField", "GET", "/v2/charges/:captured?x=1"],
  ["an id in small letters", "404 ResourceNotFound", "GET", "/v2/charges/s01-0000000-0000000-c000000"],
  ["a path in capitals", "404 ResourceNotFound", "GET", "/V2/Charges/:captured"],
  ["a path with a double slash", "404 ResourceNotFound", "GET", "/v2//charges/:captured"],
  ["PUT", "405 UnsupportedOperation", "PUT", "/v2/charges/:captured", {}],
  ["OPTIONS", "405 UnsupportedOperation", "OPTIONS", "/v2/charges/:captured"],
  [
    "POST in place of DELETE",
    "405 UnsupportedOperation",
    "POST",
    "/v2/charges/:captured/cancel",
    { cancellationReason: "x" },
  ],
  ["a cancellation without a body", MISSING, "DELETE", "/v2/charges/:captured/cancel"],
  [
    "a reason of 256 characters",
    VALUE,
    "DELETE",
    "/v2/charges/:captured/cancel",
    { cancellationReason: "x".repeat(256) },
  ],
  [
    "a refund of a permission",
    "404 ResourceNotFound",
    "POST",
    "/v2/refunds",
    { chargeId: ":saved", refundAmount: usd("1") },
  ],
  [
    "a refund in another currency",
    "400 CurrencyMismatch",
    "POST",
    "/v2/refunds",
    { chargeId: ":captured", refundAmount: eur("1") },
  ],
  ...(
    [
      "http://shop.example/r",
      "https://",
      "//shop.example",
      "javascript:alert(1)",
      " https://shop.example/r",
      "https://shop.example/r ",
      "https://shop.example/\nr",
      "https://shop.example/\tr",
    ] as const
  ).map((url): Row => [`the address ${JSON.stringify(url)}`, VALUE, "POST", "/v2/checkoutSessions", returningTo(url)]),
  ...(
    ["http://localhost:3000/r", "https://shop.example/ü?a=b#c", `https://shop.example/${"x".repeat(3000)}`] as const
  ).map((url): Row => [
    `the address ${url.slice(0, 30)}`,
    "201 Open",
    "POST",
    "/v2/checkoutSessions",
    returningTo(url),
  ]),
  [
    "a store of nobody",
    VALUE,
    "POST",
    "/v2/checkoutSessions",
    session({ storeId: `amzn1.application-oa2-client.${"0".repeat(32)}` }),
  ],
  [
    "a subscription without a rhythm",
    MISSING,
    "POST",
    "/v2/checkoutSessions",
    session({ chargePermissionType: "Recurring" }),
  ],
  [
    "a rhythm of one and a half",
    VALUE,
    "POST",
    "/v2/checkoutSessions",
    session({ chargePermissionType: "Recurring", recurringMetadata: { frequency: { unit: "Month", value: "1.5" } } }),
  ],
  [
    "a total below the charge",
    VALUE,
    "POST",
    "/v2/checkoutSessions",
    session({ paymentDetails: { paymentIntent: "Authorize", chargeAmount: usd("10"), totalOrderAmount: usd("5") } }),
  ],
  [
    "a country in small letters",
    VALUE,
    "POST",
    "/v2/checkoutSessions",
    session({ deliverySpecifications: { addressRestrictions: { type: "Allowed", restrictions: { us: {} } } } }),
  ],
  ["an update of the store", "400 UnrecognizedField", "PATCH", "/v2/checkoutSessions/:session", { storeId: ":store" }],
  [
    "an update in another currency",
    VALUE,
    "PATCH",
    "/v2/checkoutSessions/:session",
    { paymentDetails: { chargeAmount: eur("1") } },
  ],
  ["an empty update", "200 Open", "PATCH", "/v2/checkoutSessions/:session", {}],
  [
    "completion before the buyer came",
    "422 InvalidCheckoutSessionStatus",
    "POST",
    "/v2/checkoutSessions/:session/complete",
    { chargeAmount: usd("1") },
  ],
  ["a tracker without numbers", VALUE, "POST", "/v2/deliveryTrackers", trackers()],
  ["a tracker with an empty number", MISSING, "POST", "/v2/deliveryTrackers", trackers("")],
  ["a tracker with a number twice", VALUE, "POST", "/v2/deliveryTrackers", trackers("1Z1", "1Z1")],
  ["its number is still free", "200", "POST", "/v2/deliveryTrackers", trackers("1Z1")],
  ["a number used before", VALUE, "POST", "/v2/deliveryTrackers", trackers("1Z2", "1Z1")],
  [
    "a tracker of a permission of nobody",
    "404 ResourceNotFound",
    "POST",
    "/v2/deliveryTrackers",
    { ...trackers("1Z3"), chargePermissionId: "S01-0-0" },
  ],
  ...(
    [
      "pageSize=0",
      "pageSize=101",
      "pageSize=1.5",
      "pageSize=5&pageSize=6",
      "nextToken=abc",
      "reportTypes=NOPE",
      "processingStatuses=completed",
      "createdSince=yesterday",
      "createdSince=1767225600",
      "createdUntil=20260231T000000Z",
    ] as const
  ).map((query): Row => [`reports?${query}`, VALUE, "GET", `/v2/reports?${query}`]),
  ["reports with a token and more", "400 InvalidParameterCombination", "GET", "/v2/reports?nextToken=abc&pageSize=5"],
  ["reports with an unknown parameter", "400 UnrecognizedField", "GET", "/v2/reports?foo=bar"],
  ["disbursements of an epoch", VALUE, "GET", "/v2/disbursements?startTime=1767225600"],
  ["disbursements by the documentation's own form", "200", "GET", "/v2/disbursements?startTime=2026-01-01T00-00-00Z"],
  ...(
    [
      { startTime: 1767225600, endTime: 1767312000 },
      { startTime: "1767225600" },
      { endTime: FIRST },
      { endTime: "20270101T000000Z" },
      { startTime: "2026-01-01" },
      { reportType: "NOPE" },
    ] as const
  ).map((more): Row => [`a report with ${JSON.stringify(more)}`, VALUE, "POST", "/v2/reports", report(more)]),
  [
    "a report by the documentation's own form",
    "201",
    "POST",
    "/v2/reports",
    report({ startTime: "2026-01-01T00-00-00Z" }),
  ],
  ...(
    [
      { scheduleFrequency: "P5D" },
      { nextReportCreationTime: 1772323200 },
      { nextReportCreationTime: "1772323200" },
    ] as const
  ).map((more): Row => [
    `a schedule with ${JSON.stringify(more)}`,
    VALUE,
    "POST",
    "/v2/report-schedules",
    schedule(more),
  ]),
  [
    "a schedule by the documentation's own form",
    "201",
    "POST",
    "/v2/report-schedules",
    schedule({ nextReportCreationTime: "2026-03-01T00-00-00Z" }),
  ],
  [
    "a schedule that began long ago, every five minutes",
    "201",
    "POST",
    "/v2/report-schedules",
    schedule({ scheduleFrequency: "PT5M", nextReportCreationTime: "20000101T000000Z" }),
  ],
  [
    "a schedule beside another",
    "400 InvalidRequest",
    "POST",
    "/v2/report-schedules",
    schedule({ deleteExistingSchedule: false }),
  ],
  ["a scan", "200", "POST", "/v2/in-store/merchantScan", scan("s1")],
  ["the scan again", "200", "POST", "/v2/in-store/merchantScan", scan("s1")],
  [
    "the scan with another sum",
    "400 DuplicateIdempotencyKey",
    "POST",
    "/v2/in-store/merchantScan",
    scan("s1", { chargeTotal: usd("11.00") }),
  ],
  [
    "a scan in a currency of another region",
    VALUE,
    "POST",
    "/v2/in-store/merchantScan",
    scan("s2", { chargeTotal: eur("10.00") }),
  ],
  [
    "a scan with a ledger of another region",
    VALUE,
    "POST",
    "/v2/in-store/merchantScan",
    scan("s3", { ledgerCurrency: "EUR" }),
  ],
  [
    "a scan in a country of three letters",
    VALUE,
    "POST",
    "/v2/in-store/merchantScan",
    scan("s4", { merchantCOE: "USA" }),
  ],
  ["a file of a type in capitals", VALUE, "POST", "/v2/files", { type: "PDF", purpose: "disputeEvidence" }],
];

describe("requests of somebody else's test suite", () => {
  beforeAll(async () => {
    sandbox = await createSandbox({ seed: 1, clock: manualClock(START) });
    call = signedCaller(sandbox);
    const [merchant] = sandbox.merchants;
    const merchantId = merchant?.merchantId ?? "";
    const saved = await sandbox.control("POST", "/charge-permissions", { merchantId, type: "PaymentMethodOnFile" });
    ids["store"] = merchant?.storeId ?? "";
    ids["saved"] = saved.chargePermissionId;
    const id = async (row: Row, name: string) => String((await send(row)).body[name]);
    ids["captured"] = await id(["", "", "POST", "/v2/charges", charge("9.00")], "chargeId");
    ids["session"] = await id(["", "", "POST", "/v2/checkoutSessions", session()], "checkoutSessionId");
  });

  it.each(ROWS.map((row) => ({ what: row[0], expected: row[1], row })))(
    "$what: $expected",
    async ({ expected, row }) => {
      expect(outcome(await send(row))).toBe(expected);
      expect(sandbox.failures).toEqual([]);
    },
  );
});

describe("what a merchant wrote that no file can hold", () => {
  it("comes back by the API as it was, and leaves no report unfinished", async () => {
    const own = await createSandbox({ seed: 1, clock: manualClock(START) });
    const calls = signedCaller(own);
    const merchantId = own.merchants[0]?.merchantId ?? "";
    const odd = "a\u0000b\u001fc\ud800d\te";
    const { chargePermissionId } = await own.control("POST", "/charge-permissions", {
      merchantId,
      amount: "9.00",
      merchantReferenceId: odd,
    });
    const body = {
      chargePermissionId,
      chargeAmount: usd("9.00"),
      captureNow: true,
      merchantMetadata: { merchantReferenceId: odd, noteToBuyer: odd },
    };
    expect(outcome(await calls("POST", "/v2/charges", body))).toBe("201 Captured");
    await own.clock.advance("P45D");
    expect(own.failures).toEqual([]);
    const { reports } = (await calls("GET", "/v2/reports?pageSize=100")).body as {
      readonly reports: readonly { readonly processingStatus: string; readonly reportDocumentId: string | null }[];
    };
    expect(reports.length).toBeGreaterThan(0);
    for (const { processingStatus } of reports) expect(processingStatus).toMatch(/^(COMPLETED|CANCELLED)$/);
    const texts = [...own.engine.state.reportDocuments.values()].map(({ bytes }) => new TextDecoder().decode(bytes));
    expect(texts.join("")).toContain("a b c\ufffdd\te");
    for (const control of ["\u0000", "\u001f"]) expect(texts.join("")).not.toContain(control);
  });
});
