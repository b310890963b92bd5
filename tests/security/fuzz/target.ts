/** A reader of bytes from outside. */
export interface Target {
  /** Also the name of its saved bytes. */
  readonly name: string;
  /** Good input, from which damaged input is made. */
  readonly seeds: readonly Uint8Array[];
  /** Why good input is refused here at its last step; left out where it is read to its end. */
  readonly refusesSeeds?: string;
  /** Reads, and throws a `PropertyError` where what was read has not the properties that it should have. */
  readonly read: (bytes: Uint8Array) => Promise<unknown>;
  /** The errors with which it may refuse: everything else is a defect. */
  readonly refuses: (error: unknown) => boolean;
  /** Longest input that is tried, in bytes. Default 4096. */
  readonly longest?: number;
}
