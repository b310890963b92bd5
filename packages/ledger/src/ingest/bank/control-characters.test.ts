import { describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import type { BooksContext } from "../../books/context.ts";
import { booksFixture } from "../../reconcile/testing/books-fixture.ts";
import { inPieces } from "../imports/testing/empty-books.ts";
import { importStatement } from "./index.ts";

/** NUL in every text that is kept: PostgreSQL stores none. */
const STATEMENTS: Readonly<Record<string, string>> = {
  "statement.csv":
    "Date,Amount,Currency,Text,Reference,Name,Own account,State\n" +
    "2026-05-05,1.00,USD,a\0b,R\u00001,N\0n,2020\u000051,po\0sted\n",
  "statement.sta":
    ":20:X\0\n:25:2020\u000051\n:28C:1/1\n:60F:C260504USD0,00\n:61:2605050505C2,00NTRFRE\0F//B\0\n" +
    ":86:AM\0AZON\n:62F:C260505USD2,00\n-\n",
  "statement.ofx":
    "OFXHEADER:100\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>2020\u000051</BANKACCTFROM>" +
    "<BANKTRANLIST><STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260505<TRNAMT>3.00<FITID>F\u00001<NAME>AM\0AZON<MEMO>x&#0;y\0</STMTTRN>" +
    "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>",
  "statement.bai":
    "01,A,B,260506,0600,1,,,2/\n02,B,A,1,260505,,USD,2/\n03,2020\u000051,USD,,,,,/\n16,165,400,Z,R\u00001,,AMA\0ZON/\n" +
    "49,400,3/\n98,400,1,5/\n99,400,1,7/\n",
  "statement.qif": "!Type:Bank\nD2026-05-05\nT5.00\nN1\0\nPAMA\0ZON\n^\n",
};

describe.each(["SQLite", "PostgreSQL"])("bank texts with NUL characters on %s", (database) => {
  it("are kept without them, from every format", async () => {
    const ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
    try {
      const books: BooksContext = { store: ledger.store, clock: ledger.clock, accountId: "shop", who: "mara" };
      for (const [fileName, text] of Object.entries(STATEMENTS))
        await importStatement(books, inPieces(text, 64), { fileName, currency: "USD" });
      const rows = await ledger.store.db.selectFrom("bank_line").selectAll().orderBy("amount_minor").execute();
      expect(rows.map((row) => Number(row.amount_minor))).toEqual([100, 200, 300, 400, 500]);
      expect(new Set(rows.map((row) => row.bank_account))).toEqual(new Set(["202051", null]));
      for (const row of rows) {
        const texts = Object.values(row).filter((value) => typeof value === "string");
        // No control character that a bank means, but for those that separate words.
        expect(texts.filter((value) => /\p{Cc}/u.test(value))).toEqual([]);
        expect(`${row.counterparty} ${row.text}`).toMatch(/a b|AM ?A ?ZON/);
      }
    } finally {
      await ledger.close();
    }
  });
});
