import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ShopFixture, START } from "../../settlement/testing/shop-fixture.ts";
import type { Merchant } from "../../engine/objects/index.ts";
import { createSandbox } from "../../service/create-sandbox.ts";
import type { Sandbox } from "../../service/sandbox.ts";
import { ApiClientFixture } from "../testing/api-client-fixture.ts";

const TYPE = (name: string): string => `_GET_FLAT_FILE_OFFAMAZONPAYMENTS_${name}_DATA_`;
const DAY = 86_400_000;
const compact = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;

let sandbox: Sandbox;
let strict: Sandbox;
let client: ApiClientFixture;
let shop: ShopFixture;

beforeAll(async () => {
  const merchants = [{ region: "na" }, { region: "jp" }] as const;
  sandbox = await createSandbox({ seed: 1, clock: manualClock(START), merchants });
  strict = await createSandbox({ seed: 2, clock: manualClock(START), merchants: [{ region: "na" }], strict: true });
});

beforeEach(() => {
  sandbox.reset();
  const [merchant] = sandbox.merchants;
  if (merchant === undefined) throw new Error("no merchant");
  client = new ApiClientFixture(sandbox, merchant);
  shop = new ShopFixture(sandbox.engine, sandbox.engine.state.merchants.get(merchant.merchantId) as Merchant);
});

const close = (): Promise<unknown> =>
  sandbox.control("POST", "/settlements", { merchantId: client.merchant.merchantId });
const listing = async (query: string): Promise<{ reports: Record<string, string>[]; nextToken: string | null }> =>
  (await client.call("GET", `/reports${query}`)).body as never;

describe("bad input to the Reports API", () => {
  it.each([
    ["GET", "/reports?pageSize=0", undefined, "InvalidParameterValue"],
    ["GET", "/reports?pageSize=101", undefined, "InvalidParameterValue"],
    ["GET", "/reports?pageSize=ten", undefined, "InvalidParameterValue"],
    ["GET", "/reports?createdSince=yesterday", undefined, "InvalidParameterValue"],
    ["GET", "/reports?reportTypes=_MINE_", undefined, "InvalidParameterValue"],
    ["GET", "/reports?processingStatuses=DONE", undefined, "InvalidParameterValue"],
    ["GET", "/reports?nextToken=abc&pageSize=5", undefined, "InvalidParameterCombination"],
    ["GET", "/reports?nextToken=abc", undefined, "InvalidParameterValue"],
    ["GET", "/reports?nextToken=%22%7B.", undefined, "InvalidParameterValue"],
    ["GET", "/reports/1", undefined, "ResourceNotFound"],
    ["GET", "/reports/__proto__", undefined, "ResourceNotFound"],
    ["GET", "/report-documents/..%2f..%2fetc", undefined, "ResourceNotFound"],
    ["GET", "/report-schedules/1", undefined, "ResourceNotFound"],
    ["DELETE", "/report-schedules/1", undefined, "ResourceNotFound"],
    ["GET", "/disbursements?startTime=now", undefined, "InvalidParameterValue"],
    ["GET", "/disbursements?nextToken=x&startTime=20260101T000000Z", undefined, "InvalidParameterCombination"],
    ["POST", "/reports", {}, "MissingParameterValue"],
    [
      "POST",
      "/reports",
      { reportType: 5, startTime: "20260101T000000Z", endTime: "20260102T000000Z" },
      "InvalidParameterValue",
    ],
    [
      "POST",
      "/reports",
      { reportType: TYPE("REFUND"), startTime: "20260103T000000Z", endTime: "20260102T000000Z" },
      "InvalidParameterValue",
    ],
    [
      "POST",
      "/reports",
      { reportType: TYPE("REFUND"), startTime: "20260101T000000Z", endTime: "20360102T000000Z" },
      "InvalidParameterValue",
    ],
    [
      "POST",
      "/reports",
      { reportType: TYPE("SETTLEMENT"), startTime: "20260101T000000Z", endTime: "20260102T000000Z" },
      "InvalidParameterValue",
    ],
    [
      "POST",
      "/report-schedules",
      { reportType: TYPE("SETTLEMENT"), scheduleFrequency: "P1D" },
      "InvalidParameterValue",
    ],
    ["POST", "/report-schedules", { reportType: TYPE("REFUND"), scheduleFrequency: "P84D" }, "InvalidParameterValue"],
    ["POST", "/report-schedules", { reportType: TYPE("REFUND") }, "MissingParameterValue"],
    [
      "POST",
      "/report-schedules",
      { reportType: "_GET_CSV_CUSTOM_OFFAMAZONPAYMENTS_MULTI_CURRENCY_PAYMENTS_DATA_", scheduleFrequency: "P1D" },
      "InvalidParameterValue",
    ],
  ])("%s %s %j is refused", async (method, path, body, reasonCode) => {
    const answer = await client.call(method, path, body);
    expect([answer.body["reasonCode"], answer.status]).toEqual([
      reasonCode,
      reasonCode === "ResourceNotFound" ? 404 : 400,
    ]);
  });

  it("another merchant's reports, documents and schedules are not there", async () => {
    shop.sell(1000n);
    await close();
    const { reports } = await listing("");
    const schedule = await client.call("POST", "/report-schedules", {
      reportType: TYPE("REFUND"),
      scheduleFrequency: "P1D",
    });
    const other = new ApiClientFixture(sandbox, sandbox.merchants[1] as never);
    for (const path of [
      `/reports/${reports[0]?.["reportId"]}`,
      `/report-documents/${reports[0]?.["reportDocumentId"]}`,
      `/report-schedules/${String(schedule.body["reportScheduleId"])}`,
    ]) {
      expect((await client.call("GET", path)).status).toBe(200);
      expect((await other.call("GET", path)).status).toBe(404);
    }
    const live = new ApiClientFixture(sandbox, client.merchant, "live");
    expect((await live.call("GET", `/reports/${reports[0]?.["reportId"]}`)).status).toBe(404);
  });
});

