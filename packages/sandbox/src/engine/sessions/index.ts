/** What may be done with checkout sessions, without HTTP: for the API, the hosted pages and the control plane. */
export { readPrice } from "../amounts.ts";
export { cancelSession, type SessionCancelReason, requireOperation, updateSession } from "./session-changes.ts";
export { completeSession, requireReady, requireSameAmounts, sessionCanceled } from "./complete-session.ts";
export { constraintsOf, isSetUpOnly, type Constraint } from "./constraints.ts";
export { createSession, type NewSession } from "./create-session.ts";
