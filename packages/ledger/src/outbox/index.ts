/** Events and alerts, written in the transaction of what caused them. */
export { clearAlert, raiseAlert, type Alert } from "./alerts.ts";
export { forgetOldNews, recordNews, type News, type NewsCode } from "./append-event.ts";
