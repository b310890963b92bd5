// Writes what watches the kit: rules for Prometheus, a board for Grafana, and the runbook, all from the tables in
// packages/worker/src/metrics. examples/deploy/monitoring.test.ts compares them.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const program = `
  import { writeFileSync } from "node:fs";
  import { board, rulesFile, runbook } from "./examples/deploy/monitoring.ts";
  writeFileSync("examples/deploy/alerts.yaml", rulesFile());
  writeFileSync("examples/deploy/grafana.json", board());
  writeFileSync("docs/runbook.md", runbook());
`;
const { status } = spawnSync(
  process.execPath,
  ["--import", "tsx", "--conditions=@amazon-pay-kit/source", "--input-type=module", "-e", program],
  { cwd: root, stdio: "inherit" },
);
process.exitCode = status ?? 1;
