import type { OperationName } from "@amazon-pay-kit/sdk/operations";
import type { OperationHandler } from "../operation-call.ts";

/** Some handlers by the operation's name in the sdk's table; another name does not compile. */
export type Handlers = { readonly [Name in OperationName]?: OperationHandler };

/** A handler for every operation: one that is missing does not compile. */
export type AllHandlers = Readonly<Record<OperationName, OperationHandler>>;
