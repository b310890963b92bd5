/** Where the kit takes chance from. */
export interface Random {
  /** A number from 0 (inclusive) to 1 (exclusive). */
  fraction(): number;

  /** This many fresh bytes. */
  bytes(length: number): Uint8Array;
}
