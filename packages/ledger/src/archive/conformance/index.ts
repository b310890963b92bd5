import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Archive, ArchivedReport, ArchiveOwner, EntryScope } from "../archive.ts";
import { verifyArchive, type ArchiveFinding, type ExpectedFile } from "../verify.ts";

/** An archive together with the means to tamper with it behind its back. */
export interface ArchiveUnderTest {
  readonly archive: Archive;
  overwrite(path: string, bytes: Uint8Array): Promise<void>;
  remove(path: string): Promise<void>;
}

const OWNER: ArchiveOwner = { accountId: "A1/Ü", region: "eu", environment: "live" };

const report = (reportId: string): ArchivedReport => ({
  source: "v2",
  reportId,
  reportType: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_",
  windowStart: Date.UTC(2026, 0, 31, 23, 59, 59),
  windowEnd: Date.UTC(2026, 1, 1),
  createdAt: null,
  fetchedAt: Date.UTC(2026, 1, 2),
});

const PLACE = "A1%2f%c3%9c/eu/live/settlement-data/2026/01/20260131T235959Z_20260201T000000Z_R1";

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

async function textOf(archive: Archive, path: string): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const piece of archive.read(path)) parts.push(piece);
  return Buffer.concat(parts).toString();
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

async function findings(archive: Archive, expected?: ExpectedFile[]): Promise<ArchiveFinding[]> {
  const books =
    expected === undefined
      ? undefined
      : {
          folders: [...new Set(expected.map(({ path }) => path.split("/")[0] ?? ""))],
          of: async function* (folder: string) {
            yield* expected.filter(({ path }) => path.startsWith(`${folder}/`));
          },
        };
  const found: ArchiveFinding[] = [];
  for await (const file of verifyArchive(archive, books)) found.push(...file.findings);
  return found;
}

async function paths(archive: Archive): Promise<string[]> {
  const found: string[] = [];
  for await (const { path, kind } of archive.entries()) if (kind !== "other") found.push(path);
  return found.sort();
}

