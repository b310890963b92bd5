/** Test vectors in the form of Project Wycheproof, made by ourselves: see make.ts. */

export type Result = "valid" | "invalid" | "acceptable";

/** One case. */
export interface Vector {
  readonly tcId: number;
  readonly comment: string;
  /** Hex, or for keys in PEM the text. */
  readonly msg?: string;
  readonly sig?: string;
  readonly encoding?: string;
  readonly result: Result;
  readonly flags: readonly string[];
}

/** Cases with the same key or the same kind of input. */
export interface VectorGroup {
  readonly type: string;
  readonly sha?: string;
  readonly mgf?: string;
  readonly mgfSha?: string;
  readonly sLen?: number;
  readonly keySize?: number;
  readonly publicKeyPem?: string;
  readonly format?: "pem" | "der";
  readonly tests: readonly Vector[];
}

/** A file of vectors. */
export interface VectorFile {
  readonly algorithm: string;
  readonly generatorVersion: string;
  readonly numberOfTests: number;
  readonly header: readonly string[];
  /** What each flag means. */
  readonly notes: Readonly<Record<string, string>>;
  readonly schema: string;
  readonly testGroups: readonly VectorGroup[];
}

/** A case before it has its number. */
export type Draft = Omit<Vector, "tcId">;

/** Numbers the cases and counts them. */
export function fileOf(
  parts: Omit<VectorFile, "generatorVersion" | "numberOfTests" | "testGroups"> & {
    readonly groups: readonly (Omit<VectorGroup, "tests"> & { readonly tests: readonly Draft[] })[];
  },
): VectorFile {
  const { groups, ...rest } = parts;
  let tcId = 0;
  const testGroups = groups.map(({ tests, ...group }) => ({
    ...group,
    tests: tests.map((test) => ({ tcId: (tcId += 1), ...test })),
  }));
  return { ...rest, generatorVersion: "1", numberOfTests: tcId, testGroups };
}
