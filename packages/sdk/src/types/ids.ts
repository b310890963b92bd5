declare const kind: unique symbol;

/**
 * Text that is an id of one kind of object. Any string can be passed, such as one from a database; an id that an answer gave for
 * another kind of object does not compile.
 */
type Id<Kind extends string> = string & { readonly [kind]?: Kind };

/** Id of a checkout session: a UUID. */
export type CheckoutSessionId = Id<"checkout session">;
/** Id of a charge permission, such as `S01-5454037-1929856`. */
export type ChargePermissionId = Id<"charge permission">;
/** Id of a charge, such as `S01-5454037-1929856-C015396`. */
export type ChargeId = Id<"charge">;
/** Id of a refund, such as `S01-5454037-1929856-R018439`. */
export type RefundId = Id<"refund">;
/** Id of a dispute, such as `S01-5454037-1929856-B000001`. */
export type DisputeId = Id<"dispute">;
/** Id of an uploaded file. */
export type FileId = Id<"file">;
/** Id of a report. */
export type ReportId = Id<"report">;
/** Id of a report's document. */
export type ReportDocumentId = Id<"report document">;
/** Id of a report schedule. */
export type ReportScheduleId = Id<"report schedule">;
/** Id of a merchant account. */
export type MerchantAccountId = Id<"merchant account">;
/** Id of a store: the "Login with Amazon" client id of Seller Central. */
export type StoreId = Id<"store">;
