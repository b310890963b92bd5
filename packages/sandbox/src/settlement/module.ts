import type { Module } from "../module.ts";
import { booksControl } from "./control/routes.ts";
import type { Engine } from "../engine/engine.ts";
import { openMovements } from "./account.ts";
import { postAuthorizationFee, postCapture, postContest, postDispute, postRefund } from "./postings/postings.ts";
import { handleClosings } from "./periods/settlement-clock.ts";

/** Begins to keep books: from now on every event that moves money is posted, and settlements close on the clock. */
export function installBooks(engine: Engine): void {
  openMovements(engine).index("account", (open) => open.accountId);
  const { bus } = engine;
  bus.on("charge.captured", ({ charge }) => postCapture(engine, charge));
  bus.on("charge.uncaptured", ({ charge }) => postAuthorizationFee(engine, charge));
  bus.on("refund.refunded", ({ refund }) => postRefund(engine, refund));
  bus.on("dispute.posted", ({ dispute, direction }) => postDispute(engine, dispute, direction));
  bus.on("dispute.changed", ({ dispute }) => postContest(engine, dispute));
  handleClosings(engine);
}

/** The money side: what moved, what it cost, what was settled and paid out. */
export const settlementModule: Module = {
  name: "books",
  install({ engine }) {
    installBooks(engine);
    return { control: booksControl(engine) };
  },
};
