/** What Amazon Pay takes, as a table by currency and date, and the arithmetic over one row of it. */
export { captureFee, returnedFee, scheduleAt, type Fee, type FeeSchedule } from "./fee-schedule.ts";
export { FEE_SCHEDULES } from "./rates.ts";
