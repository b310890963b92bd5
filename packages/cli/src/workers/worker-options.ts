import { JOB_KINDS, type JobKind, type WorkerOptions } from "@amazon-pay-kit/worker";
import { CliError } from "../errors.ts";
import { text, texts, type Input } from "../program/command.ts";
import { wholeOf } from "../options/whole.ts";

/** What the options of `apay worker` say of how to work; the ledger's defaults stand for what was left out. */
export type WorkerSettings = Partial<
  Pick<
    WorkerOptions,
    "concurrency" | "shards" | "everyMinutes" | "drainMillis" | "deadAfterMillis" | "personalData" | "kinds"
  >
>;

/** Reads them. @throws CliError `usage.kind` and what a number that is none throws */
export function workerSettingsOf(input: Input): WorkerSettings {
  const kinds = kindsOf(input);
  const settings = {
    concurrency: wholeOf(text(input, "concurrency"), "--concurrency", 1),
    shards: wholeOf(text(input, "downloads"), "--downloads", 1),
    everyMinutes: wholeOf(text(input, "every"), "--every", 1),
    drainMillis: millisOf(text(input, "drain"), "--drain", 0),
    deadAfterMillis: millisOf(text(input, "takeOver"), "--take-over", 1),
    personalData: text(input, "personalData") as WorkerOptions["personalData"],
    kinds: kinds.length === 0 ? undefined : kinds,
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as WorkerSettings;
}

function kindsOf(input: Input): readonly JobKind[] {
  const kinds = texts(input, "kind") as readonly JobKind[];
  const strange = kinds.find((kind) => !JOB_KINDS.includes(kind));
  if (strange === undefined) return kinds;
  throw new CliError("usage.kind", `--kind: there is no kind of job ${JSON.stringify(strange)}`, {
    remedy: `choose from ${JOB_KINDS.join(", ")}`,
  });
}

/** Seconds of an option in milliseconds. */
function millisOf(value: string | undefined, option: string, least: number): number | undefined {
  const seconds = wholeOf(value, option, least);
  return seconds === undefined ? undefined : seconds * 1000;
}
