import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { readConfigFile } from "../../../packages/cli/src/config/read-file.ts";
import { CliError } from "../../../packages/cli/src/errors.ts";
import { LedgerError } from "../../../packages/ledger/src/errors.ts";
import { readRecordFile } from "../../../packages/ledger/src/ingest/records/read-record-file.ts";
import { readCursor } from "../../../packages/ledger/src/views/view.ts";
import { zipOf } from "../../../packages/reports/src/conformance/zip.ts";
import { readCsv } from "../../../packages/reports/src/csv/read.ts";
import { ReportError } from "../../../packages/reports/src/errors.ts";
import { readReport } from "../../../packages/reports/src/reader/read-report.ts";
import { payloadText } from "../../../packages/sdk/src/button/payload.ts";
import { unpacked } from "../../../packages/sdk/src/download/unpacked.ts";
import { AmazonPayError } from "../../../packages/sdk/src/errors/amazon-pay-error.ts";
import { readErrorBody } from "../../../packages/sdk/src/errors/service-answer.ts";
import { privateKeySigner } from "../../../packages/sdk/src/keys/private-key.ts";
import { readErrorAnswer } from "../../../packages/sdk/src/mws/answers/error-answer.ts";
import { readXml } from "../../../packages/sdk/src/mws/xml/read-xml.ts";
import { XmlError } from "../../../packages/sdk/src/mws/xml/xml-error.ts";
import { AMAZON_ROOTS } from "../../../packages/sdk/src/notifications/certificate/amazon-roots.ts";
import { readCertificates } from "../../../packages/sdk/src/notifications/certificate/pem.ts";
import { verifyNotification } from "../../../packages/sdk/src/notifications/verify.ts";
import { parseAuthorization } from "../../../packages/sdk/src/signing/authorization.ts";
import { UnusableStatementError } from "../../../packages/statements/src/errors.ts";
import { readStatement } from "../../../packages/statements/src/read-statement.ts";
import { parseRetryAfter } from "../../../packages/sdk/src/retry/retry-after.ts";

/** A parser that reads bytes from outside. */
export interface Target {
  /** Also the name of its folder of saved bytes. */
  readonly name: string;
  /** Good input, from which damaged input is made. */
  readonly seeds: readonly Uint8Array[];
  /** Why good input is refused here at its last step; left out where it is read to its end. */
  readonly refusesSeeds?: string;
  /** Reads. It may refuse only with an error that `refuses` knows: everything else is a defect. */
  readonly read: (bytes: Uint8Array) => Promise<unknown>;
  readonly refuses: (error: unknown) => boolean;
}

const utf8 = (text: string): Uint8Array => Buffer.from(text);
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");
const isOf =
  (...kinds: readonly (abstract new (...args: never[]) => Error)[]) =>
  (error: unknown): boolean =>
    kinds.some((kind) => error instanceof kind);

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  const half = bytes.length >> 1;
  yield bytes.subarray(0, half);
  yield bytes.subarray(half);
}

async function drain(events: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const event of events) if (event !== undefined) count += 1;
  return count;
}

const REPORT = utf8(
  [
    '"Amazon Payments Advanced",',
    '"Settlement Report",',
    '"SellerId","A1TESTSELLER"',
    '"SettlementStartDate","2015-09-30T22:00:44+0000"',
    '"SettlementEndDate","2015-10-14T22:00:44+0000"',
    '"TransactionPostedDate","SettlementId","AmazonTransactionId","SellerReferenceId","TransactionType","AmazonOrderReferenceId","SellerOrderId","StoreName","CurrencyCode","TransactionDescription","TransactionAmount","TransactionPercentageFee","TransactionFixedFee","TotalTransactionFee","NetTransactionAmount"',
    '"2015-10-01T09:30:00+0000","5873149172","S01-0000000-0000000-C000001","R1","Capture","S01-0000000-0000000","","","USD","","10.00","-0.29","-0.30","-0.59","9.41"',
    "",
  ].join("\n"),
);

