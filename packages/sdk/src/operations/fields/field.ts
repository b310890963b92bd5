/** Members of an object by name. */
export type FieldTable = Readonly<Record<string, Field>>;

/**
 * What one member of a request may hold. Rows of {@link FieldTable}; read by the client before it sends and by
 * the sandbox when it receives.
 */
export type Field = FieldKind & {
  /** A request without it is refused. Default: optional. */
  readonly required?: true;
};

/** The kinds of member, each with its documented limits. */
export type FieldKind =
  | TextField
  | IntegerField
  | PriceField
  | UrlField
  | ListField
  | ObjectField
  | MapField
  | { readonly type: "boolean" | "timestamp" | "any" };

/** Text, optionally from a list of known values. */
export interface TextField {
  readonly type: "text";
  /** Longest allowed text, in characters. */
  readonly max?: number;
  /** The whole text must match. */
  readonly pattern?: RegExp;
  /** What the pattern asks for, in words: `must be …`. */
  readonly words?: string;
  /** The documented values. A newer one is sent as `otherValue("…")`. */
  readonly values?: readonly string[];
  /** Several values with commas between them, as in report queries. */
  readonly separated?: true;
}

/** A whole number, as a number or as its decimal text. */
export interface IntegerField {
  readonly type: "integer";
  readonly min?: number;
  readonly max?: number;
}

/** `{ amount, currencyCode }`. */
export interface PriceField {
  readonly type: "price";
  /** Highest amount by currency, in whole units. */
  readonly limits?: Readonly<Record<string, number>>;
  /** An amount of nothing is refused. */
  readonly positive?: true;
}

/** An absolute address: HTTPS, in the sandbox also plain HTTP on localhost. */
export interface UrlField {
  readonly type: "url";
  /** Plain HTTP is fine too (a link that is only shown). */
  readonly http?: true;
}

/** A list whose entries are all of one kind. */
export interface ListField {
  readonly type: "list";
  readonly items: Field;
}

/** An object with the listed members. */
export interface ObjectField {
  readonly type: "object";
  readonly fields: FieldTable;
}

/** An object whose member names are data, for example country codes. */
export interface MapField {
  readonly type: "map";
  readonly names: RegExp;
  readonly entries: Field;
}
