/** Somebody's place in an {@link EarliestFirst}. */
interface Entry {
  readonly at: number;
  readonly id: string;
}

/**
 * Ids by a number, the lowest first; by id where two have the same.
 *
 * A binary heap. An id that is taken out stays in the heap until it comes up, because most expiries are taken off the
 * schedule long before they are due.
 */
export class EarliestFirst {
  #heap: Entry[] = [];
  readonly #current = new Map<string, Entry>();

  add(at: number, id: string): void {
    const entry = { at, id };
    this.#current.set(id, entry);
    const heap = this.#heap;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!earlier(entry, heap[parent] as Entry)) break;
      heap[index] = heap[parent] as Entry;
      index = parent;
    }
    heap[index] = entry;
  }

  remove(id: string): void {
    this.#current.delete(id);
  }

  /** The first id, which stays. */
  first(): string | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || this.#current.get(first.id) === first) return first?.id;
      this.#shift();
    }
  }

  clear(): void {
    this.#heap = [];
    this.#current.clear();
  }

  #shift(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && earlier(heap[child + 1] as Entry, heap[child] as Entry)) child += 1;
      if (!earlier(heap[child] as Entry, last)) break;
      heap[index] = heap[child] as Entry;
      index = child;
    }
    heap[index] = last;
  }
}

const earlier = (left: Entry, right: Entry): boolean =>
  left.at < right.at || (left.at === right.at && left.id < right.id);
