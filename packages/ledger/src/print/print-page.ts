import { printableText } from "@amazon-pay-kit/money";

const ENTITIES: Readonly<Record<string, string>> = {
  __proto__: null as never,
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text as it may stand in a page: nothing in it acts. */
export function escaped(text: string | number | null): string {
  return printableText(String(text ?? "")).replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}

/** For paper: black on white, no picture, no script, nothing from elsewhere. */
const STYLE = `
@page { size: A4; margin: 18mm 15mm 20mm; @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt Arial, sans-serif; color: #555; } }
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { font: 9.5pt/1.45 "Helvetica Neue", Arial, "Liberation Sans", sans-serif; color: #1a1a1a; background: #fff; max-width: 180mm; margin: 0 auto; padding: 0; }
@media screen { body { padding: 12mm 6mm; } }
header { border-bottom: 1.5pt solid #1a1a1a; padding-bottom: 3mm; margin-bottom: 5mm; }
h1 { font-size: 17pt; line-height: 1.2; margin: 0 0 1mm; letter-spacing: -.01em; }
h2 { font-size: 11.5pt; margin: 8mm 0 1mm; break-after: avoid; }
h3 { font-size: 9.5pt; margin: 4mm 0 1mm; break-after: avoid; }
p { margin: 0 0 2mm; }
.about { color: #555; font-size: 8.5pt; break-after: avoid; }
.draft { border: 1pt solid #b00020; color: #b00020; padding: 2mm 3mm; font-weight: bold; margin: 2mm 0; }
.none { color: #555; font-style: italic; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .5mm 5mm; margin: 0 0 2mm; }
.facts dt { color: #555; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: 8.25pt; line-height: 1.35; margin: 1mm 0 2mm; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { text-align: left; border-bottom: .75pt solid #1a1a1a; padding: 1mm 2.5mm 1mm 0; font-weight: 600; vertical-align: bottom; }
td { border-bottom: .25pt solid #ccc; padding: 1mm 2.5mm 1mm 0; vertical-align: top; overflow-wrap: break-word; }
th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.plain { white-space: nowrap; }
.strong td { font-weight: 600; border-top: .75pt solid #1a1a1a; border-bottom: .75pt solid #1a1a1a; }
.hash { font-family: ui-monospace, "DejaVu Sans Mono", "Liberation Mono", monospace; font-size: 6.75pt; overflow-wrap: anywhere; }
footer { margin-top: 8mm; border-top: .5pt solid #999; padding-top: 2mm; font-size: 7.5pt; color: #444; overflow-wrap: anywhere; }
.sign { display: flex; gap: 12mm; margin-top: 18mm; break-inside: avoid; }
.sign div { flex: 1; border-top: .5pt solid #1a1a1a; padding-top: 1mm; font-size: 7.5pt; color: #555; }
`;

const HASH = /^[0-9a-f]{64}$/;
/** Ids, days, moments, signs of currencies: what is one word is not broken. */
const ONE_WORD = /^[\w:.+-]{1,26}$/;

/** A column of a printed table. */
export interface PrintColumn {
  readonly title: string;
  readonly kind: "text" | "amount" | "integer";
}

/** A table; `strong` rows are sums and balances. */
export function printTable(
  columns: readonly PrintColumn[],
  rows: readonly (readonly (string | number | null)[])[],
  strong: (row: readonly (string | number | null)[]) => boolean = () => false,
): string {
  if (rows.length === 0) return '<p class="none">None.</p>';
  const head = columns.map(
    ({ title, kind }) => `<th${kind === "text" ? "" : ' class="number"'}>${escaped(title)}</th>`,
  );
  const body = rows.map((row) => {
    const cells = columns.map(({ kind }, at) => {
      const cell = row[at] ?? null;
      const text = String(cell ?? "");
      const style = kind === "text" ? (HASH.test(text) ? "hash" : ONE_WORD.test(text) ? "plain" : "") : "number";
      return `<td${style === "" ? "" : ` class="${style}"`}>${escaped(cell)}</td>`;
    });
    return `<tr${strong(row) ? ' class="strong"' : ""}>${cells.join("")}</tr>`;
  });
  return `<table><thead><tr>${head.join("")}</tr></thead><tbody>\n${body.join("\n")}\n</tbody></table>`;
}

/** Facts with their names, one below the other. */
export function printFacts(facts: readonly (readonly [name: string, value: string])[]): string {
  return `<dl class="facts">${facts.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join("")}</dl>`;
}

/** A whole page for A4 paper. `header` and `body` are HTML, `title` is a text. */
export function printPage(page: { readonly title: string; readonly header: string; readonly body: string }): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(page.title)}</title><style>${STYLE}</style></head><body>
<header>${page.header}</header>
${page.body}
</body></html>
`;
}
