import type { ScheduledTask } from "./scheduled-task.ts";
import type { Collection } from "./collection.ts";

/**
 * Scheduled tasks by due time, first come first served where two are due together.
 *
 * A binary heap beside the durable collection. An item that is taken off stays in the heap until it comes up, because
 * most expiries are taken off long before they are due.
 */
export class TaskQueue {
  readonly #items: Collection<ScheduledTask>;
  #heap: ScheduledTask[] = [];
  #bySubject = new Map<string, Set<string>>();
  #sequence = 0;

  constructor(items: Collection<ScheduledTask>) {
    this.#items = items;
  }

  add(due: number, kind: string, subject: string, payload: unknown): void {
    this.#sequence += 1;
    const taskId = String(this.#sequence).padStart(12, "0");
    const item: ScheduledTask = { taskId, due, kind, subject, payload };
    this.#items.put(taskId, item);
    this.#enter(item);
  }

  remove(kind: string, subject: string): void {
    const key = subjectKey(kind, subject);
    for (const taskId of this.#bySubject.get(key) ?? []) this.#items.delete(taskId);
    this.#bySubject.delete(key);
  }

  /** The first item that is still wanted, without taking it. */
  peek(): ScheduledTask | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || this.#items.get(first.taskId) === first) return first;
      this.#shift();
    }
  }

  /** Takes the first item off the schedule. */
  take(): ScheduledTask | undefined {
    const item = this.peek();
    if (item === undefined) return undefined;
    this.#shift();
    this.#items.delete(item.taskId);
    const key = subjectKey(item.kind, item.subject);
    const ids = this.#bySubject.get(key);
    ids?.delete(item.taskId);
    if (ids?.size === 0) this.#bySubject.delete(key);
    return item;
  }

  /** Reads the collection anew, after durable state or a snapshot was read back. */
  rebuild(): void {
    this.#heap = [];
    this.#bySubject = new Map();
    this.#sequence = 0;
    for (const item of this.#items.values()) {
      this.#sequence = Math.max(this.#sequence, Number(item.taskId));
      this.#enter(item);
    }
  }

  #enter(item: ScheduledTask): void {
    const key = subjectKey(item.kind, item.subject);
    const ids = this.#bySubject.get(key);
    if (ids === undefined) this.#bySubject.set(key, new Set([item.taskId]));
    else ids.add(item.taskId);
    const heap = this.#heap;
    let index = heap.push(item) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!earlier(item, heap[parent] as ScheduledTask)) break;
      heap[index] = heap[parent] as ScheduledTask;
      index = parent;
    }
    heap[index] = item;
  }

  #shift(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && earlier(heap[child + 1] as ScheduledTask, heap[child] as ScheduledTask))
        child += 1;
      if (!earlier(heap[child] as ScheduledTask, last)) break;
      heap[index] = heap[child] as ScheduledTask;
      index = child;
    }
    heap[index] = last;
  }
}

const subjectKey = (kind: string, subject: string): string => `${kind}\n${subject}`;

const earlier = (left: ScheduledTask, right: ScheduledTask): boolean =>
  left.due < right.due || (left.due === right.due && left.taskId < right.taskId);
