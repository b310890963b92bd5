import { createHash } from "node:crypto";
import type { Archive, ArchiveEntry, ArchivedReport, KeptFile, Sidecar } from "../archive.ts";
import { ArchiveError } from "../errors.ts";
import { extensionOf, kindOfPath, placeOf, sidecarPathOf, variantOf } from "../place.ts";
import { readSidecar, sidecarText, withReport } from "../sidecar.ts";

function missing(path: string): ArchiveError {
  return new ArchiveError("archive.missing", `${path} is not in the archive (in memory)`);
}

/** An archive that vanishes with the process: for tests, trials and simulation. Its objects are open to tampering. */
export interface MemoryArchive extends Archive {
  readonly objects: Map<string, Uint8Array>;
}

/** Opens an empty archive in memory. */
export function openMemoryArchive(): MemoryArchive {
  const objects = new Map<string, Uint8Array>();
  const hashAt = (path: string): string | undefined => {
    const bytes = objects.get(path);
    return bytes === undefined ? undefined : createHash("sha256").update(bytes).digest("hex");
  };
  const describe = (path: string): Sidecar | undefined => {
    const beside = sidecarPathOf(path);
    const bytes = objects.get(beside);
    return bytes === undefined ? undefined : readSidecar(beside, new TextDecoder().decode(bytes));
  };
  const describeAs = (path: string, sidecar: Sidecar): void => {
    objects.set(sidecarPathOf(path), new TextEncoder().encode(sidecarText(sidecar)));
  };
  const keep = (bytes: Uint8Array, sidecar: Sidecar, report: ArchivedReport): KeptFile => {
    const place = placeOf(sidecar, report);
    const extension = extensionOf(bytes);
    const first = `${place}${extension}`;
    const there = hashAt(first);
    const path =
      there === undefined || there === sidecar.contentHash
        ? first
        : `${variantOf(place, sidecar.contentHash)}${extension}`;
    objects.set(path, bytes);
    const known = describe(path);
    describeAs(path, known === undefined ? sidecar : withReport(known, report));
    return { path, differsFrom: path === first ? null : first };
  };
  return {
    objects,
    async receive(pieces) {
      const parts: Uint8Array[] = [];
      for await (const piece of pieces) parts.push(piece.slice());
      const bytes = new Uint8Array(Buffer.concat(parts));
      const contentHash = createHash("sha256").update(bytes).digest("hex");
      const facts = { version: 1, contentHash, byteCount: bytes.length } as const;
      return {
        contentHash,
        byteCount: bytes.length,
        keep: async (owner, report) => keep(bytes, { ...owner, ...facts, reports: [report] }, report),
        discard: async () => {},
      };
    },
    async *read(path) {
      const bytes = objects.get(path);
      if (bytes === undefined) throw missing(path);
      yield bytes.slice();
    },
    describe: async (path) => describe(path),
    async link(path, report) {
      const sidecar = describe(path);
      if (sidecar === undefined) throw missing(path);
      describeAs(path, withReport(sidecar, report));
    },
    async *entries({ folder, after = "" } = {}) {
      for (const path of [...objects.keys()].sort()) {
        if (path <= after || (folder !== undefined && !path.startsWith(`${folder}/`))) continue;
        yield { path, kind: kindOfPath(path) } satisfies ArchiveEntry;
      }
    },
  };
}
