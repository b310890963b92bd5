import { issueAuthToken } from "../auth-tokens.ts";
import { ServiceError } from "../service-error.ts";
import type { Handlers } from "./handlers.ts";

/** docs/amazon-pay/requests.md and docs/amazon-pay/operations.md. Live only in the service; here in the sandbox environment too, unless it is strict. */
export const authorizationTokenHandlers = {
  getAuthorizationToken: ({ engine, merchant, environment, params, query, settings }) => {
    if (settings.strict && environment === "sandbox") {
      throw new ServiceError("RequestNotSupported", "This operation is not supported in the sandbox environment.");
    }
    const owner = engine.state.merchants.get(query["merchantId"] ?? "");
    if (owner === undefined || owner.mws.authToken !== params["mwsAuthToken"]) {
      throw new ServiceError("InvalidParameterValue", "The value provided for [mwsAuthToken] is invalid.");
    }
    return { body: { authorizationToken: issueAuthToken(merchant.merchantId, owner, engine.now()) } };
  },
} satisfies Handlers;
