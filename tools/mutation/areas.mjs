/** What is mutated, which tests must notice, and the score below which the run fails (percent of the mutants); without one it is only printed. */
export const AREAS = [
  {
    name: "money",
    mutate: [
      "packages/money/src/*.ts",
      "!packages/money/src/index.ts",
      // The readers of amounts and dates as people write them are new: properties judge them (round trips, never two readings).
      // Their score has not been measured yet, and no floor is set before it is.
      "!packages/money/src/{read-amount,read-date,date-forms,time-of-day,month-names,currency-signs,printable,moment-reader,japanese-eras}.ts",
      "!packages/money/src/*.test.ts",
    ],
    tests: ["packages/money/src/**/*.test.ts"],
    atLeast: 80,
  },
  {
    name: "signing",
    mutate: [
      "packages/sdk/src/signing/*.ts",
      "!packages/sdk/src/signing/index.ts",
      // The digest of runtimes that have none: its test compares all lengths with the native one, and noticed 76 of 79
      // mutants; those that never end would take a third of the time.
      "!packages/sdk/src/signing/portable-sha256.ts",
      "!packages/sdk/src/signing/*.test.ts",
    ],
    // Ten thousand requests for every mutant would take a day; what they find, the vectors find as well.
    tests: ["packages/sdk/src/signing/{authorization,base64,headers,portable-digest,sign-and-verify,vectors}.test.ts"],
    atLeast: 86,
  },
  {
    name: "matching",
    // What decides who belongs to whom, from rows and records alone; what fetches them from the store is judged by
    // `matching.test.ts`, the known answers and the simulation, on a store and so not in a moment.
    mutate: ["packages/ledger/src/reconcile/matching/{matcher,match-rules,contains,shares,match-candidates,extra}.ts"],
    tests: ["packages/ledger/src/reconcile/matching/{matcher,shares,match-candidates,extra}.test.ts"],
    atLeast: 86,
  },
];
