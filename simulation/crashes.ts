import type { Archive, LedgerContext, Store } from "@amazon-pay-kit/ledger";

type Db = Store["db"];
type Plugin = Parameters<Db["withPlugin"]>[0];

/** The process has died. Nothing of it goes on until it is started again. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/** What the operating system says when there is no package; databases and file systems alike. */
export class DiskFull extends Error {
  override readonly name = "DiskFull";
  readonly code = "ENOSPC";

  constructor() {
    super("no space left on device, write");
  }
}

/** Counts write boundaries, and kills the process at one of them or fills its disk for some. */
export class Mortality {
  /** Write boundaries seen since the start. */
  boundaries = 0;
  deaths = 0;
  refusals = 0;
  #left = Number.POSITIVE_INFINITY;
  #full = { from: Number.POSITIVE_INFINITY, writes: 0 };
  #dead = false;

  /** Starts the process anew; it dies after this many further write boundaries, never with infinity. */
  live(dieAfter = Number.POSITIVE_INFINITY): void {
    this.#left = dieAfter;
    this.#full = { from: Number.POSITIVE_INFINITY, writes: 0 };
    this.#dead = false;
  }

  /** Lets the disk be full for some writes, this many boundaries from now. */
  fillDisk(after: number, writes: number): void {
    this.#full = { from: this.boundaries + after, writes };
  }

  /** Something that only a living process can do. @throws Crash */
  alive(): void {
    if (this.#dead) throw new Crash("the process is dead");
  }

  /** A write boundary: before and after everything that changes a disk. @throws Crash, DiskFull */
  boundary(): void {
    this.alive();
    this.boundaries += 1;
    if (this.boundaries > this.#full.from && this.#full.writes > 0) {
      this.#full = { ...this.#full, writes: this.#full.writes - 1 };
      this.refusals += 1;
      throw new DiskFull();
    }
    this.#left -= 1;
    if (this.#left >= 0) return;
    this.#dead = true;
    this.deaths += 1;
    throw new Crash(`died at write boundary ${this.boundaries}`);
  }

  get isDead(): boolean {
    return this.#dead;
  }
}

const WRITES = new Set(["InsertQueryNode", "UpdateQueryNode", "DeleteQueryNode", "RawNode"]);

/** Makes every single statement that writes a boundary, and lets the dead ask nothing. */
function mortalQueries(mortality: Mortality): Plugin {
  return {
    transformQuery({ node }) {
      if (WRITES.has(node.kind)) mortality.boundary();
      else mortality.alive();
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
}

/** The store of a process that may die before every statement and before, at the end of, and after every transaction. */
function mortalStore(store: Store, mortality: Mortality): Store {
  const plugin = mortalQueries(mortality);
  const around = async <T>(run: () => Promise<T>): Promise<T> => {
    mortality.boundary();
    const result = await run();
    mortality.boundary();
    return result;
  };
  // Death inside rolls back: nothing of the transaction may be seen afterwards.
  const atTheEnd = async <T>(work: Promise<T>): Promise<T> => {
    const done = await work;
    mortality.boundary();
    return done;
  };
  const mortalDb = store.db.withPlugin(plugin);
  return {
    dialect: store.dialect,
    concurrentReads: store.concurrentReads,
    db: mortalDb,
    migrate: () => store.migrate(),
    close: () => store.close(),
    transaction: (work) => around(() => store.transaction((db) => atTheEnd(work(db.withPlugin(plugin))))),
    load: (work) =>
      around(() =>
        store.load((bulk) =>
          atTheEnd(
            work({
              db: bulk.db.withPlugin(plugin) as typeof bulk.db,
              into: (table, rows) => {
                mortality.boundary();
                return bulk.into(table, rows);
              },
            }),
          ),
        ),
      ),
  };
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
