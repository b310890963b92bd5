import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type ManualClock, manualClock } from "../clock/manual.ts";
import { errorAnswer, reportInfo, requestInfo, SECRET, standIn, success } from "./conformance/stand-in.ts";
import { MwsApiError, MwsError } from "./errors.ts";
import type { MwsOptions } from "./options.ts";
import { MwsReports } from "./reports.ts";

const NOW = Date.parse("2015-06-25T00:00:20.067Z");
const FOREVER = 2 ** 40;
const NEXT = "<NextToken>T2</NextToken><HasNext>true</HasNext>";
const LAST = "<NextToken/><HasNext>false</HasNext>";

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

function client(answers: Parameters<typeof standIn>[0], more: Partial<MwsOptions> & { clock?: ManualClock } = {}) {
  const { calls, fetch } = standIn(answers);
  const clock = more.clock ?? manualClock(NOW, { autoAdvance: true });
  const mws = new MwsReports({
    region: "na",
    sellerId: "A1SELLER",
    accessKeyId: "AKIAEXAMPLE",
    secretKey: SECRET,
    authToken: "amzn.mws.token",
    fetch,
    clock,
    random: { fraction: () => 0, bytes: (length) => new Uint8Array(length) },
    // Longer than any timer: the clock of these tests would end a shorter one at once.
    timeoutMs: FOREVER,
    downloadTimeoutMs: FOREVER,
    ...more,
  });
  return { mws, calls, clock };
}

describe("MwsReports: bad input", () => {
  it("refuses to be made of nothing", () => {
    expect(() => new MwsReports(undefined as unknown as MwsOptions)).toThrowError(/`sellerId`/);
  });

  it.each([
    [{ region: "us" as never }, /`region` must be one of na, eu, jp/],
    [{ sellerId: "" }, /`sellerId`/],
    [{ timeout: 5 } as never, /unknown option `timeout`: known are region, sellerId/],
    [{ secret: "x" } as never, /unknown option `secret`/],
    [{ accessKeyId: " A" }, /`accessKeyId`/],
    [{ secretKey: undefined as never }, /`secretKey`/],
    [{ baseUrl: "http://mws.example.com" }, /must begin with https/],
    [{ maxRetries: -1 }, /`maxRetries`/],
    [{ maxRetries: 1.5 }, /`maxRetries`/],
    [{ timeoutMs: 0 }, /`timeoutMs`/],
    [{ userAgent: { application: "", version: "1" } }, /`userAgent`/],
    [{ userAgent: { application: "Shop", version: "1\n2" } }, /`userAgent`/],
    [{ userAgent: { application: "x".repeat(500), version: "1" } }, /longer than 500/],
  ])("refuses the options %o", (options, why) => {
    expect(() => client([], options)).toThrowError(why);
  });

  it("refuses parameters before anything is sent", async () => {
    const { mws, calls } = client([]);
    const ids = Array.from({ length: 101 }, (_, index) => String(index));
    const wrong: readonly (readonly [() => Promise<unknown>, RegExp])[] = [
      [() => mws.getReport(""), /reportId must be a text/],
      [() => mws.getReport(undefined as never), /reportId must be a text/],
      [() => mws.getReportListByNextToken(" "), /nextToken must be a text/],
      [() => mws.getReportList({ maxCount: 0 }), /maxCount must be a whole number from 1 to 100/],
      [() => mws.getReportList({ maxCount: 101 }), /maxCount/],
      [() => mws.getReportList({ maxCount: 1.5 }), /maxCount/],
      [() => mws.getReportList({ reportTypes: [] }), /reportTypes must be a list of 1 to 100/],
      [() => mws.getReportList({ reportTypes: ["_A_", ""] }), /reportTypes\[1\]/],
      [() => mws.getReportList({ availableFrom: "yesterday" }), /availableFrom must be a date/],
      [() => mws.getReportList({ availableFrom: "2026-02-31T00:00:00Z" }), /availableFrom must be a date/],
      [() => mws.getReportList({ availableFrom: new Date(Number.NaN) }), /availableFrom must be a date/],
      [() => mws.getReportList({ availableFrom: "2026-01-02", availableTo: "2026-01-01" }), /availableTo lies before/],
      [() => mws.getReportList({ reportRequestIds: ["1"], acknowledged: false }), /acknowledged cannot be combined/],
      [() => mws.getReportRequestList({ reportRequestIds: ids }), /reportRequestIds must be a list of 1 to 100/],
      [() => mws.updateReportAcknowledgements([]), /reportIds must be a list of 1 to 100/],
      [() => mws.updateReportAcknowledgements(ids), /reportIds must be a list of 1 to 100/],
      [() => mws.cancelReportRequests({}), /filter must hold at least one condition/],
      [() => mws.requestReport({ reportType: "" }), /reportType/],
    ];
    for (const [call, why] of wrong) {
      const error = await call().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(MwsError);
      expect(error).toMatchObject({ code: "mws.bad-input", message: expect.stringMatching(why) as string });
    }
    expect(calls).toEqual([]);
  });
});

