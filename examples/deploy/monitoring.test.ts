import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ALERTS, METRICS } from "@amazon-pay-kit/worker";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { board, rulesFile, runbook } from "./monitoring.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (name: string): string => readFileSync(root + name, "utf8");
const names = Object.keys(METRICS);

/** Time series that let an alert fire, and the hour at which it fires; `calm` does not. A point a minute, or all ten in long ones. */
interface Story {
  readonly fires: Readonly<Record<string, string>>;
  readonly calm: Readonly<Record<string, string>>;
  readonly hours: number;
}

const one = (series: string, fires: string, calm: string, hours = 1): Story => ({
  fires: { [series]: fires },
  calm: { [series]: calm },
  hours,
});

/** A counter that rises by so much at every point of an hour; before it there was nothing. */
const STORIES: Readonly<Record<string, Story>> = {
  ApayDown: one('up{job="apay", instance="a"}', "0x60", "1x60"),
  ApayWorkerStuck: one("apay_worker_round_timestamp_seconds", "0x60", "0+60x60"),
  ApayDatabaseAway: one("apay_database_up", "0x60", "1x60"),
  ApayArchiveAway: one("apay_archive_up", "0x60", "1x60"),
  ApayReportsExpiring: one("apay_reports_expiring", "2x60", "0x60"),
  ApayQueueOld: one('apay_queue_oldest_seconds{kind="load"}', "4000x60", "3000x60"),
  ApayDeadJobs: one("apay_jobs_dead", "1x60", "0x60"),
  ApayAccountsFailing: one("apay_accounts_failing", "1x480", "1x120 0x360", 7),
  ApaySourceFailing: one('apay_source_failures_total{source="v2", code="c"}', "0x30 1x10 2x10 4x10", "0x30 1x30"),
  ApayReportsNotFetched: one('apay_report_fetch_failures_total{source="v2", code="c"}', "0+1x60", "0x50 3x10"),
  ApayReportsWaiting: one("apay_reports_waiting", "10x144 300x48", "200x144 290x48", 31),
  ApayNothingLoaded: one('apay_files_loaded_total{source="v2", kind="k"}', "5x600", "5x500 6x100", 99),
  ApayFileQuarantined: one('apay_files_quarantined_total{source="v2", code="c"}', "0x30 1x30", "1x60"),
  ApayBadRows: one('apay_row_errors_total{kind="k"}', "0x30 2x30", "2x60"),
  ApayAccountsStale: one("apay_accounts_stale", "1x156", "0x156", 25),
  ApayWebhookDisabled: one("apay_webhooks_disabled", "1x60", "0x60"),
  ApayExceptionsRising: one('apay_exceptions_open{severity="error"}', "10x144 80x12", "10x144 40x12", 26),
  ApayClockOff: one("apay_clock_ahead_seconds", "-90x60", "-30x60"),
  ApayMixedVersions: {
    fires: { 'apay_build_info{version="1"}': "1x156", 'apay_build_info{version="2"}': "1x156" },
    calm: {
      'apay_build_info{version="1", instance="a"}': "1x156",
      'apay_build_info{version="1", instance="b"}': "1x156",
    },
    hours: 25,
  },
};

const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;

describe("what watches the kit", () => {
  it("is made from the tables: rules, board and runbook are as committed", () => {
    expect(rulesFile()).toBe(read("examples/deploy/alerts.yaml"));
    expect(JSON.parse(board())).toEqual(JSON.parse(read("examples/deploy/grafana.json")));
    expect(runbook()).toBe(read("docs/runbook.md"));
  });

  it("has rules over metrics that there are, and each metric of the table is set somewhere", () => {
    for (const { name, expr } of ALERTS) {
      const used = [...expr.matchAll(/\bapay_\w+/g)].map(([metric]) => metric);
      expect(
        used.filter((metric) => !names.includes(metric)),
        name,
      ).toEqual([]);
    }
    const sources = readdirSync(`${root}packages/worker/src`, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith("metrics.ts"))
      .map((file) => read(`packages/worker/src/${file}`))
      .join("\n");
    expect(names.filter((name) => !sources.includes(`kitMetric(metrics, "${name}")`))).toEqual([]);
  });

  it("shows every metric on the board, each once, none over another", () => {
    const { panels } = JSON.parse(board()) as {
      panels: { type: string; description?: string; gridPos: { x: number; y: number } }[];
    };
    const shown = panels.flatMap(({ description }) => /^`(\w+)`/.exec(description ?? "")?.[1] ?? []);
    expect(shown.toSorted()).toEqual(names.toSorted());
    const places = panels.map(({ gridPos: { x, y } }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it("has a story for each alert", () => {
    expect(Object.keys(STORIES)).toEqual(ALERTS.map(({ name }) => name));
  });

  // CI installs it; elsewhere it comes with Prometheus.
  const canTest = hasPromtool || process.env["CI"] !== undefined;
  it.skipIf(!canTest).each(Object.entries(STORIES))(
    "%s fires, and keeps quiet, as Prometheus reckons it",
    (alert, story) => {
      const folder = mkdtempSync(join(tmpdir(), "apay-rules-"));
      const interval = story.hours > 12 ? "10m" : "1m";
      const tests = [story.fires, story.calm].map((series, index) => ({
        name: index === 0 ? "fires" : "keeps quiet",
        interval,
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        promql_expr_test: [
          {
            expr: `count(ALERTS{alertname="${alert}", alertstate="firing"}) or vector(0)`,
            eval_time: `${story.hours}h`,
            exp_samples: [{ labels: "{}", value: 1 - index }],
          },
        ],
      }));
      writeFileSync(join(folder, "alerts.yaml"), rulesFile());
      writeFileSync(
        join(folder, "tests.yaml"),
        stringify({ rule_files: ["alerts.yaml"], evaluation_interval: interval, tests }),
      );
      const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", "tests.yaml"], {
        cwd: folder,
        encoding: "utf8",
      });
      rmSync(folder, { recursive: true });
      expect([status, stdout + stderr]).toEqual([0, expect.stringContaining("SUCCESS")]);
    },
  );
});