describe("what only the live service's own sandbox refuses", () => {
  const order = (type: string) => ({ reportType: type, startTime: "20260101T000000Z", endTime: "20260102T000000Z" });

  it("is refused when strict, and else works", async () => {
    const careful = new ApiClientFixture(strict, strict.merchants[0] as never);
    for (const type of ["ORDER_REFERENCE", "BILLING_AGREEMENT", "AUTHORIZATION", "CAPTURE", "REFUND"].map(TYPE)) {
      expect((await client.call("POST", "/reports", order(type))).status).toBe(201);
      expect((await careful.call("POST", "/reports", order(type))).status).toBe(400);
      const schedule = { reportType: type, scheduleFrequency: "P1D" };
      expect((await client.call("POST", "/report-schedules", schedule)).status).toBe(201);
      expect((await careful.call("POST", "/report-schedules", schedule)).status).toBe(400);
    }
    const live = new ApiClientFixture(strict, strict.merchants[0] as never, "live");
    const sandboxSettlement = order(TYPE("SANDBOX_SETTLEMENT"));
    expect((await careful.call("POST", "/reports", sandboxSettlement)).status).toBe(201);
    expect((await live.call("POST", "/reports", sandboxSettlement)).status).toBe(400);
    expect((await live.call("POST", "/reports", order(TYPE("REFUND")))).status).toBe(201);
    expect((await client.call("POST", "/reports", sandboxSettlement)).status).toBe(201);
  });
});

