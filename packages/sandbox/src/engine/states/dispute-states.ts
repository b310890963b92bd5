import { DISPUTE_REASONS, DISPUTE_RESOLUTIONS, DISPUTE_STATES } from "@amazon-pay-kit/sdk/operations";

export { DISPUTE_REASONS, DISPUTE_RESOLUTIONS, DISPUTE_STATES };

// Their names stand in the request tables. Transitions are set by payment service providers too, so any may follow any open one.

/** State of a dispute. */
export type DisputeState = (typeof DISPUTE_STATES)[number];

/** States in which a dispute is over. */
export const DISPUTE_OVER: ReadonlySet<string> = new Set<DisputeState>(["Resolved", "Closed"]);
