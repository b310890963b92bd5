import type { Clock } from "@amazon-pay-kit/sdk/clock";

/** The sandbox's own time: the base clock plus what it has been moved by. */
export class VirtualClock {
  readonly #base: Clock;
  #offset = 0;
  #held: number | undefined;

  constructor(base: Clock) {
    this.#base = base;
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#held ?? this.#base.now() + this.#offset;
  }

  /** The base clock's own time, which clients on the same machine sign with. */
  real(): number {
    return this.#base.now();
  }

  /** How far the clock has been moved, in milliseconds; negative when it was put back. */
  get offset(): number {
    return this.#offset;
  }

  set offset(millis: number) {
    this.#offset = millis;
  }

  /** Makes this moment the present one; time goes on from there. */
  set(instant: number): void {
    this.#offset = instant - this.#base.now();
  }

  /** Runs work during which the clock stands at a moment: an scheduled task happens at its due time, not later. */
  at<T>(instant: number, work: () => T): T {
    const earlier = this.#held;
    this.#held = instant;
    try {
      return work();
    } finally {
      this.#held = earlier;
    }
  }
}
