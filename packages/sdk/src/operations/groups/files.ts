import { uploadFileFields } from "../fields/disputes.ts";
import { operation } from "../operation.ts";

export const uploadFile = operation("uploadFile", "POST", "/files", [200], {
  idempotency: "required",
  body: uploadFileFields,
});
