import { linkTo } from "../layout/page.tsx";
import type { PageRow } from "./page-row.ts";

export const filePage: PageRow = {
  path: "/files/:fileId",
  current: "reports",
  async render({ books, query, param, account, frame }) {
    const line = Math.max(1, Number(query("line") ?? "1") || 1);
    const found = await books.fileLines(account, Number(param("fileId")), line);
    return {
      title: `File · line ${line}`,
      body: (
        <section class="panel">
          <dl class="facts">
            <dt>SHA-256</dt>
            <dd class="mono">{found.contentHash}</dd>
            <dt>Archive</dt>
            <dd class="mono">{found.archivePath}</dd>
          </dl>
          <div class="scroll" tabindex={0} role="region" aria-label="Lines of the file">
            <table>
              <caption>Physical lines as they are in the file</caption>
              <tbody>
                {found.lines.map((shown) => (
                  <tr class={shown.line === line ? "sum" : ""}>
                    <td class="num soft">{shown.line}</td>
                    <td class="mono nowrap">{shown.text}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <div class="pager">
            {line > 10 ? (
              <a href={linkTo(frame, `/files/${param("fileId")}`, { line: String(line - 10) })}>earlier lines</a>
            ) : null}
            <a href={linkTo(frame, `/files/${param("fileId")}`, { line: String(line + 10) })}>later lines</a>
          </div>
        </section>
      ),
    };
  },
};
