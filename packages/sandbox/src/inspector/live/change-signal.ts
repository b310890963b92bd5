/** Tells waiting callers that something has changed; several changes between two looks are one. */
export class ChangeSignal {
  #count = 0;
  #waiting: (() => void)[] = [];

  /** Something has changed. */
  notify(): void {
    this.#count += 1;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  /** How many changes there were. */
  get count(): number {
    return this.#count;
  }

  /** Resolves with the count as soon as it is greater than the one that was seen last. */
  async next(seen: number): Promise<number> {
    if (this.#count <= seen) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.#count;
  }
}