describe("MwsReports: answers", () => {
  it.each([
    ["", /not XML/],
    ["<html></html>", /it is a html/],
    ["no", /not XML/],
    [success("GetReportCount", LAST), /it is a GetReportCountResponse/],
    ["<GetReportListResponse/>", /no GetReportListResult/],
    [success("GetReportList", ""), /no HasNext/],
    [success("GetReportList", "<HasNext>perhaps</HasNext>"), /HasNext is neither/],
    [success("GetReportList", "<HasNext>true</HasNext><NextToken/>"), /no token/],
    [success("GetReportList", `${LAST}<ReportInfo/>`), /ReportInfo has no ReportId/],
    [success("GetReportList", "<!DOCTYPE x>"), /not XML/],
  ])("refuses %j", async (answer, why) => {
    const { mws } = client([answer]);
    await expect(mws.getReportList()).rejects.toMatchObject({
      code: "mws.unreadable-answer",
      message: expect.stringMatching(why) as string,
    });
  });

  it("reads lists of both namespaces, trims, and trusts HasNext", async () => {
    const literal = "<NextToken>none</NextToken><HasNext>false</HasNext>";
    for (const host of ["mws.amazonaws.com", "mws.amazonservices.com"]) {
      const content = literal + requestInfo("1") + requestInfo("2", "_DONE_NO_DATA_");
      const { mws } = client([success("GetReportRequestList", content, host)]);
      const page = await mws.getReportRequestList();
      expect(page).toMatchObject({ hasNext: false, nextToken: null, requestId: "request-1", quota: undefined });
      expect(page.items).toEqual([
        {
          reportRequestId: "1",
          reportType: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_",
          startDate: "2015-06-13T00:00:18+00:00",
          endDate: "2015-06-14T00:00:18+00:00",
          scheduled: false,
          submittedDate: "2015-06-14T01:13:34+00:00",
          reportProcessingStatus: "_DONE_",
          generatedReportId: "R1",
          startedProcessingDate: "2015-06-14T01:13:42+00:00",
          completedDate: "2015-06-14T01:13:44+00:00",
        },
        expect.objectContaining({ reportProcessingStatus: "_DONE_NO_DATA_", generatedReportId: null }),
      ]);
    }
  });

  it("tells the quota that is left", async () => {
    const headers = { "x-mws-quota-max": "80.0", "x-mws-quota-remaining": "79.0", "x-mws-quota-resetsOn": "later" };
    const { mws } = client([new Response(success("GetReportList", LAST), { headers })]);
    expect((await mws.getReportList()).quota).toEqual({ max: 80, remaining: 79, resetsOn: "later" });
  });

  it("goes through all pages with the token alone, and not in circles", async () => {
    const { mws, calls } = client([
      success("GetReportList", NEXT + reportInfo("1")),
      success("GetReportListByNextToken", "<NextToken>T3</NextToken><HasNext>true</HasNext>"),
      success("GetReportListByNextToken", LAST + reportInfo("2", true)),
    ]);
    const found = await all(mws.reports({ acknowledged: false, maxCount: 1 }));
    expect(found.map(({ reportId }) => reportId)).toEqual(["1", "2"]);
    expect(calls.map(({ parameters }) => parameters["NextToken"])).toEqual([undefined, "T2", "T3"]);
    expect(Object.keys(calls[1]?.parameters ?? {}).sort()).toEqual(
      "AWSAccessKeyId Action MWSAuthToken Merchant NextToken Signature SignatureMethod SignatureVersion Timestamp Version".split(
        " ",
      ),
    );
    const circle = client([success("GetReportRequestList", NEXT), success("GetReportRequestListByNextToken", NEXT)]);
    await expect(all(circle.mws.reportRequests())).rejects.toThrowError(/round in a circle/);
  });

  it("sends every action with its parameters", async () => {
    const schedule = "<ReportSchedule><ReportType>_A_</ReportType><Schedule>_1_DAY_</Schedule></ReportSchedule>";
    const from = new Date("2026-01-01T00:00:00Z");
    const { mws, calls } = client([
      success("RequestReport", requestInfo("7", "_SUBMITTED_")),
      success("GetReportRequestCount", "<Count>3</Count>"),
      success("CancelReportRequests", `<Count>1</Count>${requestInfo("7", "_CANCELLED_")}`),
      success("GetReportCount", "<Count>0</Count>"),
      success("UpdateReportAcknowledgements", `<Count>2</Count>${reportInfo("1", true)}${reportInfo("2", true)}`),
      success("ManageReportSchedule", `<Count>1</Count>${schedule}`),
      success("GetReportScheduleList", LAST + schedule),
      success("GetReportScheduleListByNextToken", LAST),
      success("GetReportScheduleCount", "<Count>1</Count>"),
    ]);
    const requested = await mws.requestReport({ reportType: "_A_", startDate: from, marketplaceIds: ["M1", "M2"] });
    expect(requested.reportProcessingStatus).toBe("_SUBMITTED_");
    expect(await mws.getReportRequestCount({ reportProcessingStatuses: ["_DONE_"] })).toBe(3);
    expect(await mws.cancelReportRequests({ reportTypes: ["_A_"] })).toMatchObject({ count: 1 });
    expect(await mws.getReportCount({ availableTo: "2026-01-01T00:00:00+01:00" })).toBe(0);
    const acknowledged = await mws.updateReportAcknowledgements(["1", "2"]);
    expect(acknowledged.items.map((item) => [item.reportId, item.acknowledged])).toEqual([
      ["1", true],
      ["2", true],
    ]);
    await mws.manageReportSchedule({ reportType: "_A_", schedule: "_1_DAY_", scheduleDate: from });
    expect((await mws.getReportScheduleList({ reportTypes: ["_A_"] })).items[0]?.schedule).toBe("_1_DAY_");
    await mws.getReportScheduleListByNextToken("T");
    expect(await mws.getReportScheduleCount()).toBe(1);

    const common = [
      "AWSAccessKeyId",
      "MWSAuthToken",
      "Merchant",
      "Signature",
      "SignatureMethod",
      "SignatureVersion",
      "Timestamp",
      "Version",
    ];
    const own = calls.map(({ parameters }) =>
      Object.entries(parameters)
        .filter(([name]) => !common.includes(name))
        .map((pair) => pair.join("="))
        .join("&"),
    );
    expect(own).toEqual([
      "Action=RequestReport&MarketplaceIdList.Id.1=M1&MarketplaceIdList.Id.2=M2&ReportType=_A_&StartDate=2026-01-01T00:00:00.000Z",
      "Action=GetReportRequestCount&ReportProcessingStatusList.Status.1=_DONE_",
      "Action=CancelReportRequests&ReportTypeList.Type.1=_A_",
      "Action=GetReportCount&AvailableToDate=2026-01-01T00:00:00+01:00",
      "Acknowledged=true&Action=UpdateReportAcknowledgements&ReportIdList.Id.1=1&ReportIdList.Id.2=2",
      "Action=ManageReportSchedule&ReportType=_A_&Schedule=_1_DAY_&ScheduleDate=2026-01-01T00:00:00.000Z",
      "Action=GetReportScheduleList&ReportTypeList.Type.1=_A_",
      "Action=GetReportScheduleListByNextToken&NextToken=T",
      "Action=GetReportScheduleCount",
    ]);
    expect(calls[0]?.parameters).toMatchObject({ Merchant: "A1SELLER", Timestamp: "2015-06-25T00:00:20.067Z" });
    expect(calls[0]?.userAgent).toMatch(/^AmazonPayKit\/\d+\.\d+\.\d+ \(Language=TypeScript\)$/);
  });

  it("escapes its own name as MWS asks for", async () => {
    const { mws, calls } = client([success("GetReportList", LAST)], {
      userAgent: { application: "My/Shop", version: "1.0 (beta)", attributes: { Platform: "a;b" } },
    });
    await mws.getReportList();
    expect(calls[0]?.userAgent).toBe("My\\/Shop/1.0 \\(beta) (Language=TypeScript; Platform=a\\;b)");
  });
});

