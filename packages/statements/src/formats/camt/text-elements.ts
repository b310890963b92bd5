import { distinctReferences, joined } from "../../text/join.ts";
import type { Leaf } from "./elements.ts";

/** Elements that are no words: amounts, days, codes of kinds, marks. Names of elements end in what they are. */
const NO_WORDS =
  /(?:^|\/)(?:BkTxCd|Sts|CdtDbtInd|AmtDtls|Chrgs|Avlbty|RltdDts|RltdPric|RltdQties|TechInptChanl|Intrst|NbOfTxs|XchgRate|Ccy)(?:\/|$)|(?:Amt|Dt|DtTm|Ind|Ccy)$/;

/** Codes that say something to a person: why a payment came back, what it is for. */
const TELLING_CODE = /^(?:RtrInf|Purp)\//;

const REFERENCES =
  /^(?:Refs\/.*|NtryRef|AcctSvcrRef|NtryDtls\/Btch\/(?:MsgId|PmtInfId)|RmtInf\/Strd\/(?:CdtrRefInf\/(?:.*\/)?Ref|RfrdDocInf\/(?:.*\/)?Nb)|RltdRmtInf\/RmtId)$/;

/** Kinds of reference, not references. */
const KIND_OF_REFERENCE = /\/(?:Tp|Issr)(?:\/|$)/;

/** What the payer wrote, and what the bank says of the entry; it stands first in the text. */
const MESSAGE = /^(?:RmtInf|AddtlTxInf|AddtlNtryInf|RtrInf)(?:\/|$)/;
const NAME = /^RltdPties\/.*Nm$/;

function rank({ path }: Leaf): number {
  return MESSAGE.test(path) ? 0 : NAME.test(path) ? 1 : 2;
}

function isWord({ path, text }: Leaf): boolean {
  if (text === "" || NO_WORDS.test(path) || /^NOT ?PROVIDED$/i.test(text)) return false;
  if (/(?:^|\/)Cd$/.test(path)) return TELLING_CODE.test(path);
  if (/(?:^|\/)Tp\/CdOrPrtry\//.test(path)) return false;
  return !(REFERENCES.test(path) && !path.startsWith("RmtInf/"));
}

/** Everything that the bank wrote in words: first the message, then the names, then the rest. */
export function wordsOf(leaves: readonly Leaf[]): string | null {
  return joined(
    ...leaves
      .filter(isWord)
      .toSorted((left, right) => rank(left) - rank(right))
      .map(({ text }) => text),
  );
}

/** Every reference, in the order of the file. */
export function referencesOf(leaves: readonly Leaf[]): readonly string[] {
  const found = leaves.filter(({ path }) => REFERENCES.test(path) && !KIND_OF_REFERENCE.test(path));
  return distinctReferences(...found.map(({ text }) => text));
}

/**
 * The other side: who paid where money came in, who was paid where it went out; with the party behind it, where one is named.
 *
 * @param incoming whether the other side is the debtor
 */
export function counterpartyOf(leaves: readonly Leaf[], incoming: boolean): string | null {
  const party = incoming ? "Dbtr" : "Cdtr";
  const name = (element: string): string | undefined =>
    leaves.find(({ path }) => new RegExp(`^RltdPties/${element}/(?:Pty/|Agt/FinInstnId/)?Nm$`).test(path))?.text;
  const names = [name(party), name(`Ultmt${party}`)].filter((text) => text !== undefined && text !== "");
  return names.length === 0 ? null : joined([...new Set(names)].join(", "));
}
