/** Times of a claim, in milliseconds since 1970. */
export interface ClaimTimes {
  /** The present moment, in milliseconds since 1970. */
  readonly now: number;
  /** Until then the claim holds. When the claimant dies, a later delivery may take the message over. */
  readonly leaseUntil: number;
  /** Until then a finished message is remembered. No later delivery is accepted, whatever it says. */
  readonly keepUntil: number;
}

/** `claimed`: go ahead; `in-progress`: somebody else holds it; `done`: it was finished before. */
export type ClaimResult = "claimed" | "in-progress" | "done";

/**
 * Port: remembers which messages have been dealt with, so that a repeated or replayed one is not dealt with again.
 *
 * Claim, work, complete: a crash in between costs a repetition, never a message. In a database `claim` is one statement
 * (`INSERT … ON CONFLICT`), so that two processes cannot both claim.
 */
export interface ReplayStore {
  /** Takes the message, in one indivisible step. */
  claim(messageId: string, times: ClaimTimes): Promise<ClaimResult>;
  /** The work is done: remember the message until `keepUntil` of its claim. */
  complete(messageId: string): Promise<void>;
  /** The work failed: let the next delivery have it. */
  release(messageId: string): Promise<void>;
}