const BANK_CSV = utf8(
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
const RECORDS_CSV = utf8(
  "kind,transactionId,amount,currency,occurredAt\ncharge,S01-1,10.00,USD,2026-01-05T00:00:00Z\nrefund,S01-2,1.00,USD,2026-01-06T00:00:00Z\n",
);
const RECORDS_NDJSON = utf8(
  '{"kind":"charge","transactionId":"S01-1","amount":"10.00","currency":"USD","occurredAt":"2026-01-05T00:00:00Z"}\n',
);
const ENVELOPE = utf8(
  JSON.stringify({
    Type: "Notification",
    MessageId: "2b1b7c3e-0000-4000-8000-000000000001",
    TopicArn: "arn:aws:sns:us-east-1:291180941288:A3BXB0YN3XH17HA1B2C3D4E5F6G7",
    Message: '{"MerchantID":"A1","ObjectType":"CHARGE","ObjectId":"S01-1-1-C1","NotificationType":"STATE_CHANGE"}',
    Timestamp: "2026-01-05T00:00:00.000Z",
    SignatureVersion: "1",
    Signature: "AAAA",
    SigningCertURL: "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
    UnsubscribeURL: "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe",
  }),
);
const XML = utf8(
  '<?xml version="1.0"?><GetReportListResponse xmlns="http://mws.amazonaws.com/doc/2009-01-01/"><GetReportListResult><HasNext>false</HasNext><ReportInfo><ReportId>1</ReportId><ReportType>_GET_&amp;_</ReportType></ReportInfo></GetReportListResult></GetReportListResponse>',
);
const AUTHORIZATION = utf8(
  "AMZN-PAY-RSASSA-PSS-V2 PublicKeyId=SANDBOX-AE1, SignedHeaders=accept;content-type;x-amz-pay-date, Signature=QUJD",
);
const PAYLOAD = utf8(
  '{"storeId":"amzn1.application-oa2-client.0","webCheckoutDetails":{"checkoutReviewReturnUrl":"https://shop.example/r"},"chargePermissionType":"OneTime"}',
);
const CONFIG = utf8(
  '{ "accounts": { "eu": { "region": "eu", "publicKeyId": "SANDBOX-AE1", "privateKeyFile": "key.pem" } } }',
);
const { privateKey: KEY } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PKCS8 = KEY.export({ type: "pkcs8", format: "pem" }) as string;
const MWS_ERROR = utf8(
  '<?xml version="1.0"?><ErrorResponse xmlns="http://mws.amazonaws.com/doc/2009-01-01/"><Error><Type>Sender</Type><Code>RequestThrottled</Code><Message>Request is throttled</Message></Error><RequestID>1</RequestID></ErrorResponse>',
);
const API_ERROR = utf8('{"reasonCode":"InvalidParameterValue","message":"The value is not valid"}');
const CURSOR = utf8(Buffer.from(JSON.stringify(["shop", 7])).toString("base64url"));

/** The first certificate of a file in its binary form. */
const bytesOf = (pem: string): Uint8Array => readCertificates(pem)[0].encoded;

const CONTEXT = { operation: "getReportDocument", retries: 0 };

const statement = (name: string, seed: Uint8Array, reading: Parameters<typeof readStatement>[1]): Target => ({
  name,
  seeds: [seed],
  read: (bytes) => drain(readStatement(pieces(bytes), reading)),
  refuses: isOf(UnusableStatementError),
});

let folder: string | undefined;
function configFile(bytes: Uint8Array): string {
  folder ??= mkdtempSync(join(tmpdir(), "apay-fuzz-"));
  const path = join(folder, "apay.config.json");
  writeFileSync(path, bytes);
  return path;
}

/** Every parser of the kit that reads what somebody else wrote. */
export const TARGETS: readonly Target[] = [
  {
    name: "report",
    seeds: [REPORT],
    read: (bytes) => drain(readReport(pieces(bytes))),
    refuses: isOf(ReportError),
  },
  {
    name: "packed-report",
    seeds: [gzipSync(REPORT), zipOf([{ name: "report.csv", content: REPORT }])],
    read: (bytes) => drain(readReport(bytes)),
    refuses: isOf(ReportError),
  },
  {
    name: "packed-download",
    seeds: [gzipSync(REPORT), zipOf([{ name: "report.csv", content: REPORT }])],
    read: async (bytes) => drain((await unpacked(pieces(bytes), false, CONTEXT)).stream),
    refuses: isOf(AmazonPayError),
  },
  {
    name: "csv",
    seeds: [REPORT, BANK_CSV],
    read: (bytes) => drain(readCsv(pieces(bytes))),
    refuses: isOf(ReportError),
  },
  statement("bank-csv", BANK_CSV, { format: "csv" }),
  statement("bank-camt053", CAMT, { format: "camt.053" }),
  statement("bank-mt940", MT940, { format: "mt940" }),
  statement("bank-any", MT940, {}),
  statement("bank-ofx", OFX, { format: "ofx" }),
  statement("bank-bai2", BAI2, { format: "bai2" }),
  statement("bank-qif", QIF, { format: "qif", currency: "USD", dateFormat: "mm/dd/yyyy" }),
  {
    name: "records",
    seeds: [RECORDS_CSV, RECORDS_NDJSON],
    read: (bytes) => drain(readRecordFile(pieces(bytes), { currency: "EUR" })),
    refuses: isOf(LedgerError),
  },
  {
    name: "notification",
    seeds: [ENVELOPE],
    refusesSeeds: "the key of this certificate has signed no notification",
    read: (bytes) => verifyNotification(bytes, { certificates: async () => AMAZON_ROOTS, maxAgeMs: 1e15 }),
    refuses: isOf(AmazonPayError),
  },
  {
    name: "certificate",
    seeds: [utf8(AMAZON_ROOTS), bytesOf(AMAZON_ROOTS)],
    read: async (bytes) => readCertificates(bytes),
    refuses: isOf(AmazonPayError),
  },
  { name: "mws-xml", seeds: [XML], read: async (bytes) => readXml(text(bytes)), refuses: isOf(XmlError) },
  {
    name: "authorization",
    seeds: [AUTHORIZATION],
    read: async (bytes) => parseAuthorization(text(bytes)),
    refuses: isOf(AmazonPayError),
  },
  {
    name: "retry-after",
    seeds: [utf8("Sun, 06 Nov 1994 08:49:37 GMT"), utf8("120")],
    read: async (bytes) => parseRetryAfter(text(bytes), 0),
    refuses: () => false,
  },
  {
    name: "mws-error",
    seeds: [MWS_ERROR],
    read: async (bytes) => readErrorAnswer(text(bytes), {}),
    refuses: () => false,
  },
  {
    name: "api-error",
    seeds: [API_ERROR],
    read: async (bytes) => readErrorBody(400, text(bytes)),
    refuses: () => false,
  },
  {
    name: "page-cursor",
    seeds: [CURSOR],
    read: async (bytes) => readCursor({ cursor: text(bytes) }, ["string", "number"]),
    refuses: isOf(LedgerError),
  },
  {
    name: "button-payload",
    seeds: [PAYLOAD],
    read: async (bytes) => payloadText(text(bytes), { unknownFields: "allow" }),
    refuses: isOf(AmazonPayError),
  },
  {
    name: "private-key",
    // Made for each run: a key that lies in a repository sets off every alarm there is.
    seeds: [
      utf8(PKCS8),
      utf8(KEY.export({ type: "pkcs1", format: "pem" }) as string),
      utf8(`Bag Attributes\n  friendlyName: shop\n${PKCS8}behind it\n`),
      utf8(PKCS8.replaceAll("\n", "\\n")),
      utf8(PKCS8.replaceAll("\n", "\r\n  ")),
    ],
    read: async (bytes) => privateKeySigner(text(bytes)),
    refuses: isOf(AmazonPayError),
  },
  {
    name: "config",
    seeds: [CONFIG],
    read: async (bytes) => readConfigFile(configFile(bytes)),
    refuses: isOf(CliError),
  },
];
