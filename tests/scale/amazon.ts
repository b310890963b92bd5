import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { settlementFile } from "../../packages/ledger/src/store/conformance/report-files.ts";

/** Amazon Pay's reports as a listing double tells them: signatures are not looked at, what they cost the worker is paid. */
export interface ListingDouble {
  readonly url: string;
  /** Calls answered, by what was asked for. */
  readonly calls: Readonly<Record<"reports" | "disbursements" | "documents" | "bytes", number>>;
  close(): Promise<void>;
}

/** The account that signs: its key is called `LIVE-` and its name. */
function accountOf(authorization: string | undefined): string {
  return /PublicKeyId=LIVE-([^,]+)/.exec(authorization ?? "")?.[1] ?? "";
}

/**
 * Serves this many settlement reports an account, of some rows each.
 *
 * @param reportsOf how many reports an account has
 */
export async function openListingDouble(reportsOf: (account: string) => number, began: number): Promise<ListingDouble> {
  const calls = { reports: 0, disbursements: 0, documents: 0, bytes: 0 };
  const listed = (account: string, number: number) => ({
    reportId: `R${account}-${number}`,
    reportType: "GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA",
    startTime: "20260105T000000Z",
    endTime: "20260106T000000Z",
    createdTime: new Date(began - number * 60_000).toISOString().replace(/[-:]|\.\d+/g, ""),
    processingStatus: "COMPLETED",
    processingStartTime: "20260106T000000Z",
    processingEndTime: "20260106T000000Z",
    reportDocumentId: `${account}-${number}`,
  });
  const server = createServer((request, answer) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const json = (body: object): void => {
      answer.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    const last = url.pathname.split("/").findLast((part) => part !== "") ?? "";
    if (url.pathname.startsWith("/bytes/")) {
      calls.bytes += 1;
      const number = Number(last.split("-").at(-1));
      const id = String(Buffer.from(last).reduce((sum, byte) => (sum * 31 + byte) % 9_000_000_000, 7) + 1_000_000_000);
      const rows = Array.from({ length: 5 }, (_none, index) => ({
        cents: 1000 + number + index,
        second: index,
        transactionId: `P01-${id.slice(0, 7)}-${id.slice(3, 10)}-C${String(index).padStart(6, "0")}`,
      }));
      answer.writeHead(200, { "content-type": "text/csv" }).end(settlementFile(rows, { settlementId: id }));
      return;
    }
    const account = accountOf(request.headers.authorization);
    if (last === "disbursements") {
      calls.disbursements += 1;
      json({ disbursements: [], nextToken: null });
    } else if (last === "reports") {
      calls.reports += 1;
      const from = Number(url.searchParams.get("nextToken") ?? 0);
      const end = Math.min(from + 100, reportsOf(account));
      const reports = Array.from({ length: Math.max(0, end - from) }, (_none, index) => listed(account, from + index));
      json({ reports, nextToken: end < reportsOf(account) ? String(end) : null });
    } else {
      calls.documents += 1;
      json({
        reportDocumentId: last,
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/bytes/${last}`,
        compressionAlgorithm: null,
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
