import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { AmazonPay } from "@amazon-pay-kit/sdk";

/** A person who downloads every report by hand, into the folder that the third account's source watches. */
export class RetryingClient {
  readonly #pay: AmazonPay;
  readonly #folder: string;
  readonly #had = new Set<string>();

  constructor(pay: AmazonPay, folder: string) {
    this.#pay = pay;
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  get files(): number {
    return this.#had.size;
  }

  async download(): Promise<void> {
    for await (const report of this.#pay.reports.list({ pageSize: 100 })) {
      const { reportId, reportDocumentId } = report;
      if (reportDocumentId === undefined || reportDocumentId === null || this.#had.has(reportId)) continue;
      const document = await this.#pay.reportDocuments.download(reportDocumentId);
      await pipeline(document, createWriteStream(join(this.#folder, `${reportId}.csv`)));
      this.#had.add(reportId);
    }
  }
}
