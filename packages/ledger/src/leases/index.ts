/** The right to do a piece of work alone. */
export { LeaseError, type LeaseErrorCode } from "./errors.ts";
export { withLease, type LeaseContext, type LeaseOptions } from "./with-lease.ts";
export { listLeases, type LeaseView } from "./list-leases.ts";
