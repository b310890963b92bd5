import { uploadFileFields } from "../fields/disputes.ts";
import type { Operation } from "../operation.ts";

export const uploadFile = {
  name: "uploadFile",
  method: "POST",
  path: "/files",
  success: [200],
  idempotency: "required",
  body: uploadFileFields,
} as const satisfies Operation;
