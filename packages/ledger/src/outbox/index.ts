/** Events and alerts, written in the transaction of what caused them, and numbered for those who are told. */
export { clearAlert, raiseAlert, type Alert } from "./alerts.ts";
export { appendEvent, appendEvents, type OutboxEvent } from "./append-event.ts";
export { EVENT_CODES, EVENT_NAMES, type EventCode } from "./event-codes.ts";
export {
  checkAfter,
  type EventMessage,
  type EventRange,
  EventsError,
  type EventsErrorCode,
  eventsOf,
} from "./list-events.ts";
export { numberEvents, type SequenceSpan } from "./number-events.ts";
export { EVENTS_KEPT_DAYS, pruneEvents } from "./prune-events.ts";
