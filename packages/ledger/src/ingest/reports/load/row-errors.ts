import type { ErrorEvent, NoticeEvent } from "@amazon-pay-kit/reports";
import type { Kysely } from "kysely";
import type { Schema } from "../../../store/schema/index.ts";

/** The file that rows belong to. */
interface OfFile {
  readonly account_id: string;
  readonly file_id: number;
}

const AT_ONCE = 400;

/** Keeps every row that could not be read, with its line. */
export async function keepRowErrors(db: Kysely<Schema>, file: OfFile, errors: readonly ErrorEvent[]): Promise<void> {
  const ofLine = new Map<number, number>();
  const values = errors.map(({ line, offset, code, message }) => {
    const error = ofLine.get(line) ?? 0;
    ofLine.set(line, error + 1);
    return { account_id: file.account_id, file_id: file.file_id, line, error, byte_offset: offset, code, message };
  });
  for (let at = 0; at < values.length; at += AT_ONCE) {
    await db
      .insertInto("row_error")
      .values(values.slice(at, at + AT_ONCE))
      .execute();
  }
}

/** Keeps what is new in a file: columns, types, reason codes; each once. */
export async function keepDrift(db: Kysely<Schema>, file: OfFile, notices: readonly NoticeEvent[]): Promise<void> {
  if (notices.length === 0) return;
  const values = notices.map(({ code, line, column, value }) => ({
    account_id: file.account_id,
    file_id: file.file_id,
    what: code.slice(code.indexOf(".") + 1),
    value: value ?? column ?? "",
    first_line: line,
  }));
  await db
    .insertInto("schema_drift")
    .values(values)
    .onConflict((conflict) => conflict.columns(["account_id", "file_id", "what", "value"]).doNothing())
    .execute();
}
