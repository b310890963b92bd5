import type { Collection } from "../engine/collection.ts";
import type { Charge, ChargePermission, CheckoutSession, Dispute, Refund } from "../engine/objects/index.ts";
import type { OperationCall } from "./operation-call.ts";
import { ServiceError } from "./service-error.ts";

interface Owned {
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
}

/** The answer to an id that does not exist for this merchant in this environment. */
export const notFound = (): ServiceError =>
  new ServiceError("ResourceNotFound", "The requested resource was not found.");

/** An object of the calling merchant in the call's environment. @throws ServiceError `ResourceNotFound` */
export function owned<T extends Owned>(call: OperationCall, collection: Collection<T>, id: unknown): T {
  const object = typeof id === "string" ? collection.get(id) : undefined;
  if (object?.merchantId !== call.merchant.merchantId || object.environment !== call.environment) throw notFound();
  return object;
}

/** The session that the path names. */
export const sessionOf = (call: OperationCall): CheckoutSession =>
  owned(call, call.engine.state.checkoutSessions, call.params["checkoutSessionId"]);

/** The permission of an id: the path's, unless another is given. */
export const permissionOf = (call: OperationCall, id: unknown = call.params["chargePermissionId"]): ChargePermission =>
  owned(call, call.engine.state.chargePermissions, id);

/** The charge of an id: the path's, unless another is given. */
export const chargeOf = (call: OperationCall, id: unknown = call.params["chargeId"]): Charge =>
  owned(call, call.engine.state.charges, id);

/** The refund that the path names. */
export const refundOf = (call: OperationCall): Refund =>
  owned(call, call.engine.state.refunds, call.params["refundId"]);

/** The dispute that the path names. */
export const disputeOf = (call: OperationCall): Dispute =>
  owned(call, call.engine.state.disputes, call.params["disputeId"]);
