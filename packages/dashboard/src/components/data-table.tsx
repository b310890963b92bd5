import type { Child, FC } from "hono/jsx";

/** A column of a table on a page. */
export interface PageColumn<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Child;
  /** Right-aligned figures. */
  readonly numeric?: boolean;
}

/** A table with a caption for screen readers, scrolling sideways on a narrow screen. */
export function DataTable<Row>(props: {
  readonly caption: string;
  readonly columns: readonly PageColumn<Row>[];
  readonly rows: readonly Row[];
  readonly empty: string;
  /** A last line with sums. */
  readonly sums?: readonly Child[];
}): ReturnType<FC> {
  if (props.rows.length === 0) return <p class="empty">{props.empty}</p>;
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={props.caption}>
      <table>
        <caption>{props.caption}</caption>
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th scope="col" class={column.numeric === true ? "num" : ""}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr>
              {props.columns.map((column) => (
                <td class={column.numeric === true ? "num" : ""}>{column.cell(row)}</td>
              ))}
            </tr>
          ))}
          {props.sums === undefined ? null : (
            <tr class="sum">
              {props.sums.map((sum, index) => (
                <td class={props.columns[index]?.numeric === true ? "num" : ""}>{sum}</td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
