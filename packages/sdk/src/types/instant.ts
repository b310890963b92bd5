/** An instant as the service writes it: ISO 8601, mostly in the basic form `20190714T155300Z`. */
export type Timestamp = string;

/** An instant as a request takes it: ISO 8601 text in either form, or a `Date`. */
export type TimestampInput = Timestamp | Date;
