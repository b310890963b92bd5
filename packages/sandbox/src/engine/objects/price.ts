/** An amount as the engine keeps it. */
export interface Amount {
  /** Minor units. */
  readonly minor: bigint;
  readonly currencyCode: string;
}
