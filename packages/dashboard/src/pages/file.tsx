/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { linkTo } from "../layout/page.tsx";
import { fileLinesTable, lineOf } from "../tables/file-lines.tsx";
import { pageAsked } from "../tables/list-table.ts";
import { ListTableView } from "../tables/list-table-view.tsx";
import { rowErrorsTable } from "../tables/row-errors.tsx";
import type { PageRow } from "./page-row.ts";

/** This many lines a step: as many as are shown on either side. */
const STEP = 10;

export const filePage: PageRow = {
  path: "/files/:fileId",
  current: "reports",
  async render(input) {
    const { books, query, account, frame } = input;
    const { translate } = frame;
    const fileId = query("fileId") ?? "";
    const line = lineOf(query);
    const [found, errors] = await Promise.all([
      books.fileLines(account, Number(fileId), line),
      rowErrorsTable.fetch(input, pageAsked(query)),
    ]);
    const lines = (at: number): string => linkTo(frame, `/files/${fileId}`, { line: String(at) });
    return {
      title: translate("file title", { line: String(line) }),
      body: (
        <>
          {errors.items.length === 0 ? null : (
            <section class="panel" id="errors">
              <h2>{translate("row errors")}</h2>
              <ListTableView table={rowErrorsTable} page={errors} frame={frame} query={query} />
            </section>
          )}
          <section class="panel">
            <dl class="facts">
              <dt>{translate("column hash")}</dt>
              <dd class="mono">{found.contentHash}</dd>
              <dt>{translate("column archive")}</dt>
              <dd class="mono">{found.archivePath}</dd>
            </dl>
            <ListTableView
              table={fileLinesTable}
              page={{ items: found.lines, next: null }}
              frame={frame}
              query={(name) => (name === "fileId" ? fileId : name === "line" ? String(line) : undefined)}
              marked={(shown) => shown.line === line}
            />
            <div class="pager">
              {(found.lines[0]?.line ?? 1) > 1 ? (
                <a href={lines(Math.max(1, line - STEP))}>{translate("earlier lines")}</a>
              ) : null}
              {(found.lines.at(-1)?.line ?? 0) >= line + STEP ? (
                <a href={lines(line + STEP)}>{translate("later lines")}</a>
              ) : null}
            </div>
          </section>
        </>
      ),
    };
  },
};
