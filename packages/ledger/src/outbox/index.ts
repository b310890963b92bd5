/** Events and alerts, written in the transaction of what caused them. */
export { clearAlert, raiseAlert, type Alert } from "./alerts.ts";
export { pruneEvents, appendEvent, type OutboxEvent, type EventCode } from "./append-event.ts";
