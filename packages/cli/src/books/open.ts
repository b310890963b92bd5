import { mkdirSync } from "node:fs";
import { userInfo } from "node:os";
import { openLedger, type Ledger, type Store, type Verdicts } from "@amazon-pay-kit/ledger";
import type { Context } from "../program/context.ts";
import { reconcileSettingsOf } from "./settings.ts";

/** The open ledger with what the commands do with it. */
export interface OpenBooks {
  readonly ledger: Ledger;
  readonly store: Store;
  reconcile(options?: { readonly full?: boolean }): Promise<Verdicts>;
  readonly exceptions: {
    explain(accountId: string, exceptionId: string, note: string | undefined, who?: string): Promise<void>;
    resolve(accountId: string, exceptionId: string, note: string | undefined, who?: string): Promise<void>;
    reopen(accountId: string, exceptionId: string, note: string | undefined, who?: string): Promise<void>;
  };
}
