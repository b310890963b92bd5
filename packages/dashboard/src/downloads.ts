import { ViewError } from "@amazon-pay-kit/ledger";
import type { Books } from "./books.ts";
import type { Query } from "./tables/list-table.ts";

/** A file that a page offers beside its tables. */
export interface Download {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Where a file is, and what makes it. */
export interface DownloadRow {
  readonly path: string;
  readonly make: (books: Books, query: Query) => Promise<Download>;
}

const TYPES = {
  html: "text/html; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

function missing(what: string): ViewError {
  return new ViewError("view.not-found", `${what} is not made here`);
}

/** A part of the pack of a month. */
function packPart(kind: keyof typeof TYPES): DownloadRow {
  return {
    path: `/close/:month/pack.${kind}`,
    async make({ closing }, query) {
      const pack = (await closing?.pack(query("account"), query("month") ?? "")) ?? [];
      const found = pack.find(({ name }) => name.endsWith(`.${kind}`));
      if (found === undefined) throw missing("the pack");
      return { name: found.name, type: TYPES[kind], bytes: found.bytes };
    },
  };
}

const journal: DownloadRow = {
  path: "/settlements/:settlementId/journal.csv",
  async make(books, query) {
    const settlementId = query("settlementId") ?? "";
    const bytes = await books.journal?.(query("account") ?? "", settlementId);
    if (bytes === undefined) throw missing("the journal");
    return { name: `journal-${settlementId.replaceAll(/[^\w-]+/g, "-")}.csv`, type: "text/csv; charset=utf-8", bytes };
  },
};

/** Every file that is no table of a page. */
export const DOWNLOADS: readonly DownloadRow[] = [packPart("html"), packPart("xlsx"), journal];
