/**
 * The one style sheet: a scale of sizes (12, 13, 15, 18, 22, 28 pixels), spaces in steps of 4, one accent. Colours are named by
 * meaning; each pair of text and ground has a contrast of at least 4.5 to 1 in both schemes (WCAG 2.2 AA), checked with axe in
 * the browser tests. Red is for what is wrong, and for nothing else. A link inside a table or a figure looks like text until it
 * is pointed at or has the focus: nearly every figure leads to its source, and a page of underlines cannot be read.
 */
export const STYLE = `
:root { color-scheme: light dark;
  --ground: #f7f7f5; --panel: #ffffff; --ink: #1b1d1f; --soft: #5b6066; --line: #e3e4e1; --accent: #0b57a4; --accent-ground: #eaf2fb; --on-accent: #ffffff;
  --good: #14603f; --good-ground: #e4f3ea; --bad: #a01818; --bad-ground: #fceae8; --warn: #714c00; --warn-ground: #fbf1dc; --plain-ground: #eeefec;
  --bar-in: #4a9c7c; --bar-out: #a9b0b7; --bar-hold: #d3a84c; --bar-total: #4f7cab; --bar-bad: #c8483c; --shadow: 0 1px 2px rgb(0 0 0 / .05); }
@media (prefers-color-scheme: dark) { :root {
  --ground: #131415; --panel: #1c1e20; --ink: #eceded; --soft: #a9aeb4; --line: #33373a; --accent: #8fc1f5; --accent-ground: #1b2b3c; --on-accent: #10202f;
  --good: #8fdcb6; --good-ground: #17352a; --bad: #ffb0a6; --bad-ground: #43201c; --warn: #eccb82; --warn-ground: #3b2f15; --plain-ground: #2a2d30;
  --bar-in: #3f9c78; --bar-out: #70777e; --bar-hold: #b48a35; --bar-total: #6d8fb6; --bar-bad: #d8604f; --shadow: none; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans JP", sans-serif; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 3px; }
td a, dd a, .figure a, a.figure, .picture a, .chain a, .quiet-links a, h3 a { color: inherit; text-decoration: none; }
td a:hover, dd a:hover, .figure a:hover, a.figure:hover, .chain a:hover, .quiet-links a:hover, h3 a:hover, td a:focus-visible, .chain a:focus-visible { color: var(--accent); text-decoration: underline; }
p a { color: var(--accent); text-decoration: underline; }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 8px; top: 8px; background: var(--panel); padding: 8px 12px; z-index: 4; }
.unseen { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }

header.top { border-bottom: 1px solid var(--line); background: var(--panel); }
.top-in { max-width: 1200px; margin: 0 auto; padding: 12px 24px 0; }
.brand { display: grid; grid-template-columns: auto minmax(200px, 460px) auto; gap: 8px 24px; align-items: center; justify-content: space-between; }
.brand b { font-size: 15px; letter-spacing: -.01em; white-space: nowrap; }
.brand .tools { display: flex; flex-wrap: wrap; gap: 8px 12px; font-size: 13px; color: var(--soft); align-items: center; justify-content: flex-end; }
.brand .tools a { color: inherit; text-decoration: none; } .brand .tools a:hover { color: var(--accent); text-decoration: underline; }
.brand .tools form { display: flex; gap: 6px; align-items: center; } .tools select, .tools input, .tools button { padding: 3px 8px; font-size: 13px; }
form.find { display: flex; margin: 0; position: relative; } form.find input { flex: 1; min-width: 0; border-radius: 8px; background: var(--ground); border-color: var(--line); padding: 7px 12px; }
form.find input::placeholder { color: var(--soft); opacity: 1; }
nav.main { display: flex; gap: 2px; margin: 8px -10px 0; } nav.main a, .menu nav a { padding: 8px 10px; color: var(--soft); text-decoration: none; }
nav.main a { border-bottom: 2px solid transparent; white-space: nowrap; font-size: 14px; } nav.main a[aria-current="page"] { color: var(--ink); border-bottom-color: var(--accent); font-weight: 600; } nav.main a:hover, .menu nav a:hover { color: var(--ink); }
details.menu { display: none; } details.menu summary { cursor: pointer; font-weight: 600; padding: 10px 0; list-style: none; } details.menu summary::before { content: "☰"; margin-right: 10px; color: var(--soft); } details.menu summary::-webkit-details-marker { display: none; }
.menu nav { display: grid; grid-template-columns: 1fr 1fr; gap: 0 12px; padding-bottom: 8px; } .menu nav a { padding: 9px 0; border-top: 1px solid var(--line); } .menu nav a[aria-current="page"] { color: var(--ink); font-weight: 600; }

main { max-width: 1200px; margin: 0 auto; padding: 24px; }
h1 { font-size: 28px; line-height: 1.2; letter-spacing: -.02em; margin: 0 0 16px; text-wrap: balance; overflow-wrap: anywhere; } h2 { font-size: 18px; line-height: 1.3; letter-spacing: -.01em; margin: 0 0 12px; } h3 { font-size: 15px; margin: 0 0 4px; } h1 .soft { font-weight: 400; }
section.panel { background: var(--panel); border: 1px solid var(--line); border-radius: 12px; padding: 20px 24px; margin: 0 0 20px; min-width: 0; box-shadow: var(--shadow); }
.grid { display: grid; gap: 20px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr)); margin-bottom: 20px; } .grid > section.panel { margin: 0; } .grid:empty { display: none; }
.soft { color: var(--soft); } .small { font-size: 13px; } .right { text-align: right; } .nowrap { white-space: nowrap; } .wrong { color: var(--bad); font-weight: 600; }
.mono { overflow-wrap: anywhere; font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 12px; user-select: all; } td .mono { overflow-wrap: anywhere; }
.cur { color: var(--soft); font-weight: 400; } .num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } .num .whole { padding-right: 2.3ch; }

.scroll { position: relative; overflow-x: auto; margin: 0 -24px; padding: 0 24px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; } caption { text-align: left; color: var(--soft); font-size: 13px; padding-bottom: 6px; }
th, td { text-align: left; padding: 9px 14px 9px 0; border-bottom: 1px solid var(--line); vertical-align: top; } th { font-size: 12px; color: var(--soft); font-weight: 600; white-space: nowrap; padding-top: 6px; padding-bottom: 6px; }
th a { color: inherit; text-decoration: none; } th a:hover { color: var(--accent); text-decoration: underline; } th[aria-sort] a { color: var(--ink); } th[aria-sort="ascending"] a::after { content: " ↑"; } th[aria-sort="descending"] a::after { content: " ↓"; }
th.num, td.num { padding-right: 0; padding-left: 14px; text-align: right; } th.num + th:not(.num), td.num + td:not(.num) { padding-left: 20px; }
tbody tr:hover, tbody tr:focus-within { background: color-mix(in srgb, var(--accent-ground) 60%, transparent); } tbody tr:last-child td { border-bottom: 0; } tfoot td { border-top: 1px solid var(--line); }
tr.sum td { font-weight: 600; border-bottom: 0; white-space: nowrap; } tr.marked td { font-weight: 600; background: var(--accent-ground); } td > span[lang] { display: block; min-width: 220px; max-width: 62ch; }
.listing + .listing { margin-top: 24px; } .listing { margin-top: 10px; } h2 + .listing, .row + .listing, form + .listing { margin-top: 0; } .under + .listing { margin-top: 16px; }
.badge { display: inline-block; border-radius: 6px; padding: 0 8px; font-size: 12.5px; line-height: 21px; font-weight: 600; white-space: nowrap; }
.badge.good { color: var(--good); background: var(--good-ground); } .badge.bad { color: var(--bad); background: var(--bad-ground); } .badge.warn { color: var(--warn); background: var(--warn-ground); } .badge.plain { color: var(--ink); background: var(--plain-ground); }

form.filters { display: flex; flex-wrap: wrap; gap: 12px; align-items: end; margin: 0 0 14px; } form.filters label { font-size: 12px; color: var(--soft); display: grid; gap: 4px; }
input, select, textarea, button { font: inherit; font-size: 14px; color: inherit; } input:not([type="checkbox"]):not([type="file"]), select, textarea { background: var(--panel); border: 1px solid color-mix(in srgb, var(--soft) 70%, var(--panel)); border-radius: 8px; padding: 6px 10px; max-width: 100%; min-height: 36px; }
.tools select, .tools input { min-height: 0; } input[type="checkbox"] { width: 18px; height: 18px; margin: 1px 0; accent-color: var(--accent); }
button, .button { background: var(--accent); color: var(--on-accent); border: 1px solid transparent; border-radius: 8px; padding: 6px 14px; min-height: 36px; cursor: pointer; font-weight: 600; text-decoration: none; display: inline-flex; align-items: center; } button.quiet, .button.quiet { background: transparent; color: var(--ink); border-color: var(--line); font-weight: 500; } .tools button { min-height: 0; }
button:hover, .button:hover { filter: brightness(1.08); } .button:hover { text-decoration: none; }
.bulk { display: flex; flex-wrap: wrap; gap: 10px; align-items: end; padding: 12px 0 0; } .bulk label { font-size: 12px; color: var(--soft); display: grid; gap: 4px; flex: 1 1 320px; } .bulk input, .bulk textarea { width: 100%; } .bulk .beside { display: flex; gap: 10px; align-items: end; } .bulk .beside label { flex: 1 1 140px; } .bulk + .bulk { padding-top: 8px; }
.actions { display: flex; flex-wrap: wrap; gap: 10px; margin: 0 0 20px; } .bulk label:has(select) { flex: 0 1 250px; } .bulk label.all { flex: 1 0 100%; display: flex; gap: 8px; align-items: center; font-size: 13px; } .bulk label.all[hidden] { display: none; } .bulk label.all input { width: 18px; } .bulk select { width: 100%; } main > form { margin: 0 0 20px; }
form.drop { display: grid; gap: 16px; justify-items: start; } form.drop > label:not(.file) { font-size: 13px; color: var(--soft); display: grid; gap: 4px; } label.file { width: 100%; display: grid; gap: 4px; justify-items: center; text-align: center; border: 2px dashed var(--line); border-radius: 12px; padding: 28px 20px 0; background: var(--ground); } label.file:hover, label.file:focus-within { border-color: var(--accent); } label.file input { width: 100%; padding: 20px 10px 28px; text-align: center; cursor: pointer; }
.question { border-color: var(--accent); } .question form.filters { gap: 14px 16px; margin-bottom: 0; } .question label b { color: var(--ink); font-size: 14px; } .whole-row { flex: 1 0 100%; font-size: 14px; } .needs.tight li { padding: 7px 0; } .needs .note a { margin-right: 8px; color: var(--accent); text-decoration: underline; } .needs form, .message form, .row form { display: inline; } .needs form.filters { display: flex; margin: 8px 0 0; } .needs .badge { align-self: start; justify-self: end; } .needs form button { min-height: 32px; padding: 3px 12px; }
.row { display: flex; flex-wrap: wrap; gap: 10px; align-items: baseline; justify-content: space-between; } .row > a { font-size: 14px; }
.months { display: flex; flex-wrap: wrap; gap: 4px; margin: -2px 0 14px; font-size: 13px; } .months a { color: var(--soft); text-decoration: none; padding: 3px 9px; border-radius: 6px; border: 1px solid var(--line); } .months a:hover { color: var(--accent); } .months a[aria-current] { color: var(--ink); font-weight: 600; background: var(--plain-ground); }
.pager { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; margin-top: 12px; font-size: 13px; } .pager:empty { display: none; } .pager .csv { color: var(--soft); }
.empty { color: var(--soft); padding: 10px 0; max-width: 68ch; } .message { border: 1px solid var(--line); border-left: 4px solid var(--accent); background: var(--accent-ground); padding: 12px 16px; border-radius: 8px; margin: 0 0 20px; overflow-wrap: anywhere; } .message.bad { border-left-color: var(--bad); background: var(--bad-ground); } .message form { display: inline; margin-left: 10px; } .message button { min-height: 0; padding: 2px 10px; }
dl.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 6px 20px; margin: 0; } dl.facts dt { color: var(--soft); } dl.facts dd { margin: 0; overflow-wrap: anywhere; } dd a { text-decoration: underline; text-decoration-color: var(--line); }

.picture { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 0; margin: 0; padding: 0; list-style: none; } .picture li { padding: 4px 16px; border-left: 1px solid var(--line); min-width: 0; } .picture li:first-child { padding-left: 0; border-left: 0; }
.picture .label, .label { color: var(--soft); font-size: 13px; display: block; } .picture .figure { display: block; font-size: 22px; line-height: 1.3; font-weight: 650; letter-spacing: -.02em; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; } .picture .note { display: block; font-size: 13px; color: var(--soft); }
.picture .note.warned { color: var(--warn); } svg.pair { margin: 4px 0; max-width: 260px; } svg .before { fill: var(--line); } .needs + .needs { border-top: 1px solid var(--line); padding-top: 12px; }
.picture .figure:hover { color: var(--accent); }
.bars { display: grid; grid-template-columns: minmax(0, 1fr); gap: 3px; margin: 16px 0 4px; } .month-picture + .month-picture { margin-top: 24px; padding-top: 20px; border-top: 1px solid var(--line); }
.needs { list-style: none; margin: 0; padding: 0; } .needs li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 16px; padding: 12px 0; border-top: 1px solid var(--line); } .needs li:first-child { border-top: 0; padding-top: 0; } .needs .amount > span, .needs .amount > a { display: block; } .needs .amount { font-variant-numeric: tabular-nums; font-weight: 600; text-align: right; } .needs .note { grid-column: 1 / -1; color: var(--soft); font-size: 13px; max-width: 80ch; }
.chain { list-style: none; margin: 0; padding: 0; } .chain > li { position: relative; padding: 0 0 20px 26px; } .chain > li::before { content: ""; position: absolute; left: 5px; top: 7px; width: 9px; height: 9px; border-radius: 50%; background: var(--accent); } .chain > li::after { content: ""; position: absolute; left: 9px; top: 18px; bottom: -6px; width: 1px; background: var(--line); } .chain > li:last-child::after { display: none; } .chain > li:last-child { padding-bottom: 0; } .chain > li.bad::before { background: var(--bad); }
.chain .what { font-weight: 600; overflow-wrap: anywhere; } .chain .what .sum { font-variant-numeric: tabular-nums; } .chain .note { color: var(--soft); font-size: 13px; display: block; overflow-wrap: anywhere; } .chain li li a, .chain .note a { text-decoration: underline; text-decoration-color: var(--soft); } .chain ul { margin: 4px 0 0; padding-left: 18px; font-size: 14px; }

svg.chart.narrow { display: none; } svg.chart { width: 100%; height: auto; display: block; } svg.chart text { fill: var(--ink); font-size: 12px; } svg.chart text.soft { fill: var(--soft); } svg.chart .axis { stroke: var(--line); } svg.chart a:focus-visible { outline: none; } svg.chart a:focus-visible rect { stroke: var(--accent); stroke-width: 3px; } svg.chart a:hover rect { opacity: 0.8; }
svg .in { fill: var(--bar-in); } svg .out { fill: var(--bar-out); } svg .hold { fill: var(--bar-hold); } svg .total { fill: var(--bar-total); } svg .wrong { fill: var(--bar-bad); } svg .link { stroke: var(--soft); stroke-dasharray: 2 3; }
.under { margin: 8px 0 0; font-size: 14px; } .legend { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 13px; color: var(--soft); margin: 8px 0 0; padding: 0; list-style: none; } .legend i { display: inline-block; width: 10px; height: 10px; border-radius: 3px; margin-right: 6px; }
.legend .in { background: var(--bar-in); } .legend .out { background: var(--bar-out); } .legend .hold { background: var(--bar-hold); } .legend .total { background: var(--bar-total); } .legend i.wrong { background: var(--bar-bad); }
svg .complete { fill: var(--bar-in); } svg .missing { fill: var(--bar-bad); } svg .late { fill: var(--bar-hold); } svg .no-data { fill: var(--line); } svg .unknown { fill: var(--panel); stroke: var(--line); }
.legend .complete { background: var(--bar-in); } .legend .missing { background: var(--bar-bad); } .legend .late { background: var(--bar-hold); } .legend .no-data { background: var(--line); } .legend .unknown { border: 1px solid var(--line); }
.calendar { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 3px 14px; align-items: center; } .calendar svg { width: 100%; height: 14px; display: block; } .calendar a { font-size: 13px; color: inherit; text-decoration: none; } .calendar a:hover { color: var(--accent); text-decoration: underline; } .calendar .ends { grid-column: 2; display: flex; justify-content: space-between; }
details.more > summary { cursor: pointer; color: var(--soft); font-size: 13px; padding: 4px 0; } details.more[open] > summary { margin-bottom: 8px; } kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 5px; font-size: 12px; background: var(--plain-ground); } dialog { background: var(--panel); color: var(--ink); border: 1px solid var(--line); border-radius: 12px; padding: 20px 24px; }
footer { max-width: 1200px; margin: 0 auto; padding: 0 24px 28px; color: var(--soft); font-size: 12px; }

@media (max-width: 1020px) { .brand { grid-template-columns: auto minmax(0, 1fr); } .brand form.find { grid-column: 1 / -1; grid-row: 2; } .brand .tools { grid-column: 2; } }
@media (max-width: 760px) { nav.main { display: none; } details.menu { display: block; } svg.chart.narrow { display: block; } svg.chart.wide { display: none; } .picture { grid-template-columns: 1fr 1fr; gap: 16px 0; } .picture li:nth-child(odd) { border-left: 0; padding-left: 0; } }
@media (max-width: 600px) { main { padding: 16px; } section.panel { padding: 16px; border-radius: 10px; margin-bottom: 14px; } .grid { gap: 14px; margin-bottom: 14px; } .scroll { margin: 0 -16px; padding: 0 16px; } h1 { font-size: 22px; margin-bottom: 12px; } .top-in { padding: 10px 16px 0; } footer { padding: 0 16px 24px; }
  .picture .figure { font-size: 18px; } dl.facts { grid-template-columns: 1fr; gap: 0; } dl.facts dt { margin-top: 8px; font-size: 13px; }
  svg.chart.narrow text { font-size: 14px; }
  .calendar { grid-template-columns: minmax(0, 1fr); gap: 1px; } .calendar svg { margin-bottom: 7px; height: 13px; } .calendar .ends { grid-column: 1; }
  form.filters label, form.filters input, form.filters select { min-width: 0; } form.filters > label { flex: 1 1 40%; } form.filters input, form.filters select { width: 100%; } .pager a { padding-block: 6px; }
  table, tbody, tfoot, caption { display: block; } thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
  tr { display: flex; flex-wrap: wrap; gap: 2px 14px; align-items: baseline; border-bottom: 1px solid var(--line); padding: 10px 0; } tbody tr:last-child { border-bottom: 0; } tr:has(> td.pick) { position: relative; padding-left: 32px; } td.pick { position: absolute; left: 0; top: 12px; }
  tr td, tr td.num, tfoot tr td { display: block; padding: 0; border: 0; text-align: left; overflow-wrap: anywhere; white-space: normal; font-size: 13px; } td + td:not(.num), td.num + td:not(.num) { padding-left: 0; } td > span[lang] { min-width: 0; }
  tr td:empty, tr td.num:empty, td:has(> span:only-child:empty) { display: none; } td::before { content: attr(data-title) " "; color: var(--soft); } td.key::before, td.lead::before, td.pick::before, td.words::before { content: none; }
  td.lead, td.num.lead { order: -3; font-size: 16px; font-weight: 650; flex: 0 0 auto; white-space: nowrap; } td.key { order: -2; font-weight: 600; flex: 1 0 0; min-width: 40%; text-align: right; } td.words { flex: 1 0 100%; font-size: 14px; } tr td.spare.spare { display: none; } td:has(.badge)::before { content: none; } .num .whole { padding-right: 0; } }
@media (min-width: 1240px) { main, .top-in, footer { max-width: 1320px; } }
@media (min-width: 1420px) { .scroll { overflow: visible; } thead th { position: sticky; top: 0; z-index: 1; background: var(--panel); box-shadow: inset 0 -1px var(--line); } }
@page { size: landscape; margin: 12mm; }
@media print { :root { --ground: #fff; --panel: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #000; --good: #000; --bad: #000; --warn: #000; --shadow: none; }
  .csv, .skip, footer, .months, .menu, .pager, td.pick, th.pick { display: none; } main { max-width: none; padding: 0; } a { text-decoration: none; } body { font-size: 12px; } th, td { padding-top: 3px; padding-bottom: 3px; } tr, svg.chart, dl.facts { break-inside: avoid; } h2, caption { break-after: avoid; } .scroll { overflow: visible; } thead th { position: static; box-shadow: none; }
  tfoot { display: table-row-group; } .legend i, .badge { print-color-adjust: exact; -webkit-print-color-adjust: exact; } svg.chart.wide { display: block; max-height: 75mm; } svg.chart.narrow { display: none; } .badge { border: 1px solid #888; } section.panel { margin-bottom: 10px; } header.top nav, .filters, .brand .tools, form { display: none; } body { background: #fff; color: #000; } section.panel { border: 0; padding: 0; } }
`;
