import { MINUTE, readInstant } from "@amazon-pay-kit/money";
import type { Engine } from "../../engine/engine.ts";
import type { Merchant } from "../../engine/objects/index.ts";
import type { Call } from "../../http/call.ts";
import { MwsError } from "../mws-error.ts";
import { requiredParameter, type Parameters } from "./read-parameters.ts";
import { verifySignature } from "./signature.ts";

/** How far a call's Timestamp may be from the clock. */
const SKEW = 15 * MINUTE;

/** Longest User-Agent header. */
const LONGEST_AGENT = 500;

/**
 * Finds out who calls: access key, signature, time, seller, and the token where one is sent.
 *
 * @throws MwsError for each of them that is wrong
 */
export function authorize(engine: Engine, call: Call, parameters: Parameters): Merchant {
  const agent = call.headers["user-agent"] ?? "";
  if (agent.length > LONGEST_AGENT) {
    throw new MwsError("UserAgentHeaderMalformed", `The User-Agent header is longer than ${LONGEST_AGENT} characters.`);
  }
  const merchant = merchantOfKey(engine, requiredParameter(parameters, "AWSAccessKeyId"));
  verifySignature(call, parameters, merchant.mws.secretKey);
  requireTime(engine, requiredParameter(parameters, "Timestamp"));
  const seller = parameters.get("SellerId") ?? requiredParameter(parameters, "Merchant");
  const token = parameters.get("MWSAuthToken");
  const isSeller = seller === merchant.mws.sellerId && (token === undefined || token === merchant.mws.authToken);
  if (!isSeller) {
    throw new MwsError("AccessDenied", "Access to the seller's reports is denied: check SellerId and MWSAuthToken.");
  }
  return merchant;
}

function merchantOfKey(engine: Engine, accessKeyId: string): Merchant {
  for (const merchant of engine.state.merchants.values()) {
    if (merchant.mws.accessKeyId === accessKeyId && merchant.status === "active") return merchant;
  }
  throw new MwsError("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.");
}

/** Clients sign with their machine's time, which the sandbox's clock may have left behind: either will do. */
function requireTime(engine: Engine, text: string): void {
  const at = readInstant(text) ?? readInstant(`${text}Z`);
  if (at === null) throw new MwsError("InvalidParameterValue", "Timestamp must be a time in ISO 8601.");
  if (Math.abs(at - engine.now()) <= SKEW || Math.abs(at - engine.realNow()) <= SKEW) return;
  throw new MwsError("RequestExpired", "Timestamp must be within 15 minutes of the service's time.");
}
