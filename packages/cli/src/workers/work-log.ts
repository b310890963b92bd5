import type { Logger } from "@amazon-pay-kit/ledger";
import type { JobEvent } from "@amazon-pay-kit/worker";
import type { Context } from "../program/context.ts";

/** What a log line may hold: facts, never a secret, never data of a buyer. */
function words(fields: object): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name}=${typeof value === "string" && /\s/.test(value) ? JSON.stringify(value) : value}`)
    .join(" ");
}

/** A log on the error stream: lines for people, one JSON object a line with `--json`. */
export function workLog(context: Context): Logger {
  const write = (level: "info" | "warn" | "error") => (message: string, fields: object) => {
    const at = new Date(context.clock.now()).toISOString();
    if (context.json) context.terminal.err.write(`${JSON.stringify({ ...fields, at, level, message })}\n`);
    else if (level === "info") context.info(`${at} ${message} ${words(fields)}`);
    else
      context.terminal.err.write(
        `${at} ${context.paint(level === "warn" ? "yellow" : "red", message)} ${words(fields)}\n`,
      );
  };
  return { info: write("info"), warn: write("warn"), error: write("error") };
}

/** Logs every job that ended well; the worker itself logs the others. */
export function jobLog(log: Logger): (event: JobEvent) => void {
  return ({ job, outcome, seconds }) => {
    if (outcome === "done") log.info?.(`${job.kind} done`, { ...job.order, seconds: Math.round(seconds * 100) / 100 });
  };
}
