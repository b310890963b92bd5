/** Where the kit takes time from. */
export interface Clock {
  /** The present moment: whole milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;

  /**
   * Resolves after this many milliseconds, and not before other work had its turn. A `sleep` that returns at once (a promise
   * that is already fulfilled) is a trap: a loop that waits in pauses, such as a lease's heartbeat or a poll, then never lets
   * go of the thread, and answers of the network or of the thread pool never come in. A clock for tests should jump to the
   * end of the pause only after a turn of the event loop, as `afterPendingEvents` gives one.
   *
   * @throws the signal's reason, at once, when the signal aborts before the time is over
   */
  sleep(millis: number, signal?: AbortSignal): Promise<void>;

  /**
   * Calls `ring` after this many milliseconds, unless the function that it gives is called before: a {@link Clock.sleep} that is
   * cheap to give up, as nearly every time limit is. A clock may do without; then `sleep` serves.
   */
  alarm?(millis: number, ring: () => void): () => void;
}
