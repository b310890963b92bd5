/** A row of figures by column. */
export type Row = Readonly<Record<string, unknown>>;

const FIGURE = /^-?\d+(\.\d+)?$/;
/** Ids may be all digits, and are no figures. */
const ID = /Id$/;

/** A table that scrolls by itself where it is too wide; figures stand to the right. */
export function Table(props: {
  readonly caption: string;
  readonly rows: readonly Row[];
  /** Headings by member, in order. */
  readonly columns: Readonly<Record<string, string>>;
}) {
  if (props.rows.length === 0) return <p class="nothing">{`${props.caption}: none.`}</p>;
  const columns = Object.entries(props.columns)
    .filter(([name]) => props.rows.some((row) => row[name] !== undefined))
    .map(([name, heading]) => ({ name, heading, side: sideOf(name, props.rows) }));
  return (
    <div class="wide" tabindex={0} role="region" aria-label={props.caption}>
      <table>
        <caption>{props.caption}</caption>
        <thead>
          <tr>
            {columns.map(({ heading, side }) => (
              <th scope="col" class={side}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr>
              {columns.map(({ name, side }) => (
                <td class={side}>{cell(row[name])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Columns with nothing but figures stand to the right, with their headings. */
function sideOf(name: string, rows: readonly Row[]): "figure" | undefined {
  return !ID.test(name) && rows.every((row) => FIGURE.test(cell(row[name]))) ? "figure" : undefined;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  return String(value).replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)Z$/, "$1 $2");
}
