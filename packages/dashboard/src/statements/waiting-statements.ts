import { createHmac } from "node:crypto";

/** A file that was sent, and that nobody has confirmed yet. */
export interface WaitingStatement {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly accountId: string | undefined;
}

const MINUTE = 60_000;

/** What is kept, and how long: a person looks at a preview for some minutes, and the memory of a server is not endless. */
export const WAITING = { minutes: 60, bytes: 96 * 1024 * 1024, files: 20 } as const;

/**
 * Statements between their preview and their import, in memory: until somebody confirms them nothing is written anywhere.
 * Each is known to the one who sent it, by a name that nobody guesses.
 */
export class WaitingStatements {
  readonly #secret: string;
  readonly #now: () => number;
  readonly #files = new Map<string, WaitingStatement & { readonly who: string; readonly until: number }>();
  #taken = 0;

  constructor(options: { readonly secret: string; readonly now: () => number }) {
    this.#secret = options.secret;
    this.#now = options.now;
  }

  /** Keeps a file. The oldest ones go where there are too many. @returns its name */
  keep(who: string, statement: WaitingStatement): string {
    this.#taken += 1;
    const id = createHmac("sha256", this.#secret).update(`statement ${this.#taken} ${who}`).digest("base64url");
    this.#files.set(id, { ...statement, who, until: this.#now() + WAITING.minutes * MINUTE });
    this.#tidy();
    return id;
  }

  /** The file of that name, if it is this person's. */
  find(who: string, id: string): WaitingStatement | undefined {
    this.#tidy();
    const found = this.#files.get(id);
    return found?.who === who ? found : undefined;
  }

  /** Lets go of it. */
  drop(id: string): void {
    this.#files.delete(id);
  }

  #tidy(): void {
    const now = this.#now();
    let bytes = 0;
    let files = 0;
    // The newest first: what is beyond the limits is older than all that stays.
    for (const [id, file] of [...this.#files].reverse()) {
      bytes += file.bytes.length;
      files += 1;
      if (file.until <= now || bytes > WAITING.bytes || files > WAITING.files) this.#files.delete(id);
    }
  }
}
