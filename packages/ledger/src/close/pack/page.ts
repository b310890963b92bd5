import { formatInstant, printableText } from "@amazon-pay-kit/money";
import type { MonthClose } from "../close-month.ts";
import { type PackTable, packTables } from "./tables.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string | number | null): string {
  return printableText(String(text ?? "")).replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}

/** For paper: black on white, no picture, no script, nothing from elsewhere. */
const STYLE = `
@page { size: A4; margin: 16mm 14mm; }
:root { color-scheme: light; }
body { font: 10pt/1.4 "Helvetica Neue", Arial, sans-serif; color: #111; background: #fff; max-width: 182mm; margin: 0 auto; padding: 8mm 0; }
h1 { font-size: 18pt; margin: 0 0 2mm; }
h2 { font-size: 12pt; margin: 8mm 0 1mm; break-after: avoid; }
p { margin: 0 0 2mm; color: #333; }
.draft { border: 1pt solid #b00; color: #b00; padding: 2mm 3mm; font-weight: bold; }
table { border-collapse: collapse; width: 100%; font-size: 8.5pt; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { text-align: left; border-bottom: 1pt solid #111; padding: 1mm 2mm 1mm 0; font-weight: 600; vertical-align: bottom; }
td { border-bottom: .25pt solid #bbb; padding: 1mm 2mm 1mm 0; vertical-align: top; overflow-wrap: break-word; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.balance td { font-weight: 600; }
.hash { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 7pt; overflow-wrap: anywhere; }
footer { margin-top: 8mm; border-top: .5pt solid #999; padding-top: 2mm; font-size: 8pt; color: #444; overflow-wrap: anywhere; }
.sign { display: flex; gap: 12mm; margin-top: 16mm; break-inside: avoid; }
.sign div { flex: 1; border-top: .5pt solid #111; padding-top: 1mm; font-size: 8pt; }
`;

const HASH = /^[0-9a-f]{64}$/;

function section({ name, about, columns, rows }: PackTable): string {
  const head = columns.map(
    ({ title, kind }) => `<th${kind === "text" ? "" : ' class="number"'}>${escaped(title)}</th>`,
  );
  const body = rows.map((row) => {
    const balance = row.some((cell) => cell === "opening balance" || cell === "closing balance");
    const cells = columns.map(({ kind }, at) => {
      const cell = row[at] ?? null;
      const style = kind === "text" ? (HASH.test(String(cell)) ? ' class="hash"' : "") : ' class="number"';
      return `<td${style}>${escaped(cell)}</td>`;
    });
    return `<tr${balance ? ' class="balance"' : ""}>${cells.join("")}</tr>`;
  });
  const table =
    rows.length === 0
      ? "<p>None.</p>"
      : `<table><thead><tr>${head.join("")}</tr></thead><tbody>\n${body.join("\n")}\n</tbody></table>`;
  return `<section><h2>${escaped(name)}</h2><p>${escaped(about)}</p>\n${table}</section>`;
}

function standing(close: MonthClose): string {
  const [first] = close.accounts;
  if (!close.closed) return '<p class="draft">Draft: this month is not closed, and its figures may still change.</p>';
  const at = first?.closedAt === null || first?.closedAt === undefined ? "" : ` at ${formatInstant(first.closedAt)}`;
  return `<p>Closed${escaped(at)}, in the time zone ${escaped(first?.document.timeZone ?? "UTC")}.</p>`;
}

/** The pack of a month as one HTML page to print: A4, nothing from elsewhere. */
export function packPage(close: MonthClose): string {
  const accounts = close.accounts.map(({ accountId }) => accountId).join(", ");
  const changed = close.accounts.some((one) => (one.changed?.differences.length ?? 0) > 0);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Amazon Pay ${escaped(close.month)}: ${escaped(accounts)}</title><style>${STYLE}</style></head><body>
<header><h1>Amazon Pay, month-end close ${escaped(close.month)}</h1><p>${escaped(accounts)}</p>${standing(close)}
${changed ? '<p class="draft">The books have changed since the close: see apay close --check. This page shows what was closed.</p>' : ""}</header>
${packTables(close).map(section).join("\n")}
<div class="sign"><div>prepared by, date</div><div>checked by, date</div></div>
<footer>SHA-256 ${escaped(close.hash ?? "none, not closed")}<br>month before ${escaped(close.previousHash ?? "none")}<br>Verify with apay close --check.</footer>
</body></html>
`;
}
