import { SandboxError } from "../errors.ts";

/**
 * Statuses of the codes that MWS answers. Source: error table of MWS (400, 401, 403, 404, 500, 503); `MissingParameter`,
 * `RequestExpired` and `UserAgentHeaderMalformed` are the query API's usual names for what that table leaves out.
 */
const STATUS = {
  InputStreamDisconnected: 400,
  InvalidParameterValue: 400,
  MissingParameter: 400,
  RequestExpired: 400,
  UserAgentHeaderMalformed: 400,
  AccessDenied: 401,
  InvalidAccessKeyId: 403,
  SignatureDoesNotMatch: 403,
  InvalidAddress: 404,
  InternalError: 500,
  QuotaExceeded: 503,
  RequestThrottled: 503,
  ServiceUnavailable: 503,
} as const;

/** A code that MWS answers. */
export type MwsCode = keyof typeof STATUS;

/** A refusal of a call of MWS; answered as XML. */
export class MwsError extends SandboxError {
  override name = "MwsError";
  readonly code = "mws.refused";
  readonly mwsCode: MwsCode;
  readonly status: number;

  /** @param message what was wrong, where, and what would be right */
  constructor(mwsCode: MwsCode, message: string) {
    super(message);
    this.mwsCode = mwsCode;
    this.status = STATUS[mwsCode];
  }
}
