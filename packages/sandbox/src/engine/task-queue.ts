import type { Collection } from "./collection.ts";
import type { ScheduledTask } from "./scheduled-task.ts";

/** Scheduled tasks by due time, first come first served where two are due together. */
export class TaskQueue {
  readonly #items: Collection<ScheduledTask>;
  #sequence = 0;

  /** @param items with an index `subject` by {@link subjectKey}, and ordered by due time */
  constructor(items: Collection<ScheduledTask>) {
    this.#items = items;
  }

  add(due: number, kind: string, subject: string, payload: unknown): void {
    this.#sequence += 1;
    const taskId = String(this.#sequence).padStart(12, "0");
    this.#items.put(taskId, { taskId, due, kind, subject, payload });
  }

  remove(kind: string, subject: string): void {
    for (const taskId of this.#items.idsUnder("subject", subjectKey({ kind, subject }))) this.#items.delete(taskId);
  }

  /** The first item, without taking it. */
  peek(): ScheduledTask | undefined {
    const taskId = this.#items.first();
    return taskId === undefined ? undefined : this.#items.get(taskId);
  }

  /** Takes the first item off the schedule. */
  take(): ScheduledTask | undefined {
    const item = this.peek();
    if (item !== undefined) this.#items.delete(item.taskId);
    return item;
  }

  /** Numbers go on after those that are there, after durable state or a snapshot was read back. */
  rebuild(): void {
    this.#sequence = 0;
    for (const taskId of this.#items.ids()) this.#sequence = Math.max(this.#sequence, Number(taskId));
  }
}

/** What tasks are taken off the schedule by. Kinds have no spaces. */
export const subjectKey = ({ kind, subject }: Pick<ScheduledTask, "kind" | "subject">): string => `${kind} ${subject}`;
