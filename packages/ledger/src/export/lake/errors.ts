import { LedgerError } from "../../errors.ts";

/** Codes of {@link LakeError}. */
export type LakeErrorCode =
  /** The place holds a manifest that this version cannot read. */
  | "lake.bad-manifest"
  /** The place holds files of another format than was asked for. */
  | "lake.other-format"
  /** The place to write to is not named as a folder or a bucket. */
  | "lake.bad-target"
  /** A table that cannot be exported by day. */
  | "lake.bad-option";

/** An incremental export cannot be carried out as asked. */
export class LakeError extends LedgerError<LakeErrorCode> {}
