/** Events and alerts, written in the transaction of what caused them. */
export { clearAlert, raiseAlert, type Alert } from "./alerts.ts";
export {
  pruneEvents as forgetOldNews,
  appendEvent as recordNews,
  type OutboxEvent as News,
  type EventCode as NewsCode,
} from "./append-event.ts";
