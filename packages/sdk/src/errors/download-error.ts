import { CallError, type CallContext } from "./call-error.ts";

/** What went wrong with a download. */
export type DownloadErrorCode =
  | "download.insecure-url"
  | "download.refused"
  | "download.truncated"
  | "download.corrupt";

/** A report document that could not be fetched whole. Nothing of it should be kept. */
export class DownloadError extends CallError {
  override name = "DownloadError";
  readonly code: DownloadErrorCode;
  /** Status of the document's host, where it answered. */
  readonly status: number | undefined;

  constructor(code: DownloadErrorCode, message: string, context: CallContext & { readonly status?: number }) {
    super(message, context);
    this.code = code;
    this.status = context.status;
  }
}
