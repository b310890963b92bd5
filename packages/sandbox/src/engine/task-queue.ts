import type { AgendaItem } from "./scheduled-task.ts";
import type { Collection } from "./collection.ts";

/**
 * Agenda items by due time, first come first served where two are due together.
 *
 * A binary heap beside the durable collection. An item that is taken off stays in the heap until it comes up, because
 * most expiries are taken off long before they are due.
 */
export class AgendaQueue {
  readonly #items: Collection<AgendaItem>;
  #heap: AgendaItem[] = [];
  #bySubject = new Map<string, Set<string>>();
  #sequence = 0;

  constructor(items: Collection<AgendaItem>) {
    this.#items = items;
  }

  add(due: number, kind: string, subject: string, payload: unknown): void {
    this.#sequence += 1;
    const agendaId = String(this.#sequence).padStart(12, "0");
    const item: AgendaItem = { agendaId, due, kind, subject, payload };
    this.#items.put(agendaId, item);
    this.#enter(item);
  }

  remove(kind: string, subject: string): void {
    const key = subjectKey(kind, subject);
    for (const agendaId of this.#bySubject.get(key) ?? []) this.#items.delete(agendaId);
    this.#bySubject.delete(key);
  }

  /** The first item that is still wanted, without taking it. */
  peek(): AgendaItem | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || this.#items.get(first.agendaId) === first) return first;
      this.#shift();
    }
  }

  /** Takes the first item off the agenda. */
  take(): AgendaItem | undefined {
    const item = this.peek();
    if (item === undefined) return undefined;
    this.#shift();
    this.#items.delete(item.agendaId);
    const key = subjectKey(item.kind, item.subject);
    const ids = this.#bySubject.get(key);
    ids?.delete(item.agendaId);
    if (ids?.size === 0) this.#bySubject.delete(key);
    return item;
  }

  /** Reads the collection anew, after durable state or a snapshot was read back. */
  rebuild(): void {
    this.#heap = [];
    this.#bySubject = new Map();
    this.#sequence = 0;
    for (const item of this.#items.values()) {
      this.#sequence = Math.max(this.#sequence, Number(item.agendaId));
      this.#enter(item);
    }
  }

  #enter(item: AgendaItem): void {
    const key = subjectKey(item.kind, item.subject);
    const ids = this.#bySubject.get(key);
    if (ids === undefined) this.#bySubject.set(key, new Set([item.agendaId]));
    else ids.add(item.agendaId);
    const heap = this.#heap;
    let index = heap.push(item) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!earlier(item, heap[parent] as AgendaItem)) break;
      heap[index] = heap[parent] as AgendaItem;
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
      if (child + 1 < heap.length && earlier(heap[child + 1] as AgendaItem, heap[child] as AgendaItem)) child += 1;
      if (!earlier(heap[child] as AgendaItem, last)) break;
      heap[index] = heap[child] as AgendaItem;
      index = child;
    }
    heap[index] = last;
  }
}

const subjectKey = (kind: string, subject: string): string => `${kind}\n${subject}`;

const earlier = (left: AgendaItem, right: AgendaItem): boolean =>
  left.due < right.due || (left.due === right.due && left.agendaId < right.agendaId);