describe("MwsReports: downloads", () => {
  const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, 0xe9, 0x00, 0x0d, 0x0a);
  const md5 = createHash("md5").update(bytes).digest("base64");
  const report = (told: string) => new Response(bytes, { headers: { "content-md5": told, "x-mws-request-id": "r9" } });

  it("hands over the bytes unchanged", async () => {
    const { mws } = client([report(md5)]);
    expect(await mws.getReport("1")).toMatchObject({ bytes: bytes, md5, verified: true, requestId: "r9" });
    const untold = client([new Response(bytes)]);
    expect(await untold.mws.getReport("1")).toMatchObject({ bytes: bytes, md5, verified: false });
  });

  it("fetches damaged ones again, and gives up after the fourth", async () => {
    const wrong = "AAAAAAAAAAAAAAAAAAAAAA==";
    const { mws, calls } = client([report(wrong), report(wrong), report(wrong), report(md5)]);
    expect((await mws.getReport("1")).verified).toBe(true);
    expect(calls).toHaveLength(4);
    const hopeless = client([report(wrong), report(wrong), report(wrong), report(wrong), report(md5)]);
    await expect(hopeless.mws.getReport("1")).rejects.toMatchObject({ code: "mws.wrong-checksum" });
    expect(hopeless.calls).toHaveLength(4);
  });

  it("repeats a download that broke off", async () => {
    const broken = new Response(
      new ReadableStream({
        start: (controller) => {
          controller.enqueue(bytes.subarray(0, 3));
          controller.error(new TypeError("terminated"));
        },
      }),
    );
    const { mws, calls } = client([broken, report(md5)]);
    expect((await mws.getReport("1")).bytes).toEqual(bytes);
    expect(calls).toHaveLength(2);
  });
});

