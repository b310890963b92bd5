import {
  exportIncrement,
  type Exported,
  type ExportOptions,
  type Increment,
  LAKE_FORMATS,
  type LakeFormat,
  type LakeTarget,
  lakeTarget,
} from "@amazon-pay-kit/ledger/export";
import { resolve } from "node:path";
import { accountsOf } from "@amazon-pay-kit/ledger";
import { CliError } from "../errors.ts";
import type { Context } from "../program/context.ts";
import type { OpenBooks } from "./open.ts";

/** An incremental export as the command line asks for it. */
export interface AskedIncrement {
  /** A folder, or `s3://bucket/prefix`. */
  readonly place: string;
  readonly format: LakeFormat;
  readonly tables: readonly Exported[] | undefined;
  readonly accountGroup: string | undefined;
  readonly full: boolean;
  readonly journal: Pick<ExportOptions, "detail" | "accrual" | "feeTax" | "settings">;
}

/** @throws CliError `export.incremental` for a format that has no files by day */
export function lakeFormatOf(format: string | undefined): LakeFormat {
  const found = LAKE_FORMATS.find((one) => one === (format ?? "parquet"));
  if (found !== undefined) return found;
  throw new CliError("export.incremental", `--incremental writes ${LAKE_FORMATS.join(" or ")}, not ${format}`, {
    remedy: "leave --format out, or use --format csv",
  });
}

function targetOf(context: Context, place: string): Promise<LakeTarget> {
  const { archive } = context.config();
  // The bucket of the archive is mostly at the same storage; without one the AWS environment says where.
  const reach =
    archive === null
      ? {}
      : { region: archive.region, endpoint: archive.endpoint, forcePathStyle: archive.forcePathStyle };
  return lakeTarget(/^[a-z][a-z0-9+.-]+:\/\//i.test(place) ? place : resolve(context.terminal.cwd, place), reach);
}

/** Brings an export up to date, for one account after the other. */
export async function bringExportUpToDate(
  context: Context,
  { ledger, books }: OpenBooks,
  asked: AskedIncrement,
): Promise<readonly Increment[]> {
  const target = await targetOf(context, asked.place);
  const done: Increment[] = [];
  try {
    for (const accountId of await accountsOf(books)) {
      context.progress.update(`exporting ${accountId}`, done.length);
      const { format, tables, accountGroup, full, journal } = asked;
      const { store, clock, random } = ledger;
      done.push(
        await exportIncrement(
          { store, clock, random, accountId },
          { ...journal, target, format, tables, accountGroup, full, signal: context.signal },
        ),
      );
    }
    return done;
  } finally {
    context.progress.end();
    target.close();
  }
}