/** What every archive must do. */
export function archiveConformance(name: string, openEmpty: () => Promise<ArchiveUnderTest>): void {
  describe(`${name} archive`, () => {
    it("keeps nothing of bytes that break off", async () => {
      const { archive } = await openEmpty();
      const broken = archive.receive(
        (async function* () {
          yield Buffer.from("half");
          throw new Error("connection reset");
        })(),
      );
      await expect(broken).rejects.toThrow("connection reset");
      expect(await paths(archive)).toEqual([]);
      expect(await findings(archive)).toEqual([]);
    });

    it("keeps nothing of bytes that are discarded", async () => {
      const { archive } = await openEmpty();
      const receipt = await archive.receive(pieces("a,b\n"));
      await receipt.discard();
      expect(await findings(archive)).toEqual([]);
    });

    it("names what it does not have", async () => {
      const { archive } = await openEmpty();
      await expect(textOf(archive, "A1/none.csv")).rejects.toMatchObject({ code: "archive.missing" });
      await expect(archive.link("A1/none.csv", report("R1"))).rejects.toMatchObject({ code: "archive.missing" });
      expect(await archive.describe("A1/none.csv")).toBeUndefined();
    });

    it("gives back the bytes as they came, under account, region, environment, type and window", async () => {
      const { archive } = await openEmpty();
      const receipt = await archive.receive(pieces("a,", "b\n"));
      expect([receipt.contentHash, receipt.byteCount]).toEqual([sha256("a,b\n"), 4]);
      expect(await receipt.keep(OWNER, report("R1"))).toEqual({ path: `${PLACE}.csv`, differsFrom: null });
      expect(await textOf(archive, `${PLACE}.csv`)).toBe("a,b\n");
      const sidecar = await archive.describe(`${PLACE}.csv`);
      expect(sidecar).toEqual({
        ...OWNER,
        version: 1,
        contentHash: sha256("a,b\n"),
        byteCount: 4,
        reports: [report("R1")],
      });
      expect(await paths(archive)).toEqual([`${PLACE}.csv`, `${PLACE}.csv.json`]);
      expect(await findings(archive)).toEqual([]);
    });

    it("does not care how often the same report is kept", async () => {
      const { archive } = await openEmpty();
      for (let time = 0; time < 3; time += 1) await (await archive.receive(pieces("a,b\n"))).keep(OWNER, report("R1"));
      expect(await paths(archive)).toHaveLength(2);
      expect((await archive.describe(`${PLACE}.csv`))?.reports).toHaveLength(1);
    });

    it("keeps other bytes of the same report beside the first", async () => {
      const { archive } = await openEmpty();
      await (await archive.receive(pieces("a,b\n"))).keep(OWNER, report("R1"));
      const other = await (await archive.receive(pieces("a,c\n"))).keep(OWNER, report("R1"));
      expect(other).toEqual({ path: `${PLACE}~${sha256("a,c\n").slice(0, 12)}.csv`, differsFrom: `${PLACE}.csv` });
      expect([await textOf(archive, `${PLACE}.csv`), await textOf(archive, other.path)]).toEqual(["a,b\n", "a,c\n"]);
      expect(await (await archive.receive(pieces("a,c\n"))).keep(OWNER, report("R1"))).toEqual(other);
      expect(await findings(archive)).toEqual([]);
    });

    it("lists in the order of the paths, one account's files alone, and what comes behind a path", async () => {
      const { archive } = await openEmpty();
      // The stroke that ends a folder's name comes behind the hyphen: "A1-b/" before "A1/".
      for (const accountId of ["A1", "B2", "A1-b"])
        for (const id of ["R2", "R1"])
          await (await archive.receive(pieces(`${accountId} ${id}\n`))).keep({ ...OWNER, accountId }, report(id));
      const listed = async (scope: EntryScope): Promise<string[]> => {
        const found: string[] = [];
        for await (const { path } of archive.entries(scope)) found.push(path);
        return found;
      };
      const all = await listed({});
      expect(all).toHaveLength(12);
      expect(all).toEqual(all.toSorted());
      expect(all[0]).toMatch(/^A1-b\//);
      expect(await listed({ folder: "A1" })).toEqual(all.slice(4, 8));
      expect(await listed({ after: all[6] })).toEqual(all.slice(7));
      expect(await listed({ folder: "A1", after: all[5] })).toEqual(all.slice(6, 8));
      expect(await listed({ folder: "nobody" })).toEqual([]);
    });

    it("is verified in parts as it is as a whole, whatever is missing", async () => {
      const { archive } = await openEmpty();
      const books: ExpectedFile[] = [];
      for (const accountId of ["A1", "B2", "A1-b"])
        for (const id of ["R1", "R3"]) {
          const receipt = await archive.receive(pieces(`${accountId} ${id}\n`));
          const { path } = await receipt.keep({ ...OWNER, accountId }, report(id));
          books.push({ path, contentHash: receipt.contentHash, byteCount: receipt.byteCount });
          // One that is missing behind each that is there, and an account of which nothing is there.
          books.push({ path: path.replace(".csv", "x.csv"), contentHash: "0", byteCount: 0 });
          books.push({ path: path.replace(accountId, `${accountId}0`), contentHash: "0", byteCount: 0 });
        }
      const known = {
        folders: [...new Set(books.map(({ path }) => path.split("/")[0] ?? ""))],
        of: async function* (folder: string) {
          yield* books.filter(({ path }) => path.startsWith(`${folder}/`));
        },
      };
      const whole: string[] = [];
      for await (const file of verifyArchive(archive, known)) {
        whole.push(file.path);
        expect(file.findings.map(({ problem }) => problem)).toEqual(/0\/|x\.csv/.test(file.path) ? ["missing"] : []);
      }
      expect(whole).toEqual(books.map(({ path }) => path).toSorted());
      for (const [index, after] of whole.entries()) {
        const rest: string[] = [];
        for await (const { path } of verifyArchive(archive, known, { after })) rest.push(path);
        expect(rest).toEqual(whole.slice(index + 1));
      }
      const one: string[] = [];
      for await (const { path } of verifyArchive(archive, known, { folder: "A1" })) one.push(path);
      expect(one).toEqual(whole.filter((path) => path.startsWith("A1/")));
    });

    it("links another report that delivered the same bytes, once", async () => {
      const { archive } = await openEmpty();
      const { path } = await (await archive.receive(pieces("a,b\n"))).keep(OWNER, report("R1"));
      await archive.link(path, report("R2"));
      await archive.link(path, report("R2"));
      expect((await archive.describe(path))?.reports.map((other) => other.reportId)).toEqual(["R1", "R2"]);
    });

    it("names packed files as what they are", async () => {
      const { archive } = await openEmpty();
      const gzip = await archive.receive(
        (async function* () {
          yield Buffer.from([0x1f]);
          yield Buffer.from([0x8b, 8, 0]);
        })(),
      );
      expect((await gzip.keep(OWNER, report("R1"))).path).toBe(`${PLACE}.csv.gz`);
    });

    it("finds everything that was tampered with, and nothing else", async () => {
      const { archive, overwrite, remove } = await openEmpty();
      const expected: ExpectedFile[] = [];
      const keep = async (id: string): Promise<string> => {
        const receipt = await archive.receive(pieces(`a,${id}\n`));
        const { path } = await receipt.keep(OWNER, report(id));
        expected.push({ path, contentHash: receipt.contentHash, byteCount: receipt.byteCount });
        return path;
      };
      const [altered, gone, alone, undescribed, damaged] = [
        await keep("R1"),
        await keep("R2"),
        await keep("R3"),
        await keep("R4"),
        await keep("R5"),
      ];
      await keep("R6");
      await overwrite(altered, Buffer.from("a,x\n"));
      await remove(gone);
      await remove(`${gone}.json`);
      await remove(alone);
      await remove(`${undescribed}.json`);
      await overwrite(`${damaged}.json`, Buffer.from("{"));
      const unknown = await (await archive.receive(pieces("new\n"))).keep(OWNER, report("R7"));
      const found = await findings(archive, expected);
      expect(found.map(({ path, problem }) => [path, problem]).sort()).toEqual(
        [
          [altered, "altered"],
          [gone, "missing"],
          [alone, "missing"],
          [`${alone}.json`, "orphan-sidecar"],
          [undescribed, "orphan-file"],
          [`${damaged}.json`, "damaged-sidecar"],
          [unknown.path, "unknown-to-books"],
        ].sort(),
      );
      for (const { path, message } of found) expect(message).toContain(path);
    });

    it("finds altered bytes by the description alone, and a description that says other than the books", async () => {
      const { archive, overwrite } = await openEmpty();
      const receipt = await archive.receive(pieces("a,b\n"));
      const { path } = await receipt.keep(OWNER, report("R1"));
      const sidecar = await textOf(archive, `${path}.json`);
      await overwrite(path, Buffer.from("a,x\n"));
      expect(await findings(archive)).toMatchObject([{ path, problem: "altered" }]);
      await overwrite(path, Buffer.from("a,b\n"));
      expect(await findings(archive)).toEqual([]);
      const { contentHash, byteCount } = receipt;
      await overwrite(`${path}.json`, Buffer.from(sidecar.replace(contentHash, sha256("a,x\n"))));
      expect(await findings(archive, [{ path, contentHash, byteCount }])).toMatchObject([
        { path: `${path}.json`, problem: "altered" },
      ]);
    });

    it("completes a file whose description was never written", async () => {
      const { archive, remove } = await openEmpty();
      const { path } = await (await archive.receive(pieces("a,b\n"))).keep(OWNER, report("R1"));
      await remove(`${path}.json`);
      await (await archive.receive(pieces("a,b\n"))).keep(OWNER, report("R1"));
      expect(await findings(archive)).toEqual([]);
    });
  });
}
