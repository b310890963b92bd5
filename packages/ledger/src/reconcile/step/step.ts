import type { Kysely } from "kysely";
import type { Finder } from "../exceptions/replace-findings.ts";
import type { Schema } from "../../store/schema/index.ts";
import type { Settings } from "../settings.ts";

/** What every step of a run works with: one account, one transaction, one moment. */
export interface Step extends Finder {
  readonly db: Kysely<Schema>;
  readonly accountId: string;
  /** When the run began. */
  readonly now: number;
  readonly settings: Settings;
  /** `sandbox` or `live`. */
  readonly environment: string;
  readonly dialect: "sqlite" | "postgres";
}

/** Runs some work in a transaction of its own, or in one that all of a small run shares. */
export type InStep = <T>(work: (step: Step) => Promise<T>) => Promise<T>;
