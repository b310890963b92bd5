/** Counters of all modules together; a number beyond comes round again. */
export declare const COUNTERS: number;
/** The program with counters, and the texts that it speaks of. */
export declare function instrumented(
  code: string,
  next: () => number,
): { readonly code: string; readonly words: readonly string[] };
