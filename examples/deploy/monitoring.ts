import { ALERTS, METRICS, type MetricRow } from "@amazon-pay-kit/worker";
import { stringify } from "yaml";

/** Where the runbook is; a rule links to its section. */
const RUNBOOK = "https://example.org/docs/runbook.md";

const MADE = "Made from packages/worker/src/metrics by node scripts/monitoring.mjs: change it there.";

/** Rules for Prometheus: `alerts.yaml`. */
export function rulesFile(): string {
  const rules = ALERTS.map(({ name, expr, lasts, severity, summary, meaning }) => ({
    alert: name,
    expr,
    for: lasts,
    labels: { severity },
    annotations: { summary, description: meaning, runbook_url: `${RUNBOOK}#${name.toLowerCase()}` },
  }));
  const head = [
    MADE,
    "Rules over the figures of `apay worker` and `apay sync --watch`, scraped as the job apay. Set runbook_url to where you keep",
    "docs/runbook.md.",
  ];
  return `${head.map((line) => `# ${line}`).join("\n")}\n${stringify({ groups: [{ name: "apay", rules }] }, { lineWidth: 0 })}`;
}

/** What to do when an alert comes: `docs/runbook.md`. */
export function runbook(): string {
  const order = { page: 0, ticket: 1 } as const;
  const sorted = ALERTS.toSorted((one, other) => order[one.severity] - order[other.severity]);
  const rows = sorted.map(
    ({ name, severity, meaning }) => `| [${name}](#${name.toLowerCase()}) | ${severity} | ${firstOf(meaning)} |`,
  );
  const sections = sorted.map(({ name, expr, lasts, severity, meaning, steps }) =>
    [
      `## ${name}`,
      "",
      `\`${expr}\`${lasts === "0m" ? "" : ` for ${lasts}`}: ${severity === "page" ? "somebody is called" : "a ticket for the next working day"}.`,
      "",
      meaning,
      "",
      ...steps.map((step, index) => `${index + 1}. ${step}`),
      "",
    ].join("\n"),
  );
  return [
    "# Runbook",
    "",
    `<!-- ${MADE} -->`,
    "",
    "What each alert of `examples/deploy/alerts.yaml` means, and what to do. `examples/deploy/grafana.json` is a board with all",
    "metrics; each of its panels names the alerts that go by it.",
    "",
    "| Alert | | Meaning |",
    "|---|---|---|",
    ...rows,
    "",
    ...sections,
  ].join("\n");
}

const firstOf = (text: string): string => `${text.split(/[.;:] /)[0]?.replace(/\.$/, "") ?? ""}.`;

const GROUPS: Readonly<Record<MetricRow["group"], string>> = {
  health: "Is everything there?",
  reports: "Reports",
  queue: "Queue",
  books: "Books",
  process: "Processes",
};

const UNITS: Readonly<Record<NonNullable<MetricRow["unit"]>, string>> = {
  seconds: "s",
  bytes: "bytes",
  timestamp: "dateTimeFromNow",
  "yes-no": "bool_on_off",
};

/** PromQL that shows a metric over all processes. */
function queryOf(name: string, { type, labels = [], of, group }: MetricRow): readonly string[] {
  const by = labels.length === 0 ? "" : ` by (${labels.join(", ")})`;
  // A figure of one process is shown for each; one that every worker looks up in the same database once.
  const own = group === "process" || ["apay_archive_up", "apay_database_up", "apay_clock_ahead_seconds"].includes(name);
  if (type === "histogram") {
    return [0.5, 0.95].map(
      (share) =>
        `histogram_quantile(${share}, sum by (${["le", ...labels].join(", ")}) (rate(${name}_bucket{job="apay"}[5m])))`,
    );
  }
  if (type === "counter" || type === "total")
    return [own ? `rate(${name}{job="apay"}[5m])` : `sum${by} (increase(${name}{job="apay"}[1h]))`];
  if (own || of === "both" || name.startsWith("apay_worker_")) return [`${name}{job="apay"}`];
  return [`max${by} (${name}{job="apay"})`];
}

interface Panel {
  readonly [member: string]: unknown;
}

function panelOf(name: string, row: MetricRow, place: { readonly x: number; readonly y: number }, id: number): Panel {
  const alerts = ALERTS.filter(({ expr }) => expr.includes(name)).map((one) => one.name);
  const note = alerts.length === 0 ? "" : `\n\nAlerts: ${alerts.join(", ")} (see the runbook).`;
  const unit = row.unit === undefined ? "short" : UNITS[row.unit];
  return {
    id,
    type: "timeseries",
    title: row.help,
    description: `\`${name}\`${note}`,
    datasource: { type: "prometheus", uid: "${source}" },
    gridPos: { w: 8, h: 7, ...place },
    fieldConfig: { defaults: { unit, min: row.unit === "yes-no" ? 0 : undefined }, overrides: [] },
    options: { legend: { displayMode: "list", placement: "bottom" }, tooltip: { mode: "multi", sort: "desc" } },
    targets: queryOf(name, row).map((expr, index) => ({ refId: "AB"[index], expr })),
  };
}

/** A board for Grafana with every metric: `grafana.json`. */
export function board(): string {
  const panels: Panel[] = [];
  let [id, y] = [0, 0];
  for (const [group, title] of Object.entries(GROUPS)) {
    panels.push({ id: (id += 1), type: "row", title, collapsed: false, gridPos: { w: 24, h: 1, x: 0, y }, panels: [] });
    y += 1;
    const rows = Object.entries<MetricRow>(METRICS).filter(([, row]) => row.group === group);
    for (const [index, [name, row]] of rows.entries())
      panels.push(panelOf(name, row, { x: (index % 3) * 8, y: y + Math.floor(index / 3) * 7 }, (id += 1)));
    y += Math.ceil(rows.length / 3) * 7;
  }
  const source = { name: "source", label: "Prometheus", type: "datasource", query: "prometheus", current: {}, hide: 0 };
  return `${JSON.stringify(
    {
      uid: "amazon-pay-kit",
      title: "Amazon Pay Kit",
      description: MADE,
      tags: ["amazon-pay"],
      schemaVersion: 39,
      version: 1,
      editable: true,
      time: { from: "now-24h", to: "now" },
      refresh: "1m",
      templating: { list: [source] },
      panels,
    },
    null,
    2,
  )}\n`;
}
