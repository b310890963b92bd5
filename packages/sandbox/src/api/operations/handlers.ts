import type { OperationHandler } from "../operation-call.ts";

/** Handlers by the operation's name in the sdk's table. */
export type Handlers = Readonly<Record<string, OperationHandler>>;
