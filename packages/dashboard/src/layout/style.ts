/**
 * The one style sheet. Colours are named by meaning; each pair of text and ground has a contrast of at least 4.5 to 1 in
 * both schemes (WCAG 2.2 AA), checked with axe in the browser tests.
 */
export const STYLE = `
:root { color-scheme: light dark;
  --ground: #fbfaf8; --panel: #ffffff; --ink: #1d1b18; --soft: #5d5850; --line: #ddd8cf; --accent: #0b57a4; --accent-ground: #e7f0fa;
  --in: #1d6b4f; --out: #9c3a1e; --hold: #8a6100; --good: #14603f; --good-ground: #e2f3ea; --bad: #9b1c1c; --bad-ground: #fbe9e7;
  --warn: #7a5200; --warn-ground: #fbf0d9; --bar-in: #3f9c78; --bar-out: #d17a5b; --bar-hold: #d3a84c; --bar-total: #5b7fa8; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #161513; --panel: #1f1e1b; --ink: #efece6; --soft: #b3ada2; --line: #3a3732; --accent: #8fc1f5; --accent-ground: #1b2c3f;
  --in: #7fd3b0; --out: #f0a589; --hold: #e6c173; --good: #8fdcb6; --good-ground: #17352a; --bad: #ffb0a6; --bad-ground: #43201c;
  --warn: #eccb82; --warn-ground: #3b2f15; --bar-in: #3f9c78; --bar-out: #c4694a; --bar-hold: #b48a35; --bar-total: #6d8fb6; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans JP", sans-serif; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 2px; }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 8px; top: 8px; background: var(--panel); padding: 8px 12px; z-index: 2; }
header.top { border-bottom: 1px solid var(--line); background: var(--panel); }
.top-in { max-width: 1200px; margin: 0 auto; padding: 10px 20px 0; }
.brand { display: flex; flex-wrap: wrap; gap: 6px 16px; align-items: baseline; justify-content: space-between; }
.brand b { font-size: 17px; } .brand .tools { display: flex; flex-wrap: wrap; gap: 10px; font-size: 13px; color: var(--soft); align-items: center; }
nav.main { display: flex; gap: 4px; overflow-x: auto; margin: 8px -8px 0; scrollbar-width: thin; }
nav.main a { padding: 8px 10px; color: var(--soft); text-decoration: none; border-bottom: 3px solid transparent; white-space: nowrap; }
nav.main a[aria-current="page"] { color: var(--ink); border-bottom-color: var(--accent); font-weight: 600; }
nav.main a:hover { color: var(--ink); }
main { max-width: 1200px; margin: 0 auto; padding: 20px; }
h1 { font-size: 24px; line-height: 1.25; margin: 4px 0 14px; text-wrap: balance; } h2 { font-size: 17px; margin: 0 0 10px; } h1 .soft { font-weight: 400; }
section.panel { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 16px 18px; margin: 0 0 18px; min-width: 0; }
.grid { display: grid; gap: 18px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr)); } .grid > section.panel { margin: 0; } .grid { margin-bottom: 18px; }
.stats { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr)); gap: 12px; margin: 0 0 18px; padding: 0; list-style: none; }
.stats li { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 12px 16px; }
.stats .label { color: var(--soft); font-size: 13px; } .stats .figure { display: block; font-size: 21px; font-weight: 650; font-variant-numeric: tabular-nums; } .stats .note { font-size: 13px; color: var(--soft); }
.soft { color: var(--soft); } .small { font-size: 13px; } .right { text-align: right; } .nowrap { white-space: nowrap; } .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 13px; }
td .mono { white-space: nowrap; font-size: 12px; } table.cards td:nth-child(n+2) .mono { white-space: normal; } table.cards td > span[lang] { display: block; min-width: min(260px, 100%); }
.mono { user-select: all; } .months { display: flex; flex-wrap: wrap; gap: 4px 14px; margin: -4px 0 12px; font-size: 14px; } .months a[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
tfoot tr.sum td { white-space: nowrap; }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } .neg { color: var(--out); }
.scroll { overflow-x: auto; margin: 0 -18px; padding: 0 18px; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; color: var(--soft); font-size: 13px; padding-bottom: 6px; }
th, td { text-align: left; padding: 7px 12px 7px 0; border-bottom: 1px solid var(--line); vertical-align: top; } th { font-size: 13px; color: var(--soft); font-weight: 600; white-space: nowrap; } th.num, td.num { padding-right: 0; padding-left: 12px; text-align: right; } th.num + th:not(.num), td.num + td:not(.num) { padding-left: 16px; }
tbody tr:hover { background: color-mix(in srgb, var(--accent-ground) 55%, transparent); }
tr.sum td { font-weight: 650; border-top: 2px solid var(--line); } tr.marked td { font-weight: 650; background: var(--accent-ground); }
.listing + .listing { margin-top: 18px; } .listing { margin-top: 10px; } h2 + .listing, .row + .listing, form + .listing { margin-top: 0; } .under + .listing { margin-top: 14px; }
.badge { display: inline-block; border-radius: 999px; padding: 1px 9px; font-size: 12.5px; font-weight: 600; white-space: nowrap; }
.badge.good { color: var(--good); background: var(--good-ground); } .badge.bad { color: var(--bad); background: var(--bad-ground); } .badge.warn { color: var(--warn); background: var(--warn-ground); } .badge.plain { color: var(--accent); background: var(--accent-ground); }
form.filters { display: flex; flex-wrap: wrap; gap: 10px; align-items: end; margin: 0 0 14px; } form.filters label { font-size: 13px; color: var(--soft); display: grid; gap: 3px; }
input, select, textarea, button { font: inherit; color: inherit; } input, select, textarea { background: var(--panel); border: 1px solid var(--soft); border-radius: 6px; padding: 6px 9px; max-width: 100%; }
button, .button { background: var(--accent); color: var(--panel); border: 0; border-radius: 6px; padding: 7px 14px; cursor: pointer; font-weight: 600; text-decoration: none; display: inline-block; } button.quiet, .button.quiet { background: transparent; color: var(--accent); border: 1px solid var(--line); }
.row { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; justify-content: space-between; }
.pager { display: flex; gap: 12px; align-items: center; margin-top: 12px; font-size: 14px; } .pager:empty { display: none; }
.empty { color: var(--soft); padding: 10px 0; } .message { border-left: 4px solid var(--accent); background: var(--accent-ground); padding: 10px 14px; border-radius: 4px; margin: 0 0 16px; } .message { overflow-wrap: anywhere; } .message.bad { border-color: var(--bad); background: var(--bad-ground); }
dl.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 16px; margin: 0; } dl.facts dt { color: var(--soft); } dl.facts dd { margin: 0; overflow-wrap: anywhere; }
svg.chart.narrow { display: none; } svg.chart.columns { max-width: 720px; } svg.chart { width: 100%; height: auto; display: block; } svg.chart text { fill: var(--ink); font-size: 12px; } svg.chart text.soft { fill: var(--soft); } svg.chart .axis { stroke: var(--line); } svg.chart a:focus-visible { outline: none; } svg.chart a:focus-visible rect { stroke: var(--accent); stroke-width: 3px; } svg.chart a:hover rect { opacity: 0.8; } svg.chart a text { text-decoration: underline; }
svg .in { fill: var(--bar-in); } svg .out { fill: var(--bar-out); } svg .hold { fill: var(--bar-hold); } svg .total { fill: var(--bar-total); } svg .link { stroke: var(--soft); stroke-dasharray: 2 3; }
svg .line-a { fill: none; stroke: var(--bar-total); stroke-width: 2; } svg .line-b { fill: none; stroke: var(--bar-out); stroke-width: 2; stroke-dasharray: 5 4; }
.under { margin: 8px 0 0; font-size: 14px; } .legend { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 13px; color: var(--soft); margin: 0; padding: 0; list-style: none; } .legend i { display: inline-block; width: 11px; height: 11px; border-radius: 2px; margin-right: 6px; }
.legend .in { background: var(--bar-in); } .legend .out { background: var(--bar-out); } .legend .hold { background: var(--bar-hold); } .legend .total { background: var(--bar-total); }
svg .complete { fill: var(--bar-in); } svg .missing { fill: var(--bad); } svg .late { fill: var(--bar-hold); } svg .no-data { fill: var(--line); } svg .unknown { fill: var(--panel); stroke: var(--line); }
.legend .complete { background: var(--bar-in); } .legend .missing { background: var(--bad); } .legend .late { background: var(--bar-hold); } .legend .no-data { background: var(--line); } .legend .unknown { border: 1px solid var(--line); }
.calendar { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 3px 14px; align-items: center; } .calendar svg { width: 100%; height: 14px; display: block; } .calendar a { font-size: 13px; } .calendar .ends { grid-column: 2; display: flex; justify-content: space-between; }
footer { max-width: 1200px; margin: 0 auto; padding: 8px 20px 28px; color: var(--soft); font-size: 13px; }
@media (max-width: 600px) { main { padding: 14px; } section.panel { padding: 13px 14px; border-radius: 8px; } .scroll { margin: 0 -14px; } h1 { font-size: 21px; overflow-wrap: anywhere; } .top-in { padding: 10px 14px 0; }
  .stats { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 10px; } .stats li { padding: 10px 12px; } .stats .figure { font-size: 18px; overflow-wrap: anywhere; }
  dl.facts { grid-template-columns: 1fr; } dl.facts dt { margin-top: 6px; font-size: 13px; }
  svg.chart.columns text { font-size: 19px; } svg.chart.narrow { display: block; } svg.chart.narrow text { font-size: 14px; } svg.chart.wide { display: none; }
  .calendar { grid-template-columns: minmax(0, 1fr); gap: 1px; } .calendar svg { margin-bottom: 7px; height: 13px; } .calendar .ends { grid-column: 1; }
  form.filters label, form.filters input, form.filters select { min-width: 0; } form.filters input[type="search"] { width: 100%; } nav.main { flex-wrap: wrap; gap: 0 2px; } nav.main a { padding: 7px 9px; } .pager a { padding-block: 9px; }
  .scroll { padding: 0; } caption { padding-left: 14px; padding-right: 14px; } table { font-size: 14px; } th.num, td.num { padding-left: 10px; }
  table:not(.cards) tr > :first-child { padding-left: 14px; } table:not(.cards) tr > :last-child { padding-right: 14px; }
  table:not(.cards) tr > :first-child:not(.num) { position: sticky; left: 0; background: var(--panel); z-index: 1; }
  table.cards, table.cards tbody, table.cards tr { display: block; } table.cards caption { display: block; } table.cards thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
  table.cards tr { border-bottom: 1px solid var(--line); padding: 8px 14px; } table.cards tr td, table.cards tr td.num { display: grid; grid-template-columns: 118px minmax(0, 1fr); gap: 8px; padding: 2px 0; border: 0; text-align: left; overflow-wrap: anywhere; white-space: normal; justify-items: start; } table.cards tr td + td:not(.num) { padding-left: 0; } table.cards td .mono { white-space: normal; } table.cards td:empty, table.cards td:has(> span:only-child:empty) { display: none; }
  table.cards td::before { content: attr(data-title); color: var(--soft); font-size: 13px; } }
@media (min-width: 1240px) { main, .top-in, footer { max-width: 1320px; } .scroll { overflow: visible; } table:not(.cards) td .mono { white-space: normal; overflow-wrap: anywhere; } thead th { position: sticky; top: 0; z-index: 1; background: var(--panel); box-shadow: inset 0 -1px var(--line); } }
@page { size: landscape; margin: 12mm; }
@media (max-width: 760px) { svg.chart.narrow { display: block; } svg.chart.wide { display: none; } }
@media print { :root { --ground: #fff; --panel: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #000; --in: #000; --out: #000; --good: #000; --bad: #000; --warn: #000; }
  .csv, .skip, footer, .months { display: none; } main { max-width: none; padding: 0; } a { text-decoration: none; } body { font-size: 12px; } th, td { padding-top: 3px; padding-bottom: 3px; } tr, svg.chart, dl.facts { break-inside: avoid; } h2, caption { break-after: avoid; } .scroll { overflow: visible; } thead th { position: static; box-shadow: none; }
  tfoot { display: table-row-group; } .legend i, .badge { print-color-adjust: exact; -webkit-print-color-adjust: exact; } svg.chart.wide { display: block; max-height: 75mm; } svg.chart.narrow { display: none; } .badge { border: 1px solid #888; } section.panel { margin-bottom: 10px; } header.top nav, .filters, .pager, .brand .tools, form { display: none; } body { background: #fff; color: #000; } section.panel { border: 0; padding: 0; } }
`;
