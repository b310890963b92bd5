import {
  accountIds,
  limitOf,
  pageOf,
  readCursor,
  type AccountFilter,
  type Page,
  type PageRequest,
  type ViewContext,
} from "./view.ts";

/** A row of a file that could not be read, with its reason. */
export interface RowErrorView {
  readonly accountId: string;
  readonly fileId: number;
  /** Physical line on which the row starts, from 1. */
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

/** What could not be read of one file, by line. */
export async function listRowErrors(
  context: ViewContext,
  request: AccountFilter & { readonly fileId: number } & PageRequest,
): Promise<Page<RowErrorView>> {
  const limit = limitOf(request);
  const cursor = readCursor(request, ["number", "number"]);
  let query = context.store.db
    .selectFrom("row_error")
    .select(["account_id", "file_id", "line", "error", "code", "message"])
    .where("account_id", "in", await accountIds(context, request))
    .where("file_id", "=", request.fileId);
  if (cursor !== null) {
    const [line, error] = cursor as [number, number];
    query = query.where((eb) => eb(eb.refTuple("line", "error"), ">", eb.tuple(line, error)));
  }
  const rows = await query
    .orderBy("line")
    .orderBy("error")
    .limit(limit + 1)
    .execute();
  const page = pageOf(rows, limit, (row) => [row.line, row.error]);
  return {
    next: page.next,
    items: page.items.map((row) => ({
      accountId: row.account_id,
      fileId: row.file_id,
      line: row.line,
      code: row.code,
      message: row.message,
    })),
  };
}
