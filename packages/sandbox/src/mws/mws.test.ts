import { createHash } from "node:crypto";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { MwsReports } from "@amazon-pay-kit/sdk/mws";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ShopFixture, START } from "../settlement/testing/shop-fixture.ts";
import type { Merchant } from "../engine/objects/index.ts";
import { createSandbox } from "../service/create-sandbox.ts";
import type { Sandbox } from "../service/sandbox.ts";

const TYPE = (name: string): string => `_GET_FLAT_FILE_OFFAMAZONPAYMENTS_${name}_DATA_`;

let sandbox: Sandbox;
let throttled: Sandbox;
let shop: ShopFixture;

beforeAll(async () => {
  sandbox = await createSandbox({
    seed: 1,
    clock: manualClock(START),
    merchants: [{ region: "na" }, { region: "na" }],
  });
  throttled = await createSandbox({
    seed: 2,
    clock: manualClock(START),
    merchants: [{ region: "na" }],
    throttling: true,
  });
});
beforeEach(() => {
  sandbox.reset();
  throttled.reset();
  const merchantId = sandbox.merchants[0]?.merchantId ?? "";
  shop = new ShopFixture(sandbox.engine, sandbox.engine.state.merchants.get(merchantId) as Merchant);
});

interface Changes {
  readonly secretKey?: string;
  readonly accessKeyId?: string;
  readonly sellerId?: string;
  readonly authToken?: string;
  readonly now?: number;
}

/** The client of this kit, at a sandbox in this process. */
function client(at: Sandbox, { now, ...changes }: Changes = {}): MwsReports {
  const mws = at.merchants[0]?.mws;
  if (mws === undefined) throw new Error("no merchant");
  return new MwsReports({
    region: "na",
    sellerId: mws.sellerId,
    accessKeyId: mws.accessKeyId,
    secretKey: mws.secretKey,
    authToken: mws.authToken,
    baseUrl: "https://mws.amazonservices.com",
    fetch: at.fetch,
    clock: manualClock(now ?? at.engine.realNow(), { autoAdvance: true }),
    timeoutMs: 2 ** 40,
    downloadTimeoutMs: 2 ** 40,
    maxRetries: 0,
    ...changes,
  } as ConstructorParameters<typeof MwsReports>[0]);
}

const raw = async (query: string, init: RequestInit = {}): Promise<[number, string]> => {
  const response = await sandbox.fetch(new Request(`https://mws.amazonservices.com/${query}`, init));
  return [response.status, await response.text()];
};
const close = (): Promise<unknown> => sandbox.control("POST", "/settlements", { merchantId: shop.merchant.merchantId });
const all = async <T>(rows: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
};

