import type { DepositRule, ExceptionStatus, ReportState, Severity, TransactionType } from "@amazon-pay-kit/ledger";
import type { LocaleName } from "../locale/locale.ts";
import type { Texts } from "./texts.ts";

type Vocabulary<Name extends string> = Readonly<Record<Name, Texts>>;

/** States of an exception; the words of its history are among them. */
const EXCEPTION: Vocabulary<ExceptionStatus | "found"> = {
  open: { en: "open", de: "offen", ja: "未対応" },
  reopened: { en: "reopened", de: "wieder offen", ja: "再オープン" },
  explained: { en: "explained", de: "erklärt", ja: "説明済み" },
  resolved: { en: "resolved", de: "erledigt", ja: "解消済み" },
  found: { en: "found", de: "gefunden", ja: "検出" },
};

const SEVERITY: Vocabulary<Severity> = {
  error: { en: "error", de: "Fehler", ja: "エラー" },
  warning: { en: "warning", de: "Warnung", ja: "警告" },
};

const SETTLEMENT: Vocabulary<"balanced" | "exceptions"> = {
  balanced: { en: "balanced", de: "ausgeglichen", ja: "一致" },
  exceptions: { en: "exceptions", de: "Abweichungen", ja: "差異あり" },
};

const REPORT_STATE: Vocabulary<ReportState> = {
  listed: { en: "listed", de: "gelistet", ja: "一覧済み" },
  "in-progress": { en: "in progress", de: "in Arbeit", ja: "作成中" },
  archived: { en: "archived", de: "archiviert", ja: "保管済み" },
  loaded: { en: "loaded", de: "geladen", ja: "取込済み" },
  linked: { en: "linked", de: "verknüpft", ja: "既存と同一" },
  "no-data": { en: "no data", de: "keine Daten", ja: "データなし" },
  failed: { en: "failed", de: "fehlgeschlagen", ja: "失敗" },
  quarantined: { en: "quarantined", de: "in Quarantäne", ja: "隔離" },
};

const COVERAGE: Vocabulary<"complete" | "late" | "missing" | "no-data"> = {
  complete: { en: "complete", de: "vollständig", ja: "取得済み" },
  late: { en: "late", de: "verspätet", ja: "遅延" },
  missing: { en: "missing", de: "fehlt", ja: "欠落" },
  "no-data": { en: "no data", de: "keine Daten", ja: "データなし" },
};

const TRANSACTION_TYPE: Vocabulary<TransactionType> = {
  authorization: { en: "Authorization", de: "Autorisierung", ja: "オーソリ" },
  capture: { en: "Capture", de: "Einzug", ja: "売上" },
  refund: { en: "Refund", de: "Erstattung", ja: "返金" },
  debt: { en: "Debt", de: "Schuld", ja: "負債" },
  "a-to-z-guarantee-claim": {
    en: "A-to-z Guarantee claim",
    de: "A-bis-z-Garantieantrag",
    ja: "マーケットプレイス保証申請",
  },
  chargeback: { en: "Chargeback", de: "Rückbuchung", ja: "チャージバック" },
  dispute: { en: "Dispute", de: "Streitfall", ja: "異議申し立て" },
  adjustment: { en: "Adjustment", de: "Korrektur", ja: "調整" },
  reserve: { en: "Reserve", de: "Rücklage", ja: "留保" },
  carryover: { en: "Carryover", de: "Übertrag", ja: "繰越" },
  transfer: { en: "Transfer", de: "Auszahlung", ja: "振込" },
};

/** Kinds of report, by their short names. */
const REPORT_TYPE: Vocabulary<
  "settlement" | "authorization" | "capture" | "refund" | "order reference" | "billing agreement"
> = {
  settlement: { en: "settlement", de: "Abrechnung", ja: "決済" },
  authorization: { en: "authorization", de: "Autorisierung", ja: "オーソリ" },
  capture: { en: "capture", de: "Einzug", ja: "売上" },
  refund: { en: "refund", de: "Erstattung", ja: "返金" },
  "order reference": { en: "order reference", de: "Bestellreferenz", ja: "注文参照" },
  "billing agreement": { en: "billing agreement", de: "Zahlungsvereinbarung", ja: "定期支払い契約" },
};

const OPEN_ITEM: Vocabulary<"charge" | "refund"> = {
  charge: { en: "charge", de: "Belastung", ja: "請求" },
  refund: { en: "refund", de: "Erstattung", ja: "返金" },
};

const COUNTERPART: Vocabulary<"record" | "transaction-report"> = {
  record: { en: "your records", de: "eigene Aufzeichnungen", ja: "自社の記録" },
  "transaction-report": { en: "transaction report", de: "Transaktionsbericht", ja: "取引レポート" },
};

const DEPOSIT_RULE: Vocabulary<DepositRule> = {
  "disbursement-reference": { en: "disbursement reference", de: "Auszahlungsreferenz", ja: "振込参照番号" },
  "settlement-id": { en: "settlement id", de: "Abrechnungs-ID", ja: "決済 ID" },
  "amount-and-date": { en: "amount and date", de: "Betrag und Datum", ja: "金額と日付" },
  "several-in-one": { en: "several in one sum", de: "mehrere in einer Summe", ja: "複数の振込の合計" },
  "one-in-parts": { en: "one in parts", de: "eine in Teilen", ja: "分割入金" },
  converted: { en: "day and rate", de: "Datum und Kurs", ja: "日付と為替レート" },
  "late-amount": { en: "amount, after its days", de: "Betrag, nach der Frist", ja: "金額（期限後）" },
  "near-amount": { en: "day and near amount", de: "Datum und ähnlicher Betrag", ja: "日付と近い金額" },
};

const REGION: Vocabulary<"na" | "eu" | "jp"> = {
  na: { en: "North America", de: "Nordamerika", ja: "北米" },
  eu: { en: "Europe", de: "Europa", ja: "欧州" },
  jp: { en: "Japan", de: "Japan", ja: "日本" },
};

const ENVIRONMENT: Vocabulary<"live" | "sandbox"> = {
  live: { en: "live", de: "live", ja: "本番" },
  sandbox: { en: "sandbox", de: "Sandbox", ja: "サンドボックス" },
};

const VOCABULARIES = {
  exception: EXCEPTION,
  severity: SEVERITY,
  settlement: SETTLEMENT,
  "report state": REPORT_STATE,
  coverage: COVERAGE,
  "transaction type": TRANSACTION_TYPE,
  "report type": REPORT_TYPE,
  "open item": OPEN_ITEM,
  counterpart: COUNTERPART,
  "deposit rule": DEPOSIT_RULE,
  region: REGION,
  environment: ENVIRONMENT,
} as const;

/** A set of terms that the books use. */
export type VocabularyName = keyof typeof VOCABULARIES;

/**
 * A term of the books in a language. One that is new to the kit, such as a transaction type that came with a report, is
 * shown as it is.
 */
export function term(vocabulary: VocabularyName, name: string, locale: LocaleName): string {
  const texts: Readonly<Record<string, Texts>> = VOCABULARIES[vocabulary];
  return Object.hasOwn(texts, name) ? (texts[name]?.[locale] ?? name) : name;
}

/** The known terms of a set, in order: what a form offers. */
export function termsOf(vocabulary: VocabularyName): readonly string[] {
  return Object.keys(VOCABULARIES[vocabulary]);
}
