/** A rule that tells somebody, and what that person does. */
export interface Alert {
  readonly name: string;
  /** PromQL, true while there is something to do. */
  readonly expr: string;
  /** How long it must hold before anybody is told. */
  readonly lasts: string;
  /** `page`: at once, day and night. `ticket`: on the next working day. */
  readonly severity: "page" | "ticket";
  /** One line. Prometheus fills in what stands between double braces, such as a label. */
  readonly summary: string;
  /** What it means for the books. */
  readonly meaning: string;
  /** What to look at and to do, in order. */
  readonly steps: readonly string[];
}

/** Every alert. Rules for Prometheus, the runbook and their tests are made from it (`node scripts/monitoring.mjs`). */
export const ALERTS: readonly Alert[] = [
  {
    name: "ApayDown",
    expr: 'up{job="apay"} == 0',
    lasts: "15m",
    severity: "page",
    summary: "{{ $labels.instance }} does not answer",
    meaning:
      "A worker or `apay sync --watch` is gone. Other workers have taken over its jobs after 45 seconds; where it was the only one, nothing is brought in. Amazon Pay keeps reports for 90 days, so nothing is lost yet.",
    steps: [
      "Read why it ended: `systemctl status apay-worker` or `docker compose logs worker`. Status 2 is a configuration that makes no sense: the last line names the setting.",
      "Start it again. It may have been killed at any moment without harm.",
    ],
  },
  {
    name: "ApayWorkerStuck",
    expr: "time() - apay_worker_round_timestamp_seconds > 120",
    lasts: "5m",
    severity: "page",
    summary: "{{ $labels.instance }} answers, and has not looked for work for minutes",
    meaning: "The worker's loop is stuck. `/readyz` says 503, `/livez` 200.",
    steps: [
      "Look for a statement that does not end: `select pid, state, now() - query_start, query from pg_stat_activity where datname = current_database() order by 3 desc`.",
      "Restart the worker: its jobs are put back, and finished work is not done twice.",
    ],
  },
  {
    name: "ApayDatabaseAway",
    expr: "apay_database_up == 0",
    lasts: "5m",
    severity: "page",
    summary: "{{ $labels.instance }} gets no answer from the database",
    meaning: "Nothing is brought in, and all figures about the queue are old. Workers wait; they need no restart.",
    steps: [
      '`psql "$DATABASE_URL" -c "select 1"` from that host: is it the server, the network or the pooler?',
      "When it is back, workers go on by themselves within a minute.",
    ],
  },
  {
    name: "ApayArchiveAway",
    expr: "apay_archive_up == 0",
    lasts: "10m",
    severity: "page",
    summary: "{{ $labels.instance }} can neither read nor write the archive",
    meaning:
      "The bucket is away, its credentials are wrong, or the disk is full. Downloads and loading wait, so that no allowance of a merchant is spent in vain; listing goes on.",
    steps: [
      "`apay doctor` on that host tries the archive and says what is wrong.",
      "Disk full: free some space. Credentials: renew them. Workers try again by themselves, every five minutes at the latest.",
    ],
  },
  {
    name: "ApayReportsExpiring",
    expr: "max(apay_reports_expiring) > 0",
    lasts: "30m",
    severity: "page",
    summary: "{{ $value }} reports are not fetched yet and are deleted by Amazon Pay within 14 days",
    meaning: "Rows that nobody else has will be gone. This is the one alert after which something cannot be made good.",
    steps: [
      "The page Reports of the dashboard shows which wait; `apay jobs list --dead` shows why.",
      "A wrong key: `apay accounts rotate`. A used-up rate: more time, no more workers. Then `apay jobs retry --all`.",
      "Not solvable in time: `apay reports download ID --account NAME` by hand, then `apay reports load FILE`.",
    ],
  },
  {
    name: "ApayQueueOld",
    expr: 'max by (kind) (apay_queue_oldest_seconds{kind=~"fetch|load|reconcile"}) > 3600',
    lasts: "15m",
    severity: "ticket",
    summary: "a {{ $labels.kind }} job has waited for more than an hour",
    meaning: "There is more work than the workers do, or one merchant's rate is used up.",
    steps: [
      "`apay jobs status`: is it one account, or all?",
      "All, and processors are busy: start more workers. One: its rate is what Amazon Pay allows; it gets through.",
    ],
  },
  {
    name: "ApayDeadJobs",
    expr: "max(apay_jobs_dead) > 0",
    lasts: "15m",
    severity: "ticket",
    summary: "{{ $value }} jobs failed for good",
    meaning: "A dead job is not tried again by itself, unless the account's key works again.",
    steps: [
      "`apay jobs list --dead` names account, job and what was answered.",
      "Mend the cause, then `apay jobs retry ID` or `apay jobs retry --all`.",
    ],
  },
  {
    name: "ApayAccountsFailing",
    expr: "max(apay_accounts_failing) > 0",
    lasts: "6h",
    severity: "ticket",
    summary: "the reports of {{ $value }} accounts cannot be listed",
    meaning: "Keys that were revoked, or a merchant whose account is closed. Each is tried again about every hour.",
    steps: [
      "`apay jobs list --dead`, or the alerts of the dashboard, name them.",
      "A new key: `apay accounts rotate NAME`. A merchant that has left: `apay accounts pause NAME --note …`.",
    ],
  },
  {
    name: "ApaySourceFailing",
    expr: "sum by (source, code) (increase(apay_source_failures_total[6h])) >= 3",
    lasts: "0m",
    severity: "ticket",
    summary: "{{ $labels.source }} cannot be read ({{ $labels.code }})",
    meaning: "Listing failed at least three times in six hours with the same code.",
    steps: ["Look the code up in docs/troubleshooting.md.", "`apay doctor` tries key, clock, region and connection."],
  },
  {
    name: "ApayReportsNotFetched",
    expr: "sum by (code) (increase(apay_report_fetch_failures_total[6h])) >= 10",
    lasts: "0m",
    severity: "ticket",
    summary: "reports cannot be fetched ({{ $labels.code }})",
    meaning: "Downloads fail and are tried again, ever more seldom. Amazon Pay deletes reports after 90 days.",
    steps: [
      "Look the code up in docs/troubleshooting.md.",
      "The page Reports of the dashboard shows which were given up.",
    ],
  },
  {
    name: "ApayReportsWaiting",
    expr: "max(apay_reports_waiting) - max(apay_reports_waiting offset 1d) > 100",
    lasts: "6h",
    severity: "ticket",
    summary: "{{ $value }} more reports wait than a day ago",
    meaning: "More reports come than are brought in.",
    steps: ["`apay jobs status` shows which kind of job is behind.", "Start more workers, or mend what fails."],
  },
  {
    name: "ApayNothingLoaded",
    expr: "sum(increase(apay_files_loaded_total[4d])) == 0",
    lasts: "1h",
    severity: "ticket",
    summary: "no report in four days",
    meaning: "Settlements come at least every two weeks, transaction reports daily where a schedule asks for them.",
    steps: [
      "`apay reports schedules list`: is there a schedule still?",
      "`apay sync --once` by hand says what the service has.",
    ],
  },
  {
    name: "ApayFileQuarantined",
    expr: "sum by (source, code) (increase(apay_files_quarantined_total[1h])) > 0",
    lasts: "0m",
    severity: "ticket",
    summary: "a report file cannot be used ({{ $labels.code }})",
    meaning: "The bytes are in the archive, and none of the rows is in the books. Its period is incomplete.",
    steps: [
      "`apay exceptions list --code report.quarantined` names the file and what is wrong.",
      "A damaged download: `apay reports download ID` again. Another form: send the file's header with `apay doctor --report`.",
    ],
  },
  {
    name: "ApayBadRows",
    expr: "sum by (kind) (increase(apay_row_errors_total[1h])) > 0",
    lasts: "0m",
    severity: "ticket",
    summary: "rows of a {{ $labels.kind }} report cannot be read",
    meaning: "The file's other rows are in the books. The settlement does not balance without these.",
    steps: ["`apay exceptions list --code row.unreadable` names file, line and cell."],
  },
  {
    name: "ApayAccountsStale",
    expr: "max(apay_accounts_stale) > 0",
    lasts: "1d",
    severity: "ticket",
    summary: "{{ $value }} accounts had no settlement for 35 days",
    meaning: "The accounts have stopped selling, or their settlements do not arrive.",
    steps: [
      "`apay reconcile --account NAME`: `coverage` says which reports are late or missing.",
      "A merchant that has left: `apay accounts pause NAME --note …`; its books stay.",
    ],
  },
  {
    name: "ApayWebhookDisabled",
    expr: "max(apay_webhooks_disabled) > 0",
    lasts: "10m",
    severity: "ticket",
    summary: "{{ $value }} hooks of accounts failed for days and are told nothing more",
    meaning:
      "A receiver of events was away for as long as `disableAfterDays` says. Its events wait; they are kept for 30 days.",
    steps: [
      "`apay webhooks list --trouble` shows which, since when, and the last error.",
      "Mend the receiver, try it with `apay webhooks test NAME`, then `apay webhooks enable NAME`: it gets everything that waits, in order.",
    ],
  },
  {
    name: "ApayExceptionsRising",
    expr: 'max(apay_exceptions_open{severity="error"}) - max(apay_exceptions_open{severity="error"} offset 1d) > 50',
    lasts: "1h",
    severity: "ticket",
    summary: "{{ $value }} more exceptions than a day ago",
    meaning: "Often one cause with many consequences: a lost file, a settlement that came again, a changed setting.",
    steps: [
      "`apay exceptions list` shows causes first, with the money at risk.",
      "Mend the cause, then `apay reconcile`.",
    ],
  },
  {
    name: "ApayClockOff",
    expr: "abs(apay_clock_ahead_seconds) > 60",
    lasts: "15m",
    severity: "ticket",
    summary: "the clock of {{ $labels.instance }} is off by {{ $value }} s",
    meaning:
      "Workers go by the database's clock. Signatures go by the host's: beyond five minutes Amazon Pay refuses them.",
    steps: ["Set the clock, and start its synchronization: `timedatectl set-ntp true`."],
  },
  {
    name: "ApayMixedVersions",
    expr: "count(count by (version) (apay_build_info)) > 1",
    lasts: "1d",
    severity: "ticket",
    summary: "workers of {{ $value }} versions have run side by side for a day",
    meaning: "A rollout has stopped half-way. That works as long as the tables admit the older version.",
    steps: ["`apay database version` says which versions work.", "Finish the rollout, or go back."],
  },
];