describe("bad calls", () => {
  it.each([
    ["?Action=", 400, "MissingParameter"],
    ["?Action=DeleteEverything", 404, "InvalidAddress"],
    ["?Action=__proto__", 404, "InvalidAddress"],
    ["?Action=GetReport&Version=2001-01-01", 400, "InvalidParameterValue"],
    ["?Action=GetReport", 400, "MissingParameter"],
    ["?Action=GetReport&AWSAccessKeyId=AKIANOBODY", 403, "InvalidAccessKeyId"],
    ["?Action=GetReport&Action=GetReport", 400, "InvalidParameterValue"],
    ["?%ZZ=1", 400, "InvalidParameterValue"],
  ])("%s", async (query, status, code) => {
    const [got, text] = await raw(query);
    expect([got, text]).toEqual([status, expect.stringContaining(`<Code>${code}</Code>`)]);
    expect(text).toMatch(/^<\?xml .*<ErrorResponse xmlns="http:\/\/mws\.amazonaws\.com\/doc\/2009-01-01\/">/s);
    expect(text).toMatch(/<RequestID>[0-9a-f-]{36}<\/RequestID>\n<\/ErrorResponse>/);
  });

  it("other methods, and a message with markup in it", async () => {
    expect((await raw("", { method: "DELETE" }))[0]).toBe(404);
    const [status, text] = await raw("?Action=%3Cscript%3E%26");
    expect([status, text]).toEqual([404, expect.stringContaining("&lt;script&gt;&amp;")]);
  });

  it.each([
    [{ secretKey: "wrong" }, "SignatureDoesNotMatch"],
    [{ sellerId: "A1SOMEBODYELSE" }, "AccessDenied"],
    [{ authToken: "amzn.mws.wrong" }, "AccessDenied"],
    [{ now: START + 16 * 60_000 }, "RequestExpired"],
  ])("%j", async (changes, serviceCode) => {
    await expect(client(sandbox, changes).getReportList()).rejects.toMatchObject({ serviceCode });
  });

  it.each([
    [(mws: MwsReports) => mws.getReport("1")],
    [(mws: MwsReports) => mws.getReportListByNextToken("abc")],
    [(mws: MwsReports) => mws.updateReportAcknowledgements(["1"])],
    [(mws: MwsReports) => mws.getReportRequestList({ reportTypes: ["_MINE_"] })],
    [(mws: MwsReports) => mws.getReportRequestList({ reportProcessingStatuses: ["DONE"] })],
    [(mws: MwsReports) => mws.requestReport({ reportType: TYPE("SETTLEMENT") })],
    [
      (mws: MwsReports) =>
        mws.requestReport({ reportType: TYPE("REFUND"), startDate: "2026-01-03", endDate: "2026-01-02" }),
    ],
    [(mws: MwsReports) => mws.manageReportSchedule({ reportType: TYPE("REFUND"), schedule: "_NOW_AND_THEN_" })],
    [(mws: MwsReports) => mws.manageReportSchedule({ reportType: TYPE("REFUND"), schedule: "constructor" })],
    [(mws: MwsReports) => mws.manageReportSchedule({ reportType: TYPE("SETTLEMENT"), schedule: "_1_DAY_" })],
  ])("%s", async (call) => {
    await expect(call(client(sandbox))).rejects.toMatchObject({ serviceCode: "InvalidParameterValue" });
  });

  it("another seller's reports are not there", async () => {
    shop.sell(1000n);
    await close();
    const [report] = await all(client(sandbox).reports());
    const other = sandbox.merchants[1]?.mws;
    await expect(client(sandbox, { ...other }).getReport(report?.reportId ?? "")).rejects.toMatchObject({
      serviceCode: "InvalidParameterValue",
    });
  });
});

