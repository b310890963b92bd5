import { type ApiPromise, Resource } from "../client/requester.ts";
import type { RequestOptions } from "../client/options.ts";
import { uploadFile } from "../operations/groups/files.ts";
import type { FileCreate, UploadFile } from "../types/dispute.ts";

/** Files for evidence. */
export class Files extends Resource {
  /**
   * Announces a file; the answer has its id, for evidence in a dispute, and the place for its bytes.
   *
   * @example const { id, url } = await client.files.create({ type: "pdf", purpose: "disputeEvidence" });
   */
  create(body: FileCreate, options?: RequestOptions): ApiPromise<UploadFile> {
    return this.call(uploadFile, options, { body });
  }
}
