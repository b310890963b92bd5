import { UnusableStatementError } from "../../errors.ts";
import type { StatementFormat } from "../../events.ts";

/** A message of ISO 20022 that reports an account, and the name of what it repeats: one account each. */
export interface CamtMessage {
  readonly format: Extract<StatementFormat, `camt.${string}`>;
  readonly report: string;
}

/** The messages that are read, by their element. */
export const MESSAGES: Readonly<Record<string, CamtMessage>> = {
  __proto__: null as never,
  BkToCstmrAcctRpt: { format: "camt.052", report: "Rpt" },
  BkToCstmrStmt: { format: "camt.053", report: "Stmt" },
  BkToCstmrDbtCdtNtfctn: { format: "camt.054", report: "Ntfctn" },
};

const ORDER = "an order to the bank";
const BETWEEN_BANKS = "a message between banks";

/** Messages that are taken for a statement, by their element. Source: the message catalogue of ISO 20022. */
const OTHERS: Readonly<Record<string, readonly [name: string, what: string]>> = {
  __proto__: null as never,
  CstmrCdtTrfInitn: ["pain.001", `${ORDER} to pay`],
  CstmrPmtStsRpt: ["pain.002", "the bank's answer to an order"],
  CstmrPmtRvsl: ["pain.007", `${ORDER} to give money back`],
  CstmrDrctDbtInitn: ["pain.008", `${ORDER} to collect`],
  MndtInitnReq: ["pain.009", "a mandate"],
  FIToFIPmtStsRpt: ["pacs.002", BETWEEN_BANKS],
  FIToFICstmrDrctDbt: ["pacs.003", BETWEEN_BANKS],
  PmtRtr: ["pacs.004", BETWEEN_BANKS],
  FIToFICstmrCdtTrf: ["pacs.008", BETWEEN_BANKS],
  FICdtTrf: ["pacs.009", BETWEEN_BANKS],
  RsltnOfInvstgtn: ["camt.029", "the answer to an enquiry"],
  FIToFIPmtCxlReq: ["camt.056", "a request to cancel a payment"],
  CstmrPmtCxlReq: ["camt.055", "a request to cancel a payment"],
  AcctRptgReq: ["camt.060", "a request for a statement"],
  BkSvcsBllgStmt: ["camt.086", "the bank's bill for its services"],
};

/** Which message an element says the file to be, if it is one that is not read. @throws UnusableStatementError `file.not-a-statement` */
export function refuseOtherMessage(element: string): void {
  const other = OTHERS[element];
  if (other === undefined) return;
  const [name, what] = other;
  throw new UnusableStatementError(
    "file.not-a-statement",
    `this is ${name} (${element}), ${what} and no statement: ask the bank for camt.053, camt.052 or camt.054`,
  );
}

const NAMESPACE = /(?:^|:)(?:xsd:\$?)?([a-z]{4}\.\d{3})\.\d{3}\.\d{2}/;

/**
 * Checks that the namespace, where it is one of ISO 20022, names the message that the file has: a file that says two things
 * about itself was put together by hand.
 *
 * @throws UnusableStatementError `file.damaged`
 */
export function checkNamespace(namespace: string, message: CamtMessage, element: string): void {
  const named = NAMESPACE.exec(namespace)?.[1];
  if (named === undefined || named === message.format) return;
  throw new UnusableStatementError(
    "file.damaged",
    `the file's namespace says ${named} and its element ${element} says ${message.format}: fetch it again from the bank`,
  );
}
