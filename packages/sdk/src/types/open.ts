/**
 * A text of which some values are known. It stays open: a newer service may send others, and they pass through
 * unchanged, while an editor still offers the known ones.
 */
export type Open<Known extends string> = Known | (string & Record<never, never>);