describe("getReports", () => {
  it("pages by a token that stands alone, over what there was when the listing began", async () => {
    for (let index = 0; index < 25; index += 1) {
      shop.sell(1000n);
      await close();
    }
    const first = await listing("?pageSize=10&processingStatuses=COMPLETED&nextToken=");
    shop.sell(1000n);
    await sandbox.clock.advance(1000);
    await close();
    const second = await listing(`?nextToken=${first.nextToken}`);
    const third = await listing(`?nextToken=${second.nextToken}`);
    expect([first, second, third].map(({ reports }) => reports.length)).toEqual([10, 10, 5]);
    expect(third.nextToken).toBeNull();
    const ids = [first, second, third].flatMap(({ reports }) => reports.map((report) => report["reportId"]));
    expect(new Set(ids).size).toBe(25);
    expect((await listing("")).reports).toHaveLength(10);
    expect((await client.call("GET", `/disbursements?nextToken=${first.nextToken}`)).body["reasonCode"]).toBe(
      "InvalidParameterValue",
    );
  });

  it("filters by type, status and time, and shows the members of a live answer in their order", async () => {
    shop.sell(1000n);
    await close();
    await sandbox.clock.advance("P2D");
    const all = await listing("?pageSize=100");
    expect(all.reports.map((report) => report["reportType"])).toEqual([
      TYPE("CAPTURE"),
      TYPE("AUTHORIZATION"),
      TYPE("ORDER_REFERENCE"),
      TYPE("SETTLEMENT"),
    ]);
    expect(Object.keys(all.reports[0] ?? {})).toEqual([
      "createdTime",
      "endTime",
      "processingEndTime",
      "processingStartTime",
      "processingStatus",
      "reportDocumentId",
      "reportId",
      "reportType",
      "startTime",
    ]);
    expect(all.reports[3]).toMatchObject({ createdTime: "20260105T102030Z", startTime: "20260105T102030Z" });
    expect((await listing(`?reportTypes=${TYPE("CAPTURE")}%2C${TYPE("SETTLEMENT")}`)).reports).toHaveLength(2);
    expect((await listing("?processingStatuses=FAILED,CANCELLED")).reports).toHaveLength(0);
    expect((await listing("?createdSince=20260106T000000Z")).reports).toHaveLength(3);
    expect((await listing("?createdUntil=2026-01-06T00:00:00Z")).reports).toHaveLength(1);
    await sandbox.clock.advance("P90D");
    expect((await listing("")).reports).toHaveLength(0);
    expect((await client.call("GET", `/reports/${all.reports[0]?.["reportId"]}`)).status).toBe(404);
  });
});

describe("a report, from order to bytes", () => {
  it("is ordered, awaited, and fetched by an address that lives 30 seconds", async () => {
    shop.sell(123_456n);
    await sandbox.clock.advance("PT1M");
    const times = { startTime: compact(START - DAY), endTime: compact(sandbox.clock.now()) };
    const { status, body } = await client.call("POST", "/reports", { reportType: TYPE("CAPTURE"), ...times });
    expect(status).toBe(201);
    const path = `/reports/${String(body["reportId"])}`;
    expect((await client.call("GET", path)).body).toMatchObject({
      processingStatus: "IN_PROGRESS",
      reportDocumentId: null,
      ...times,
    });
    await sandbox.clock.advance("PT10S");
    const report = (await client.call("GET", path)).body;
    expect(report["processingStatus"]).toBe("COMPLETED");
    const document = (await client.call("GET", `/report-documents/${String(report["reportDocumentId"])}`)).body;
    expect(Object.keys(document)).toEqual(["reportDocumentId", "url", "compressionAlgorithm"]);
    expect(document["compressionAlgorithm"]).toBe("N/A");
    const url = String(document["url"]);
    const file = await sandbox.fetch(new Request(url));
    expect(await file.text()).toContain('"1234.56"');
    const withHeader = await sandbox.fetch(
      new Request(url, { headers: { authorization: "AMZN-PAY-RSASSA-PSS-V2 x" } }),
    );
    expect(withHeader.status).toBe(400);
    const forged = await sandbox.fetch(new Request(`${url.slice(0, -4)}0000`));
    expect([forged.status, await forged.text()]).toEqual([403, expect.stringContaining("SignatureDoesNotMatch")]);
    const bare = await sandbox.fetch(new Request(url.replace(/\?.*/, "")));
    expect([bare.status, await bare.text()]).toEqual([403, expect.stringContaining("<Code>AccessDenied</Code>")]);
    await sandbox.clock.advance("PT29S");
    expect((await sandbox.fetch(new Request(url))).status).toBe(200);
    await sandbox.clock.advance("PT2S");
    const late = await sandbox.fetch(new Request(url));
    expect([late.status, late.headers.get("content-type"), await late.text()]).toEqual([
      403,
      "application/xml",
      expect.stringContaining("<Message>Request has expired</Message>"),
    ]);
  });

  it.each([
    ["gzip", "GZIP", [0x1f, 0x8b]],
    ["zip", "ZIP", [0x50, 0x4b]],
  ])("comes as %s where that is wanted, the same bytes every time", async (compression, name, magic) => {
    await sandbox.control("POST", `/merchants/${client.merchant.merchantId}/reports`, { compression });
    shop.sell(1000n);
    await close();
    const { reports } = await listing("");
    const fetchOnce = async (): Promise<Uint8Array> => {
      const { body } = await client.call("GET", `/report-documents/${reports[0]?.["reportDocumentId"]}`);
      expect(body["compressionAlgorithm"]).toBe(name);
      return new Uint8Array(await (await sandbox.fetch(new Request(String(body["url"])))).arrayBuffer());
    };
    const bytes = await fetchOnce();
    expect(Array.from(bytes.slice(0, 2))).toEqual(magic);
    expect(await fetchOnce()).toEqual(bytes);
  });
});

