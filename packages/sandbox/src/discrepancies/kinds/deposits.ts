import { alphanumeric } from "@amazon-pay-kit/sdk/random";
import { changeDeposit } from "../../settlement/bank-statement.ts";
import type { BankKind } from "../kind.ts";

/** What the bank books otherwise than Amazon paid. */
export const DEPOSIT_KINDS: readonly BankKind[] = [
  {
    kind: "missing-deposit",
    does: "lets a payout never arrive at the bank",
    stage: "bank",
    leadsTo: ["bank.missing-deposit"],
    mayFollow: [],
    inject: (engine, { settlementId, transferred, currency }) => {
      if (transferred === 0n) return null;
      changeDeposit(engine, { settlementId, what: "missing" });
      return { what: `the payout of settlement ${settlementId} never arrives`, minor: -transferred, currency };
    },
  },
  {
    kind: "wrong-deposit",
    does: "lets another amount arrive at the bank than was paid out",
    stage: "bank",
    leadsTo: ["match.amount"],
    mayFollow: ["bank.missing-deposit", "bank.unknown-deposit"],
    inject: (engine, { settlementId, transferred, currency }) => {
      const minor = -125n;
      if (transferred + minor <= 0n) return null;
      changeDeposit(engine, { settlementId, what: "amount", minor });
      return { what: `the deposit of settlement ${settlementId} is 125 minor units short`, minor, currency };
    },
  },
  {
    kind: "unknown-deposit",
    does: "lets a deposit arrive that no settlement paid out",
    stage: "bank",
    leadsTo: ["bank.unknown-deposit"],
    mayFollow: [],
    inject: (engine, { settlementId, transferred, currency }) => {
      if (transferred === 0n) return null;
      const [minor, referenceId] = [4321n, alphanumeric(engine.random, 15)];
      changeDeposit(engine, { settlementId, what: "extra", minor, referenceId });
      return { what: `a deposit ${referenceId} arrives beside that of settlement ${settlementId}`, minor, currency };
    },
  },
];