describe("MwsReports: failures", () => {
  it.each([
    [400, "InvalidParameterValue", "mws.invalid-request"],
    [401, "AccessDenied", "mws.access-denied"],
    [403, "InvalidAccessKeyId", "mws.access-denied"],
    [403, "SignatureDoesNotMatch", "mws.signature"],
    [404, "InvalidAddress", "mws.not-found"],
    [418, "NeverHeardOf", "mws.other"],
  ])("does not repeat %i %s", async (status, code, kind) => {
    const { mws, calls } = client([errorAnswer(status, code), success("GetReportList", LAST)]);
    const error: unknown = await mws.getReportList().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MwsApiError);
    expect(error).toMatchObject({
      code: kind,
      status,
      serviceCode: code,
      type: "Sender",
      detail: null,
      requestId: "error-1",
      operation: "GetReportList",
      timestamp: "2015-06-25T00:00:20.067Z",
      retries: 0,
    });
    expect(calls).toHaveLength(1);
  });

  it("reads answers of gateways without quoting them", async () => {
    const page = new Response("<html><body>secret page</body></html>", {
      status: 403,
      headers: { "x-mws-request-id": "r1" },
    });
    const error: unknown = await client([page])
      .mws.getReportList()
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "mws.access-denied", serviceCode: null, requestId: "r1" });
    expect(String(error)).not.toContain("secret page");
  });

  it("repeats failures of the service after the documented pauses, signed afresh each time", async () => {
    const { mws, calls, clock } = client([
      errorAnswer(500, "InternalError"),
      errorAnswer(503, "ServiceUnavailable"),
      new Response("", { status: 502 }),
      new TypeError("fetch failed"),
      success("GetReportList", LAST),
    ]);
    await mws.getReportList();
    const times = calls.map(({ parameters }) => Date.parse(parameters["Timestamp"] ?? "") - NOW);
    expect(times).toEqual([0, 1000, 5000, 15_000, 45_000]);
    expect(new Set(calls.map(({ parameters }) => parameters["Signature"])).size).toBe(5);
    expect(clock.now()).toBe(NOW + 45_000);
  });

  it("waits after throttling until the quota regains a call, or as long as it is asked to", async () => {
    const throttled = errorAnswer(503, "RequestThrottled");
    const asked = errorAnswer(503, "RequestThrottled", { "retry-after": "90" });
    const { mws, clock } = client([throttled, asked, success("GetReportCount", "<Count>1</Count>")]);
    await mws.getReportCount();
    expect(clock.now() - NOW).toBe(45_000 + 90_000);
  });

  it("does not wait for the next hour when the hourly quota is used up", async () => {
    const resetsOn = new Date(NOW + 1_800_000).toUTCString();
    const answers = [errorAnswer(503, "QuotaExceeded", { "x-mws-quota-resetsOn": resetsOn })];
    const { mws, calls } = client(answers);
    await expect(mws.getReportList()).rejects.toMatchObject({ code: "mws.throttled", serviceCode: "QuotaExceeded" });
    expect(calls).toHaveLength(1);
    const waiting = client(
      [errorAnswer(503, "QuotaExceeded", { "x-mws-quota-resetsOn": resetsOn }), success("GetReportList", LAST)],
      {
        longestPauseMs: 3_600_000,
      },
    );
    await waiting.mws.getReportList();
    expect(waiting.clock.now()).toBeGreaterThanOrEqual(NOW + 1_799_000);
  });

  it("asks for a report a second time only when the first time did nothing", async () => {
    const done = success("RequestReport", requestInfo("1"));
    const input = { reportType: "_A_" };
    for (const lost of [errorAnswer(500, "InternalError"), new TypeError("fetch failed")]) {
      const { mws, calls } = client([lost, done]);
      await expect(mws.requestReport(input)).rejects.toThrowError();
      expect(calls).toHaveLength(1);
    }
    for (const undone of [
      errorAnswer(503, "RequestThrottled"),
      new TypeError("fetch failed", { cause: Object.assign(new Error("no"), { code: "ECONNREFUSED" }) }),
    ]) {
      expect((await client([undone, done]).mws.requestReport(input)).reportRequestId).toBe("1");
    }
  });

  it("gives up after the last attempt, and says how many there were", async () => {
    const answers = Array.from({ length: 9 }, () => errorAnswer(500, "InternalError"));
    const { mws, calls } = client(answers, { maxRetries: 2 });
    await expect(mws.getReportList()).rejects.toMatchObject({ code: "mws.service", retries: 2 });
    expect(calls).toHaveLength(3);
  });

  it("ends at once when its signal aborts: in a call, in a pause, and while it waits for the quota", async () => {
    const clock = manualClock(NOW);
    const hanging = () => new Promise<Response>(() => undefined);
    const pages = Array.from({ length: 8 }, () => success("GetReportList", LAST));
    const { mws, calls } = client([errorAnswer(500, "InternalError"), hanging, ...pages], { clock });
    const aborted = { code: "request.aborted", retries: 0 };
    const during = async (call: (signal: AbortSignal) => Promise<unknown>, ready: () => boolean): Promise<void> => {
      const controller = new AbortController();
      const outcome = expect(call(controller.signal)).rejects.toMatchObject(aborted);
      await expect.poll(ready).toBe(true);
      controller.abort();
      await outcome;
      expect(clock.sleepers).toBe(0);
    };
    const list = (signal: AbortSignal) => mws.getReportList({}, { signal });
    await during(list, () => clock.sleepers === 1);
    await during(list, () => calls.length === 2);
    for (let used = 2; used < 10; used += 1) await mws.getReportList();
    await during(list, () => clock.sleepers === 1);
    expect(calls).toHaveLength(10);
    await expect(mws.getReportList({}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "request.aborted",
    });
  });

  it("repeats what had no answer in time", async () => {
    const clock = manualClock(NOW);
    const hanging = () => new Promise<Response>(() => undefined);
    const { mws, calls } = client([hanging, success("GetReportList", LAST)], { clock, timeoutMs: 5000 });
    const page = mws.getReportList();
    await expect.poll(() => calls.length).toBe(1);
    await clock.advance(5000);
    await expect.poll(() => clock.sleepers).toBe(1);
    await clock.advance(1000);
    expect((await page).items).toEqual([]);
    const impatient = client([hanging], { clock, timeoutMs: 5000, maxRetries: 0 });
    const outcome = expect(impatient.mws.getReportList()).rejects.toMatchObject({
      code: "timeout.attempt",
      millis: 5000,
    });
    await expect.poll(() => impatient.calls.length).toBe(1);
    await clock.advance(5000);
    await outcome;
  });

  it("keeps the secret key to itself", async () => {
    const { mws } = client([errorAnswer(403, "SignatureDoesNotMatch"), new TypeError("fetch failed")], {
      maxRetries: 0,
    });
    const errors = [await mws.getReportList().catch(String), await mws.getReportList().catch(String)];
    const { inspect } = await import("node:util");
    expect(`${errors.join()} ${inspect(mws, { depth: 9, showHidden: true })} ${JSON.stringify(mws)}`).not.toContain(
      SECRET,
    );
  });
});

