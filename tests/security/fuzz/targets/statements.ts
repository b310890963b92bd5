import { Buffer } from "node:buffer";
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { workbookOf } from "../../../../packages/statements/src/conformance/workbook.ts";
import { zipOf } from "../../../../packages/reports/src/conformance/zip.ts";
import { UnusableStatementError } from "../../../../packages/statements/src/errors.ts";
import type { StatementOptions } from "../../../../packages/statements/src/options.ts";
import { readStatement } from "../../../../packages/statements/src/read-statement.ts";
import type { Target } from "../target.ts";
import { isOf, must, readHowever, utf8 } from "./parts.ts";

export const BANK_CSV = utf8(
  "Date,Amount,Currency,Reference,Id\n2026-01-05,1000.00,EUR,AMAZON PAYMENTS,1\n2026-01-06,-2.50,EUR,FEE,2\n",
);
const CAMT = utf8(
  `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct><Ntry><Amt Ccy="EUR">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-01-05</Dt></BookgDt><AcctSvcrRef>A1</AcctSvcrRef><NtryDtls><TxDtls><RmtInf><Ustrd>AMAZON</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>`,
);
const MT940 = utf8(
  ":20:STARTUMS\n:25:10020030/1234567\n:28C:00001/001\n:60F:C260104EUR1000,00\n:61:2601050105CR10,00N051NONREF//A1\n:86:166?00CREDIT?20AMAZON PAYMENTS\n:62F:C260105EUR1010,00\n-\n",
);
const OFX = utf8(
  "OFXHEADER:100\nCHARSET:1252\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>123</BANKACCTFROM><BANKTRANLIST><STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260105<TRNAMT>10.00<FITID>1<NAME>AMAZON &amp; CO<MEMO>X</STMTTRN></BANKTRANLIST><LEDGERBAL><BALAMT>10.00<DTASOF>20260105</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n",
);
const BAI2 = utf8(
  "01,A,B,260105,0600,1,80,1,2/\n02,B,A,1,260105,,USD,2/\n03,123,USD,010,500,,,015,1500,,/\n16,165,1000,V,260106,,R1,R2,AMAZON, INC\n88,MORE/\n49,3000,4/\n98,3000,1,6/\n99,3000,1,8/\n",
);
const QIF = utf8("!Type:Bank\nD01/05'26\nT10.00\nPAMAZON\nMX\nN12\n^\nD1/ 6/2026\nT-2.50\nPFEE\n^\n");

const CORPUS = new URL("../../../../packages/statements/src/fixtures/corpus/", import.meta.url);

/** The files of banks, by how their names end; those that are refused are as good a start. */
function filesOf(pattern: RegExp): Uint8Array[] {
  return readdirSync(CORPUS)
    .filter((name) => pattern.test(name))
    .map((name) => Uint8Array.from(readFileSync(new URL(name, CORPUS))))
    .filter((bytes) => bytes.length <= 4096);
}

/** Reads a statement, whatever the pieces; of every line the day is a day, and of every error the place is known. */
async function statementOf(bytes: Uint8Array, options: StatementOptions): Promise<void> {
  const events = (await readHowever(bytes, (source) => readStatement(source, options))) as {
    readonly type: string;
    readonly line?: number;
    readonly code?: string;
    readonly bookedOn?: string;
  }[];
  for (const { type, line, code, bookedOn } of events) {
    if (type === "error") must("an error has a line and a code", Number(line) > 0 && typeof code === "string");
    if (bookedOn !== undefined)
      must(`${bookedOn} is a day`, new Date(`${bookedOn}T00:00:00Z`).toISOString().startsWith(bookedOn));
  }
}

const statement = (name: string, seeds: readonly Uint8Array[], options: StatementOptions): Target => ({
  name,
  seeds,
  read: (bytes) => statementOf(bytes, options),
  refuses: isOf(UnusableStatementError),
});

const WORKBOOK = await workbookOf({
  sheets: {
    Sheet1: [
      ["Date", "Description", "Amount", "Currency"],
      [{ day: "46300" }, "AMAZON PAYMENTS", { number: "1250.07" }, "EUR"],
    ],
  },
});

const SHEET = utf8(
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Date</t></is></c><c r="B1" t="inlineStr"><is><t>Amount</t></is></c><c r="C1" t="inlineStr"><is><t>Currency</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>2026-01-05</t></is></c><c r="B2"><v>1250.07</v></c><c r="C2" t="inlineStr"><is><t>EUR</t></is></c></row></sheetData></worksheet>',
);

/** A workbook whose sheet is these bytes: mutations reach the sheet's reader instead of ending at a checksum. */
function workbookWith(sheet: Uint8Array): Uint8Array {
  const part = (name: string, content: string): { name: string; content: Buffer } => ({
    name,
    content: Buffer.from(content),
  });
  return zipOf([
    part(
      "[Content_Types].xml",
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    ),
    part(
      "_rels/.rels",
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    ),
    part(
      "xl/workbook.xml",
      '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    part(
      "xl/_rels/workbook.xml.rels",
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    { name: "xl/worksheets/sheet1.xml", content: Buffer.from(sheet) },
  ]);
}

export const STATEMENT_TARGETS: readonly Target[] = [
  statement("bank-csv", [BANK_CSV], { format: "csv" }),
  statement("bank-camt052", filesOf(/^camt052.*xml$/), { format: "camt.052" }),
  statement("bank-camt053", [CAMT, ...filesOf(/^camt053.*xml$/)], { format: "camt.053" }),
  statement("bank-camt054", filesOf(/^camt054.*xml$/), { format: "camt.054" }),
  statement("bank-mt940", [MT940, ...filesOf(/\.(sta|mt940|940)$/)], { format: "mt940" }),
  statement("bank-ofx", [OFX, ...filesOf(/\.(ofx|qfx)$/)], { format: "ofx" }),
  statement("bank-bai2", [BAI2, ...filesOf(/\.bai$/)], { format: "bai2" }),
  statement("bank-qif", [QIF, ...filesOf(/\.qif$/)], { format: "qif", currency: "USD", dateFormat: "mm/dd/yyyy" }),
  statement("bank-any", [MT940, CAMT, OFX, BAI2, BANK_CSV, ...filesOf(/(?<!expected|md)$/)], {}),
  statement("bank-packed", [gzipSync(BANK_CSV), zipOf([{ name: "a.csv", content: Buffer.from(BANK_CSV) }])], {}),
  { ...statement("bank-xlsx", [WORKBOOK], { format: "xlsx" }), longest: 8192 },
  {
    name: "bank-xlsx-sheet",
    seeds: [SHEET],
    read: (bytes) => statementOf(workbookWith(bytes), { format: "xlsx" }),
    refuses: isOf(UnusableStatementError),
  },
];