describe("report schedules", () => {
  const wanted = { reportType: TYPE("REFUND"), scheduleFrequency: "PT84H", nextReportCreationTime: "20230618T150630Z" };

  it("are one per type: a second is refused, or takes the place of the first", async () => {
    const first = await client.call("POST", "/report-schedules", wanted);
    expect(first.status).toBe(201);
    const second = await client.call("POST", "/report-schedules", wanted);
    expect([second.status, second.body["reasonCode"]]).toEqual([400, "InvalidRequest"]);
    await sandbox.control("POST", `/merchants/${client.merchant.merchantId}/reports`, { scheduleConflictStatus: 409 });
    expect((await client.call("POST", "/report-schedules", { ...wanted, deleteExistingSchedule: false })).status).toBe(
      409,
    );
    const third = await client.call("POST", "/report-schedules?deleteExistingSchedule=true", wanted);
    const fourth = await client.call("POST", "/report-schedules", { ...wanted, deleteExistingSchedule: true });
    expect([third.status, fourth.status]).toEqual([201, 201]);
    const { body } = await client.call("GET", `/report-schedules?reportTypes=${TYPE("REFUND")},${TYPE("CAPTURE")}`);
    expect(body["reportSchedules"]).toEqual([
      {
        nextReportCreationTime: expect.stringMatching(/^202601\d\dT\d{6}Z$/),
        reportScheduleId: fourth.body["reportScheduleId"],
        reportType: TYPE("REFUND"),
        scheduleFrequency: "PT84H",
      },
    ]);
  });

  it("are shown, ended, and then gone", async () => {
    const { body } = await client.call("POST", "/report-schedules", wanted);
    const path = `/report-schedules/${String(body["reportScheduleId"])}`;
    expect(Object.keys((await client.call("GET", path)).body)).toEqual([
      "nextReportCreationTime",
      "reportScheduleId",
      "reportType",
      "scheduleFrequency",
    ]);
    expect((await client.call("DELETE", path)).status).toBe(200);
    expect((await client.call("GET", path)).status).toBe(404);
    expect((await client.call("GET", "/report-schedules")).body["reportSchedules"]).toEqual([]);
    await sandbox.clock.advance("P30D");
    expect((await listing("")).reports).toEqual([]);
  });
});

describe("getDisbursements", () => {
  it("shows payouts by the date of their settlement, in pages", async () => {
    for (let index = 0; index < 3; index += 1) {
      shop.sell(10_000n);
      await close();
      await sandbox.clock.advance("P1D");
    }
    const path = "/disbursements?startTime=20260106T000000Z&endTime=20260107T235959Z&pageSize=1&nextToken=";
    const first = (await client.call("GET", path)).body;
    expect(first["disbursements"]).toEqual([
      {
        sellerId: client.merchant.merchantId,
        settlementId: expect.stringMatching(/^\d{10}$/),
        amazonDisbursementReferenceId: expect.stringMatching(/^[A-Z0-9]{15}$/),
        amount: "96.80",
        currencyCode: "USD",
        transactionTime: "2026-01-06T10:20:30.000Z",
      },
    ]);
    const second = (await client.call("GET", `/disbursements?nextToken=${String(first["nextToken"])}`)).body;
    expect(second["disbursements"]).toHaveLength(1);
    expect(second["nextToken"]).toBeNull();
  });
});
