/**
 * Reads statements of any size with the built command and prints how much memory it took at most:
 * `npm run scale-statements -- --mib 1024 --format mt940`. Files are made in the folder for temporary files and removed.
 *
 * The heap is limited (`--heap 64`, MiB): without that V8 puts off collecting, and the most that a process had grows with its
 * running time although what it holds does not. A reader that keeps what it has read ends with status 134.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

interface Large {
  readonly head: string;
  readonly entry: (at: number) => string;
  /** The end, told how many entries came before. */
  readonly tail: (count: number) => string;
  readonly options: readonly string[];
}

const cents = (count: number): string => `${Math.floor(count / 100)}.${String(count % 100).padStart(2, "0")}`;

const FORMATS: Readonly<Record<string, Large>> = {
  csv: {
    head: "Date,Description,Amount,Currency,Reference\n",
    entry: (at) => `2026-10-05,"AMAZON PAYMENTS EUROPE, ${at}",1.00,EUR,REF${at}\n`,
    tail: () => "",
    options: [],
  },
  mt940: {
    head: ":20:LARGE\n:25:DE02120300000000202051\n:28C:1/1\n:60F:C261004EUR0,00\n",
    entry: (at) => `:61:2610051005C1,00NTRFREF${at}//B${at}\n:86:AMAZON PAYMENTS EUROPE SCA\nREF AMZN${at}\n`,
    tail: (count) => `:62F:C261006EUR${count},00\n-\n`,
    options: [],
  },
  camt: {
    head:
      '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>' +
      "<Stmt><Id>1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>" +
      '<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-10-04</Dt></Dt></Bal>',
    entry: (at) =>
      '<Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-10-05</Dt></BookgDt>' +
      `<NtryDtls><TxDtls><Refs><EndToEndId>E${at}</EndToEndId></Refs><RmtInf><Ustrd>AMAZON PAYMENTS ${at}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n`,
    tail: () => "</Stmt></BkToCstmrStmt></Document>\n",
    options: [],
  },
  ofx: {
    head:
      "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>" +
      "<CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>202051<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>\n",
    entry: (at) =>
      `<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261005<TRNAMT>1.00<FITID>F${at}<NAME>AMAZON PAYMENTS<MEMO>REF ${at}</STMTTRN>\n`,
    tail: () => "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n",
    options: [],
  },
  bai2: {
    head: "01,A,B,261006,0600,1,,,2/\n02,B,A,1,261005,,USD,2/\n03,202051,USD,,,,,/\n",
    entry: (at) => `16,165,100,Z,R${at},,AMAZON PAYMENTS SETTLEMENT ${at}/\n`,
    tail: (count) =>
      `49,${count * 100},${count + 2}/\n98,${count * 100},1,${count + 4}/\n99,${count * 100},1,${count + 6}/\n`,
    options: [],
  },
  qif: {
    head: "!Type:Bank\n",
    entry: (at) => `D2026-10-05\nT1.00\nN${at}\nPAMAZON PAYMENTS\nMSETTLEMENT ${at}\n^\n`,
    tail: () => "",
    options: ["--currency", "USD"],
  },
};

async function made(path: string, bytes: number, { head, entry, tail }: Large): Promise<number> {
  const file = createWriteStream(path);
  let [size, count] = [head.length, 0];
  file.write(head);
  while (size < bytes) {
    let piece = "";
    while (piece.length < 1024 * 1024) piece += entry(count++);
    size += piece.length;
    if (!file.write(piece)) await once(file, "drain");
  }
  file.end(tail(count));
  await once(file, "finish");
  return count;
}

/** At its end a process says how much memory it had at most. */
const PRINT_MEMORY =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("\\nmemory "+process.resourceUsage().maxRSS+"\\n"))';
const APAY = fileURLToPath(new URL("../../packages/cli/bin/apay.js", import.meta.url));

async function read(path: string, heap: string, options: readonly string[]) {
  const began = process.hrtime.bigint();
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${heap}`,
      "--import",
      PRINT_MEMORY,
      APAY,
      "bank",
      "parse",
      path,
      "--output",
      "ndjson",
      ...options,
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let [last, errors] = ["", ""];
  child.stdout.on("data", (piece: Buffer) => (last = (last + piece.toString("utf8")).slice(-400)));
  child.stderr.on("data", (piece: Buffer) => (errors = (errors + piece.toString("utf8")).slice(-2000)));
  const [status] = (await once(child, "close")) as [number];
  const seconds = Number((process.hrtime.bigint() - began) / 1_000_000n) / 1000;
  return {
    status,
    seconds,
    summary: last.trim().split("\n").at(-1) ?? "",
    memory: Number(/memory (\d+)/.exec(errors)?.[1]),
  };
}

const { values } = parseArgs({
  options: {
    mib: { type: "string", default: "1024" },
    heap: { type: "string", default: "64" },
    format: { type: "string", multiple: true },
  },
});
const folder = mkdtempSync(join(tmpdir(), "statements-"));
try {
  for (const [format, large] of Object.entries(FORMATS)) {
    if (values.format !== undefined && !values.format.includes(format)) continue;
    const path = join(folder, `large.${format}`);
    const count = await made(path, Number(values.mib) * 1024 * 1024, large);
    const mib = Math.round(statSync(path).size / 1024 / 1024);
    const { status, seconds, summary, memory } = await read(path, values.heap, large.options);
    rmSync(path);
    const expected = `"lines":${count},"errors":0`;
    const right = status === 0 && summary.includes(expected);
    process.stdout.write(
      `${format}: ${mib} MiB, ${count} entries, ${cents(Math.round(seconds * 100))} s, ${Math.round(memory / 1024)} MiB of memory at most` +
        `${right ? "" : ` — WRONG: status ${status}, ${summary}`}\n`,
    );
    if (!right) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
