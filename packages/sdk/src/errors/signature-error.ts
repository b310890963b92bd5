import type { SignatureDiagnosis } from "./diagnosis.ts";
import { ApiError, type ApiErrorContext } from "./api-error.ts";

/** The service could not verify the request's signature. `diagnosis` says why, as far as it can be told from here. */
export class SignatureError extends ApiError {
  override name = "SignatureError";
  readonly code = "api.signature";
  /** Both strings to sign, and the likely cause. */
  declare readonly diagnosis: SignatureDiagnosis;

  constructor(context: ApiErrorContext, diagnosis: SignatureDiagnosis) {
    super(context, `${diagnosis.explanation} ${diagnosis.advice}`);
    this.diagnosis = diagnosis;
  }
}
