import fc from "fast-check";

/** A mutant that a hundred examples would find, twenty find as well, nearly always; and there are hundreds of mutants. */
fc.configureGlobal({ numRuns: 20 });
