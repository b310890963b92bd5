import { describe, expect, test } from "vitest";
import { scripted, testClient } from "../conformance/client-fixture.ts";

const page = (ids: readonly string[], nextToken?: string | null) => ({
  body: JSON.stringify({ reports: ids.map((reportId) => ({ reportId })), nextToken, extra: true }),
});

describe("lists", () => {
  test("awaited are one page, as the service sent it", async () => {
    const transport = scripted(page(["1", "2"], "t1"));
    const list = await testClient(transport).client.reports.list();
    expect(list).toEqual({ reports: [{ reportId: "1" }, { reportId: "2" }], nextToken: "t1", extra: true });
    expect(transport.sent).toHaveLength(1);
  });

  test("iterated are all items, asked for page by page with the token alone", async () => {
    const transport = scripted(page(["1", "2"], "t1"), page([], "t/2="), page(["3"], null));
    const { client } = testClient(transport);
    const seen: string[] = [];
    for await (const { reportId } of client.reports.list({ processingStatuses: ["COMPLETED"], pageSize: 2 })) {
      seen.push(reportId);
      if (reportId === "2") expect(transport.sent).toHaveLength(1);
    }
    expect(seen).toEqual(["1", "2", "3"]);
    expect(transport.sent.map((request) => request.target)).toEqual([
      "/v2/reports?pageSize=2&processingStatuses=COMPLETED",
      "/v2/reports?nextToken=t1",
      "/v2/reports?nextToken=t%2F2%3D",
    ]);
  });

  test("left early ask for no further page", async () => {
    const transport = scripted(page(["1"], "t1"));
    for await (const report of testClient(transport).client.reports.list()) {
      expect(report.reportId).toBe("1");
      break;
    }
    expect(transport.sent).toHaveLength(1);
  });

  test("give their pages too", async () => {
    const disbursements = (id: string, nextToken: string | null) => ({
      body: JSON.stringify({ disbursements: [{ settlementId: id }], nextToken }),
    });
    const { client } = testClient(scripted(disbursements("s1", "t"), disbursements("s2", "")));
    const pages = [];
    for await (const { disbursements: entries } of client.disbursements.list().pages())
      pages.push(entries.map((entry) => entry.settlementId));
    expect(pages).toEqual([["s1"], ["s2"]]);
  });

  test("that would never end, end with an error", async () => {
    const { client } = testClient(scripted(page(["1"], "same")));
    const walk = async (): Promise<void> => {
      for await (const report of client.reports.list()) expect(report.reportId).toBe("1");
    };
    await expect(walk()).rejects.toMatchObject({ code: "answer.repeated-token", operation: "getReports" });
  });

  test("that fail later reject where they are awaited, without an unhandled rejection", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    const { client } = testClient(scripted(page(["1"], "t"), { status: 404, body: "{}" }));
    const walk = async (): Promise<void> => {
      for await (const report of client.reports.list()) expect(report.reportId).toBe("1");
    };
    await expect(walk()).rejects.toMatchObject({ code: "api.not-found" });
    await expect(client.charges.retrieve("C").withResponse()).rejects.toMatchObject({ code: "api.not-found" });
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  });

  test("are ordinary promises", async () => {
    const { client } = testClient(scripted({ body: '{"chargeId":"C"}' }));
    const call = client.charges.retrieve("C");
    expect(call).toBeInstanceOf(Promise);
    expect(await call.then(({ chargeId }) => chargeId)).toBe("C");
    expect(await Promise.all([call, call.finally(() => undefined)])).toHaveLength(2);
  });
});
