/** Something that will happen at a moment of the sandbox's clock: an expiry, a settlement, a scheduled report. */
export interface ScheduledTask {
  readonly taskId: string;
  readonly due: number;
  /** Which handler runs it: `charge.expire`, `settlement.close`, `report.complete`, … */
  readonly kind: string;
  /** Id of the object it is about. */
  readonly subject: string;
  readonly payload: unknown;
}

/** Runs an item when the clock reaches it; `now` of the engine's clock is the item's due time. */
export type TaskHandler = (item: ScheduledTask) => void;
