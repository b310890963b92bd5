import { type MwsAnswerInfo, quotaOf } from "./answers/result.ts";
import { contentMd5 } from "./checksum/content-md5.ts";
import { MwsError } from "./errors.ts";
import type { MwsCallOptions, MwsSender } from "./send/send.ts";

/** A report as it was sent. */
export interface MwsDocument extends MwsAnswerInfo {
  /** The file's bytes, unchanged: with its byte order mark and in its own encoding. */
  readonly bytes: Uint8Array;
  /** `Content-MD5` of the bytes, in base64. */
  readonly md5: string;
  /** Whether the service told the MD5 and it agreed. `false`: the service told none. */
  readonly verified: boolean;
  /** As the service says; the encoding in it may be wrong, so look at the bytes. */
  readonly contentType: string | null;
}

const MOST_FETCHES = 4;

/**
 * Fetches a report, and again, up to three times more, when its bytes are not those whose MD5 the service told.
 *
 * @throws MwsError `mws.wrong-checksum`
 */
export async function downloadReport(
  sender: MwsSender,
  reportId: string,
  options: MwsCallOptions,
): Promise<MwsDocument> {
  for (let fetch = 1; ; fetch += 1) {
    const { bytes, headers } = await sender.call("GetReport", { ReportId: reportId }, options);
    const md5 = contentMd5(bytes);
    const told = headers["content-md5"]?.trim() ?? "";
    if (told === "" || told === md5) {
      const requestId = headers["x-mws-request-id"] ?? headers["x-amzn-requestid"] ?? null;
      const contentType = headers["content-type"] ?? null;
      return { bytes, md5, verified: told !== "", contentType, requestId, quota: quotaOf(headers) };
    }
    if (fetch >= MOST_FETCHES) {
      throw new MwsError(
        "mws.wrong-checksum",
        `report ${reportId} was fetched ${MOST_FETCHES} times, and each time its MD5 was ${md5} and not ${told}, which ` +
          "the service told: something on the way changes it. Nothing of it was kept",
      );
    }
  }
}
