import type { Child, FC } from "hono/jsx";

/** A column of a table on a page. */
export interface PageColumn<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Child;
  /** Right-aligned figures. */
  readonly numeric?: boolean;
}

/** A table with its caption. On a phone it scrolls sideways under a first column that stays, or its rows become cards. */
export function DataTable<Row>(props: {
  readonly caption: string;
  readonly columns: readonly PageColumn<Row>[];
  readonly rows: readonly Row[];
  /** Each row is a card on a phone: for rows with sentences in them. */
  readonly cards?: boolean;
  /** Last lines with sums. */
  readonly sums?: readonly (readonly Child[])[] | undefined;
  /** Marks a row among its neighbours. */
  readonly marked?: ((row: Row) => boolean) | undefined;
}): ReturnType<FC> {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={props.caption}>
      <table class={props.cards === true ? "cards" : ""}>
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
            <tr class={props.marked?.(row) === true ? "marked" : ""}>
              {props.columns.map((column) => (
                <td class={column.numeric === true ? "num" : ""} data-title={column.title}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {(props.sums ?? []).length === 0 ? null : (
          <tfoot>
            {props.sums?.map((line) => (
              <tr class="sum">
                {line.map((sum, index) => (
                  <td
                    class={props.columns[index]?.numeric === true ? "num" : ""}
                    data-title={props.columns[index]?.title}
                  >
                    {sum}
                  </td>
                ))}
              </tr>
            ))}
          </tfoot>
        )}
      </table>
    </div>
  );
}
