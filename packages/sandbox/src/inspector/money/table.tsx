/** A row of figures by column. */
export type Row = Readonly<Record<string, unknown>>;

const FIGURE = /^-?\d+(\.\d+)?$/;

/** A table that scrolls by itself where it is too wide; figures stand to the right. */
export function Table(props: {
  readonly caption: string;
  readonly rows: readonly Row[];
  /** Headings by member, in order. */
  readonly columns: Readonly<Record<string, string>>;
}) {
  if (props.rows.length === 0) return <p class="nothing">{`${props.caption}: none.`}</p>;
  const columns = Object.entries(props.columns).filter(([name]) => props.rows.some((row) => row[name] !== undefined));
  return (
    <div class="wide" tabindex={0} role="region" aria-label={props.caption}>
      <table>
        <caption>{props.caption}</caption>
        <thead>
          <tr>
            {columns.map(([, heading]) => (
              <th scope="col">{heading}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr>
              {columns.map(([name]) => (
                <td class={FIGURE.test(cell(row[name])) ? "figure" : undefined}>{cell(row[name])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cell(value: unknown): string {
  return value === null || value === undefined ? "" : String(value);
}
