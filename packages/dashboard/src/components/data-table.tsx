/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Child, FC } from "hono/jsx";

/** A column of a table on a page. */
export interface PageColumn<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Child;
  /** Right-aligned figures. */
  readonly numeric?: boolean;
  /** Its place in the card that a row becomes on a phone: see {@link CardPlace}. */
  readonly place?: CardPlace | undefined;
  /** Where the list is, sorted by this column. */
  readonly sort?: { readonly href: string; readonly now: "ascending" | "descending" | null } | undefined;
}

/**
 * Where a cell stands in the card that its row becomes on a phone: `lead` is the money, first and large; `key` what the row is
 * called, beside it; `words` a sentence over the whole width; `spare` is left out there; `pick` is the box that selects the row.
 * Cells without a place follow with their titles.
 */
export type CardPlace = "lead" | "key" | "words" | "spare" | "pick";

function classOf(column: { readonly numeric?: boolean; readonly place?: CardPlace | undefined }): string {
  return [column.numeric === true ? "num" : "", column.place ?? ""].filter((name) => name !== "").join(" ");
}

/** A table with its caption. On a phone its rows are cards, with the money first. */
export function DataTable<Row>(props: {
  readonly caption: string;
  readonly columns: readonly PageColumn<Row>[];
  readonly rows: readonly Row[];
  /** Last lines with sums. */
  readonly sums?: readonly (readonly Child[])[] | undefined;
  /** Marks a row among its neighbours. */
  readonly marked?: ((row: Row) => boolean) | undefined;
}): ReturnType<FC> {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={props.caption}>
      <table>
        <caption>{props.caption}</caption>
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th scope="col" class={classOf(column)} aria-sort={column.sort?.now ?? undefined}>
                {column.sort === undefined ? column.title : <a href={column.sort.href}>{column.title}</a>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr class={props.marked?.(row) === true ? "marked" : ""}>
              {props.columns.map((column) => (
                <td class={classOf(column)} data-title={column.title}>
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
                    class={index === 0 ? "key" : classOf({ numeric: props.columns[index]?.numeric === true })}
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
