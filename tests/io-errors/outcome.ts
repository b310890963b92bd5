import type { Fault } from "./plan.ts";

/** The run without a fault. */
export interface Undisturbed {
  /** Calls that change the disk. */
  readonly calls: number;
  /** Rows in its books. */
  readonly rows: number;
}

/** What became of one run whose disk failed. */
export interface Outcome {
  /** Number of the call that failed, from 1. */
  readonly at: number;
  readonly fault: Fault;
  /** What failed: `write`, `sync`, … */
  readonly call: string;
  /** How the run ended: with the code of an error, or `ended` where the fault did no harm. */
  readonly ended: string;
  readonly message: string;
  /** What is wrong; empty when all is well. */
  readonly problems: readonly string[];
}

/** What a process with a failing disk says, a line each: of the undisturbed run first. */
export type Line = Undisturbed | Outcome;