describe("the four steps of the document", () => {
  it("list requests, see what is acknowledged, fetch, acknowledge", async () => {
    shop.sell(1000n);
    await close();
    await sandbox.clock.advance("P2D");
    const mws = client(sandbox);
    const requests = await all(
      mws.reportRequests({ reportTypes: [TYPE("SETTLEMENT")], reportProcessingStatuses: ["_DONE_"] }),
    );
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      reportProcessingStatus: "_DONE_",
      startDate: "2026-01-05T10:20:30+00:00",
      scheduled: false,
    });
    const listed = await mws.getReportList({ reportRequestIds: [requests[0]?.reportRequestId ?? ""] });
    expect(listed.items).toMatchObject([{ acknowledged: false, reportId: requests[0]?.generatedReportId }]);
    const { bytes, md5 } = await mws.getReport(requests[0]?.generatedReportId ?? "");
    expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)).toMatch(/^\uFEFF"Amazon Payments Advanced",\n/);
    expect(md5).toBe(createHash("md5").update(bytes).digest("base64"));
    const change = await mws.updateReportAcknowledgements([listed.items[0]?.reportId ?? ""]);
    expect(change).toMatchObject({
      count: 1,
      items: [{ acknowledged: true, acknowledgedDate: "2026-01-07T10:20:30+00:00" }],
    });
    expect(await mws.getReportCount({ acknowledged: false })).toBe(3);
    expect(await mws.getReportCount({ acknowledged: true })).toBe(1);
    await mws.updateReportAcknowledgements([listed.items[0]?.reportId ?? ""], false);
    expect(await mws.getReportCount({ acknowledged: false })).toBe(4);
  });

  it("pages by tokens that remember the filters", async () => {
    for (let index = 0; index < 7; index += 1) {
      shop.sell(1000n);
      await close();
    }
    const mws = client(sandbox);
    const first = await mws.getReportRequestList({ reportTypes: [TYPE("SETTLEMENT")], maxCount: 3 });
    shop.sell(1000n);
    await sandbox.clock.advance(1000);
    await close();
    const rest = await mws.getReportRequestListByNextToken(first.nextToken ?? "");
    const last = await mws.getReportRequestListByNextToken(rest.nextToken ?? "");
    expect([first, rest, last].map((page) => page.items.length)).toEqual([3, 3, 1]);
    expect(last.nextToken).toBeNull();
    await expect(mws.getReportListByNextToken(first.nextToken ?? "")).rejects.toMatchObject({
      serviceCode: "InvalidParameterValue",
    });
    expect(await mws.getReportRequestCount({ reportTypes: [TYPE("SETTLEMENT")] })).toBe(8);
  });

  it("lists reports by their type, and by when they were ready", async () => {
    shop.sell(1000n);
    await close();
    await sandbox.clock.advance("P2D");
    const mws = client(sandbox);
    const everything = await all(mws.reports());
    const types = new Set(everything.map(({ reportType }) => reportType));
    expect(types.size).toBeGreaterThan(2);
    for (const type of types) {
      const wanted = everything.filter(({ reportType }) => reportType === type);
      expect(await all(mws.reports({ reportTypes: [type] }))).toEqual(wanted);
      expect(await mws.getReportCount({ reportTypes: [type] })).toBe(wanted.length);
    }
    const moments = everything.map(({ availableDate }) => Date.parse(availableDate ?? ""));
    const latest = new Date(Math.max(...moments));
    const late = everything.filter((_report, index) => moments[index] === latest.getTime());
    expect(late.length).toBeLessThan(everything.length);
    expect(await all(mws.reports({ availableFrom: latest }))).toEqual(late);
    const before = new Date(latest.getTime() - 1000);
    expect(await all(mws.reports({ availableTo: before }))).toHaveLength(everything.length - late.length);
  });

  it("gives the same bytes as API v2, with a checksum that can be wrong on request", async () => {
    shop.sell(1000n);
    await close();
    const mws = client(sandbox);
    const [report] = await all(mws.reports());
    const document = [...sandbox.engine.state.reportDocuments.values()][0];
    const { bytes } = await mws.getReport(report?.reportId ?? "");
    expect(Buffer.from(bytes)).toEqual(Buffer.from(document?.bytes ?? []));
    await sandbox.control("POST", "/discrepancies", { kind: "wrong-checksum" });
    expect((await mws.getReport(report?.reportId ?? "")).bytes).toEqual(bytes);
    expect(await sandbox.control("GET", "/discrepancies")).toMatchObject({ discrepancies: [{ status: "injected" }] });
  });
});

describe("reports on order and by schedule", () => {
  it("pass through their statuses, and are done without data where there is none", async () => {
    shop.sell(1000n);
    await sandbox.clock.advance("PT1M");
    const mws = client(sandbox);
    const full = await mws.requestReport({ reportType: TYPE("SANDBOX_SETTLEMENT"), startDate: "2026-01-05" });
    const empty = await mws.requestReport({ reportType: TYPE("REFUND"), startDate: "2026-01-05" });
    expect([full.reportProcessingStatus, full.generatedReportId]).toEqual(["_SUBMITTED_", null]);
    const statusOf = async (): Promise<string[]> =>
      (await mws.getReportRequestList({ reportRequestIds: [full.reportRequestId, empty.reportRequestId] })).items.map(
        (item) => item.reportProcessingStatus,
      );
    await sandbox.clock.advance("PT2S");
    expect(await statusOf()).toEqual(["_IN_PROGRESS_", "_IN_PROGRESS_"]);
    await sandbox.clock.advance("PT2S");
    expect(await statusOf()).toEqual(["_DONE_NO_DATA_", "_DONE_"]);
    expect(await all(mws.reportRequests({ reportProcessingStatuses: ["_DONE_NO_DATA_"] }))).toHaveLength(1);
  });

  it("can be cancelled before they are worked on, and not later", async () => {
    shop.sell(1000n);
    const mws = client(sandbox);
    await mws.requestReport({ reportType: TYPE("CAPTURE"), startDate: "2026-01-05" });
    expect(await mws.cancelReportRequests({ reportTypes: [TYPE("CAPTURE")] })).toMatchObject({
      count: 1,
      items: [{ reportProcessingStatus: "_CANCELLED_" }],
    });
    await mws.requestReport({ reportType: TYPE("CAPTURE"), startDate: "2026-01-05" });
    await sandbox.clock.advance("PT10S");
    expect((await mws.cancelReportRequests({ reportTypes: [TYPE("CAPTURE")] })).count).toBe(0);
  });

  it("come by schedule until it ends", async () => {
    const mws = client(sandbox);
    const set = await mws.manageReportSchedule({
      reportType: TYPE("CAPTURE"),
      schedule: "_1_DAY_",
      scheduleDate: "2026-01-06",
    });
    expect(set.items).toEqual([
      { reportType: TYPE("CAPTURE"), schedule: "_1_DAY_", scheduledDate: "2026-01-06T00:00:00+00:00" },
    ]);
    expect(await mws.getReportScheduleCount()).toBe(1);
    expect((await mws.getReportScheduleList({ reportTypes: [TYPE("REFUND")] })).items).toEqual([]);
    shop.sell(1000n);
    await sandbox.clock.advance("P1D");
    const scheduled = (await all(mws.reportRequests())).filter((request) => request.scheduled);
    expect(scheduled).toMatchObject([{ endDate: "2026-01-06T00:00:00+00:00", reportProcessingStatus: "_DONE_" }]);
    await mws.manageReportSchedule({ reportType: TYPE("CAPTURE"), schedule: "_NEVER_" });
    expect(await mws.getReportScheduleCount()).toBe(0);
  });
});

