/** Where the kit takes time from. */
export interface Clock {
  /** The present moment: whole milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;

  /**
   * Resolves after so many milliseconds.
   *
   * @throws the signal's reason, at once, when the signal aborts before the time is over
   */
  sleep(millis: number, signal?: AbortSignal): Promise<void>;

  /**
   * Calls `ring` after so many milliseconds, unless the function that it gives is called before: a {@link Clock.sleep} that is
   * cheap to give up, as nearly every time limit is. A clock may do without; then `sleep` serves.
   */
  alarm?(millis: number, ring: () => void): () => void;
}
