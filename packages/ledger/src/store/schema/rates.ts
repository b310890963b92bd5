/** How far ahead of its rate a kind of call of an account is, for all processes that make such calls. */
export interface RateBucketTable {
  account_id: string;
  /** Source and call: `v2 list`. */
  bucket: string;
  /** When all calls made so far will have been worked off at the rate, by the database's clock. */
  empty_at: number;
}
