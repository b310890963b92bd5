import { coreRoom } from "./service/core-module.ts";
import { booksRoom } from "./settlement/module.ts";
import { checkoutRoom } from "./checkout/module.ts";
import { inspectorRoom } from "./inspector/module.ts";
import { notificationsRoom } from "./notifications/module.ts";
import { discrepanciesRoom } from "./discrepancies/module.ts";
import { mwsRoom } from "./mws/module.ts";
import { reportsRoom } from "./reports/module.ts";
import type { Room } from "./module.ts";

/** Every room of the sandbox: one line each. Operations, routes and control calls of a later one must not clash. */
export const ROOMS: readonly Room[] = [
  coreRoom,
  checkoutRoom,
  notificationsRoom,
  booksRoom,
  reportsRoom,
  discrepanciesRoom,
  mwsRoom,
  inspectorRoom,
];
