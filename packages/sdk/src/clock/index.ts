/** Time as a port: whatever waits or asks for the time takes a {@link Clock}. */
export type { Clock } from "./clock.ts";
export { systemClock } from "./system.ts";
export { manualClock, type ManualClock, afterPendingEvents } from "./manual.ts";