describe("around the calls", () => {
  it("a ping tells the time", async () => {
    expect(await client(sandbox).serverTime()).toBe(sandbox.clock.now());
    expect(await raw("")).toEqual([
      200,
      expect.stringContaining('<PingResponse>\n  <Timestamp timestamp="2026-01-05T'),
    ]);
  });

  it("a clock that was moved locks nobody out", async () => {
    await sandbox.clock.advance("P40D");
    await expect(client(sandbox).getReportCount()).resolves.toBe(0);
    await expect(client(sandbox, { now: sandbox.clock.now() }).getReportCount()).resolves.toBe(0);
  });

  it("headers tell the quota; calls beyond it are refused where that is asked for", async () => {
    const mws = client(throttled);
    const page = await mws.getReportList();
    expect(page.quota).toMatchObject({ max: 60, remaining: 59 });
    const now = throttled.engine.realNow();
    const burst = async (): Promise<string> => {
      try {
        await client(throttled, { now }).getReportList();
        return "ok";
      } catch (error) {
        return (error as { serviceCode?: string }).serviceCode ?? String(error);
      }
    };
    const outcomes: string[] = [];
    for (let index = 0; index < 10; index += 1) outcomes.push(await burst());
    expect(outcomes).toEqual([...Array.from({ length: 9 }, () => "ok"), "RequestThrottled"]);
    await throttled.clock.advance("PT1M");
    expect(await burst()).toBe("ok");
    for (let minute = 0; minute < 60; minute += 1) {
      await throttled.clock.advance("PT55S");
      outcomes.push(await burst());
    }
    expect(outcomes).toContain("QuotaExceeded");
  });

  it("shows either namespace, and blanks around texts, as wanted", async () => {
    shop.sell(1000n);
    await close();
    const settings = { mwsNamespace: "mws.amazonservices.com", mwsBlanks: true };
    await sandbox.control("POST", `/merchants/${shop.merchant.merchantId}/reports`, settings);
    const [report] = await all(client(sandbox).reports());
    expect(report?.reportType).toBe(TYPE("SETTLEMENT"));
    let text = "";
    const spy = {
      ...sandbox,
      fetch: async (request: Request) => {
        const response = await sandbox.fetch(request);
        text = await response.clone().text();
        return response;
      },
    };
    await client(spy as Sandbox).getReportList();
    expect(text).toContain('xmlns="http://mws.amazonservices.com/doc/2009-01-01/"');
    expect(text).toMatch(/<ReportType>\n\s+_GET_FLAT_FILE/);
  });

  it("reading changes nothing that comes after", async () => {
    const before = sandbox.snapshot();
    await all(client(sandbox).reports());
    await raw("?Action=Nothing");
    expect(sandbox.snapshot()).toBe(before);
  });
});
