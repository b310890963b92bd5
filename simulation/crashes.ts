import type { Archive, LedgerContext, Store } from "@amazon-pay-kit/ledger";

/** The process has died. Nothing of it goes on until it is started again. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/** Counts write boundaries and kills the process at one of them. */
export class Mortality {
  /** Write boundaries seen since the start. */
  boundaries = 0;
  deaths = 0;
  #left = Number.POSITIVE_INFINITY;
  #dead = false;

  /** Lets the process die after so many further write boundaries; never with infinity. */
  dieAfter(boundaries: number): void {
    this.#left = boundaries;
    this.#dead = false;
  }

  /** A write boundary: before and after everything that changes a disk. @throws Crash */
  boundary(): void {
    if (this.#dead) throw new Crash("the process is dead");
    this.boundaries += 1;
    this.#left -= 1;
    if (this.#left >= 0) return;
    this.#dead = true;
    this.deaths += 1;
    throw new Crash(`died at write boundary ${this.boundaries}`);
  }

  /** Whether the process is alive. */
  get alive(): boolean {
    return !this.#dead;
  }
}

/** The store of a process that may die before, inside and after every transaction. */
function mortalStore(store: Store, mortality: Mortality): Store {
  return new Proxy(store, {
    get(target, name) {
      if (name !== "transaction") return Reflect.get(target, name, target) as unknown;
      return async (work: Parameters<Store["transaction"]>[0]) => {
        mortality.boundary();
        const result = await target.transaction(async (db) => {
          const done = await work(db);
          // Death here rolls back: nothing of the transaction may be seen afterwards.
          mortality.boundary();
          return done;
        });
        mortality.boundary();
        return result;
      };
    },
  });
}

/** The archive of a process that may die around every file it keeps. */
function mortalArchive(archive: Archive, mortality: Mortality): Archive {
  return {
    async receive(bytes) {
      mortality.boundary();
      const receipt = await archive.receive(bytes);
      return {
        ...receipt,
        async keep(owner, report) {
          mortality.boundary();
          const kept = await receipt.keep(owner, report);
          mortality.boundary();
          return kept;
        },
        discard: () => receipt.discard(),
      };
    },
    async link(path, report) {
      mortality.boundary();
      await archive.link(path, report);
      mortality.boundary();
    },
    read: (path) => archive.read(path),
    describe: (path) => archive.describe(path),
    entries: () => archive.entries(),
  };
}

/** The same ledger as a process sees it that may die at any write. */
export function mortal(context: LedgerContext, mortality: Mortality): LedgerContext {
  return {
    ...context,
    store: mortalStore(context.store, mortality),
    archive: mortalArchive(context.archive, mortality),
  };
}