describe("MwsReports: time", () => {
  it.each([
    [
      '<?xml version="1.0"?><PingResponse><Timestamp timestamp="2012-09-05T18:40:39.683Z"/></PingResponse>',
      undefined,
      "2012-09-05T18:40:39.683Z",
    ],
    [
      "<PingResponse><Timestamp>2012-09-05T18:40:39.683Z</Timestamp></PingResponse>",
      undefined,
      "2012-09-05T18:40:39.683Z",
    ],
    ["<PingResponse/>", "Wed, 05 Sep 2012 18:40:39 GMT", "2012-09-05T18:40:39.000Z"],
    ["not XML", "Wed, 05 Sep 2012 18:40:39 GMT", "2012-09-05T18:40:39.000Z"],
  ])("is read from %s", async (body, date, expected) => {
    const { mws, calls } = client([new Response(body, { headers: date === undefined ? {} : { date } })]);
    expect(new Date(await mws.serverTime()).toISOString()).toBe(expected);
    expect(calls).toEqual([expect.objectContaining({ action: "Ping", parameters: {} })]);
  });

  it("is not made up", async () => {
    await expect(client(["<PingResponse/>"]).mws.serverTime()).rejects.toMatchObject({ code: "mws.unreadable-answer" });
  });
});

describe("MwsReports: errors", () => {
  const refusedWith = async (message: (sent: string) => string): Promise<MwsApiError> => {
    const { mws } = client([], {
      fetch: async (request) => {
        const text = message(await request.text()).replaceAll("&", "&amp;");
        const body = `<ErrorResponse><Error><Type>Sender</Type><Code>InvalidParameterValue</Code><Message>${text}</Message></Error></ErrorResponse>`;
        return new Response(body, { status: 400 });
      },
    });
    const error: unknown = await mws.getReportCount().then(
      () => new Error("it was not refused"),
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof MwsApiError)) throw error;
    return error;
  };

  it("hold nothing of the request that is secret, however the answer echoes it", async () => {
    const error = await refusedWith((sent) => `cannot read amzn.mws.token ${sent} ${decodeURIComponent(sent)}`);
    for (const text of [error.message, error.serviceMessage, JSON.stringify(error), String(error.stack)]) {
      expect(text).not.toContain("amzn.mws.token");
      expect(text).not.toContain("AKIAEXAMPLE");
      expect(text).not.toMatch(/Signature=[A-Za-z0-9%+/]{8}/);
    }
    expect(error.serviceMessage).toContain("[redacted]");
  });

  it("are printable and no longer than a screen", async () => {
    const error = await refusedWith(() => `gone\u009b\u202e${"x".repeat(1_000_000)}`);
    expect(error.message.length).toBeLessThan(1300);
    expect(error.message).toContain("gone\\x9b\\u202e");
  });
});
