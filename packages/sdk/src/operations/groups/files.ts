import { uploadFileFields } from "../fields/disputes.ts";
import type { Operation } from "../operation.ts";

/** Reference 3.30. 200, not 201. */
export const uploadFile = {
  name: "uploadFile",
  method: "POST",
  path: "/files",
  success: [200],
  idempotency: "required",
  body: uploadFileFields,
} as const satisfies Operation;
