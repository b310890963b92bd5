import { type ApiPromise, Resource } from "../client/requester.ts";
import type { RequestOptions } from "../client/options.ts";
import { downloadDocument } from "../download/download-document.ts";
import type { ReportDownload } from "../download/report-download.ts";
import { getReportDocument } from "../operations/groups/reports.ts";
import type { ReportDocument } from "../types/report.ts";
import type { ReportDocumentId } from "../types/ids.ts";

/** What a download may be told. */
export interface DownloadOptions extends Omit<RequestOptions, "idempotencyKey"> {
  /** Leave a gzip or zip file packed. Default false. */
  readonly packed?: boolean;
}

/** The files of reports. */
export class ReportDocuments extends Resource {
  /**
   * Gets a document's address, which is good for 30 seconds. Use `download` unless you want to fetch it yourself; then send none
   * of Amazon Pay's headers along.
   *
   * @example const { url } = await client.reportDocuments.retrieve(reportDocumentId);
   * @throws NotFoundError
   */
  retrieve(reportDocumentId: ReportDocumentId, options?: RequestOptions): ApiPromise<ReportDocument> {
    return this.call(getReportDocument, options, { ids: [reportDocumentId] });
  }

  /**
   * Fetches a document as a stream, unpacked if it is packed. An address that is too old is replaced by a fresh one, and
   * nothing of Amazon Pay's headers goes to the document's host.
   *
   * `timeoutMs` limits the wait for the first byte and every silence afterwards, not the whole download.
   *
   * @example
   * const download = await client.reportDocuments.download(report.reportDocumentId);
   * const text = await download.text();
   * @throws DownloadError, also while the stream is read: then keep nothing of it
   */
  async download(reportDocumentId: ReportDocumentId, options: DownloadOptions = {}): Promise<ReportDownload> {
    const { packed, ...own } = options ?? {};
    return downloadDocument(
      {
        reportDocumentId,
        locate: () => this.retrieve(reportDocumentId, own),
        signal: own.signal,
        packed: packed === true,
      },
      this.requester.settingsFor(own),
    );
  }
}
