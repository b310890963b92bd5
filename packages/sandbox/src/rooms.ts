import { coreRoom } from "./api/core-room.ts";
import { booksRoom } from "./books/room.ts";
import { checkoutRoom } from "./checkout/checkout-room.ts";
import { inspectorRoom } from "./inspector/inspector-room.ts";
import { notificationsRoom } from "./notifications/notifications-room.ts";
import { discrepanciesRoom } from "./discrepancies/room.ts";
import { mwsRoom } from "./mws/room.ts";
import { reportsRoom } from "./reports/room.ts";
import type { Room } from "./room.ts";

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
