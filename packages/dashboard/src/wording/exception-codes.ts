import { checkOf, type ExceptionCode } from "@amazon-pay-kit/ledger";
import type { LocaleName } from "../locale/locale.ts";

/** What a check asks, and what to do where it finds a difference. */
export interface CheckWording {
  readonly rule: string;
  readonly remedy: string;
}

type Row = readonly [rule: string, remedy: string];

/** The checks in the other languages; in English they say it themselves. */
const CHECK_WORDING: Readonly<Record<ExceptionCode, Readonly<Record<Exclude<LocaleName, "en">, Row>>>> = {
  "row.fee-sum": {
    de: [
      "Die Gesamtgebühr einer Zeile ist ihre prozentuale plus ihre feste Gebühr",
      "Amazon Pay um einen berichtigten Bericht bitten oder den Unterschied erklären",
    ],
    ja: [
      "行の手数料合計は、料率手数料と固定手数料の合計です",
      "Amazon Pay に修正済みレポートを依頼するか、差異の理由を記入してください",
    ],
  },
  "row.net": {
    de: [
      "Der Nettobetrag einer Zeile ergibt sich aus Betrag und Gesamtgebühr nach der Vorzeichenregel der Datei",
      "Amazon Pay um einen berichtigten Bericht bitten oder den Unterschied erklären",
    ],
    ja: [
      "行の差引額は、ファイルの符号規則に従い、金額と手数料合計から求められます",
      "Amazon Pay に修正済みレポートを依頼するか、差異の理由を記入してください",
    ],
  },
  "row.outside-window": {
    de: [
      "Jede Zeile ist zwischen Beginn und Ende der Abrechnung gebucht",
      "Prüfen, ob die Zeile zu einer anderen Abrechnung gehört",
    ],
    ja: ["すべての行は決済期間内に計上されます", "その行が別の決済に属していないか確認してください"],
  },
  "row.unreadable": {
    de: [
      "Jede Zeile einer Abrechnungsdatei ist lesbar",
      "Die Zeile in der archivierten Datei ansehen; Amazon Pay um einen berichtigten Bericht bitten",
    ],
    ja: [
      "決済ファイルのすべての行は読み取れます",
      "保管ファイルの該当行を確認し、Amazon Pay に修正済みレポートを依頼してください",
    ],
  },
  "settlement.roll-forward": {
    de: [
      "Anfangsbestand, Umsatz, Gebühren, Rücklage und Auszahlung führen zum Endbestand der Abrechnung",
      "Nach einer fehlenden, doppelten oder veränderten Zeile suchen; Amazon Pay um einen berichtigten Bericht bitten",
    ],
    ja: [
      "期首残高、取引額、手数料、留保、振込から期末残高が求められます",
      "欠落・重複・変更された行を探し、Amazon Pay に修正済みレポートを依頼してください",
    ],
  },
  "settlement.zero-sum": {
    de: [
      "Die Nettobeträge einer Abrechnung mit Auszahlung ergeben zusammen null (nur wo es verlangt ist)",
      "Nach einer fehlenden oder veränderten Zeile suchen oder den Übertrag zulassen (zeroSum: report)",
    ],
    ja: [
      "振込のある決済の差引額の合計は 0 になります（設定で求めている場合のみ）",
      "欠落・変更された行を探すか、残高の繰越を許可してください（zeroSum: report）",
    ],
  },
  "settlement.opening": {
    de: [
      "Eine Abrechnung beginnt mit dem Bestand, mit dem die vorige geendet hat",
      "Die Zeilen Carryover und Debt mit der vorigen Abrechnung vergleichen; Amazon Pay nach dem Unterschied fragen",
    ],
    ja: [
      "決済は前回の期末残高から始まります",
      "Carryover 行と Debt 行を前回の決済と比べ、差額を Amazon Pay に問い合わせてください",
    ],
  },
  "settlement.gap": {
    de: [
      "Eine Abrechnung beginnt, wenn die vorige endet",
      "Den Abrechnungsbericht der Zwischenzeit holen; Berichte bleiben 90 Tage abrufbar",
    ],
    ja: [
      "決済は前回の終了時刻から始まります",
      "間の期間の決済レポートを取得してください。レポートの取得期限は 90 日です",
    ],
  },
  "settlement.overlap": {
    de: [
      "Eine Abrechnung beginnt nicht, bevor die vorige endet",
      "Prüfen, ob beide Dateien zu diesem Konto gehören und ob Zeilen doppelt sind",
    ],
    ja: [
      "決済は前回の終了前には始まりません",
      "両方のファイルがこのアカウントの決済か、行が重複していないか確認してください",
    ],
  },
  "settlement.mixed-id": {
    de: [
      "Alle Zeilen einer Abrechnungsdatei haben dieselbe Abrechnungs-ID",
      "Prüfen, ob die Zeilen zu einer anderen Abrechnung gehören; Amazon Pay um einen berichtigten Bericht bitten",
    ],
    ja: [
      "決済ファイルのすべての行は同じ決済 ID を持ちます",
      "別の決済の行でないか確認し、Amazon Pay に修正済みレポートを依頼してください",
    ],
  },
  "settlement.reissued": {
    de: [
      "Eine Abrechnung, die geliefert wurde, ändert sich nicht mehr",
      "Die Fassungen mit apay settlements show ID --versions vergleichen, Amazon Pay fragen, wo sie ohne Grund abweichen, und mit apay settlements accept ID entscheiden; bis dahin zählt die neueste, und für ihren Zeitraum wird kein Journal ausgegeben",
    ],
    ja: [
      "提供済みの決済は変わりません",
      "apay settlements show ID --versions で各版を比べ、理由のない違いは Amazon Pay に問い合わせ、apay settlements accept ID で決めてください。それまでは最新版を集計し、その期間の仕訳は出力しません",
    ],
  },
  "reserve.roll-forward": {
    de: [
      "Eine Abrechnung gibt die Rücklage frei, die die vorige zurückgehalten hat",
      "Die Reserve-Zeilen beider Abrechnungen vergleichen; Amazon Pay nach dem Unterschied fragen",
    ],
    ja: [
      "決済では、前回留保された金額が解放されます",
      "両方の決済の Reserve 行を比べ、差額を Amazon Pay に問い合わせてください",
    ],
  },
  "transaction.duplicate": {
    de: [
      "Eine Transaktion wird einmal abgerechnet",
      "Amazon Pay fragen, welche Zeile gilt; die spätere bleibt bis dahin von der Zuordnung ausgenommen",
    ],
    ja: [
      "取引は一度だけ決済されます",
      "どちらの行が正しいか Amazon Pay に問い合わせてください。それまで後の行は照合から除外されます",
    ],
  },
  "transaction.unknown-type": {
    de: [
      "Jede Zeile hat einen bekannten Transaktionstyp",
      "Herausfinden, was der Typ bedeutet, und ihn erklären; das Kit erneuern, sobald es ihn kennt",
    ],
    ja: [
      "すべての行の取引種類は既知のものです",
      "種類の意味を確認して説明を記入し、対応版が出たら Kit を更新してください",
    ],
  },
  "capture.unsettled": {
    de: [
      "Jede eigene eingezogene Belastung ist in einer Abrechnung",
      "Prüfen, ob sie eingezogen wurde; wenn ja, Amazon Pay nach dem Geld fragen",
    ],
    ja: [
      "自社で売上確定した請求はすべて決済に含まれます",
      "売上確定済みか確認し、確定済みなら Amazon Pay に入金を問い合わせてください",
    ],
  },
  "capture.unknown": {
    de: [
      "Zu jedem abgerechneten Einzug gibt es eine eigene Belastung",
      "Die Aufzeichnung einlesen oder herausfinden, wer eingezogen hat",
    ],
    ja: ["決済された売上には、すべて自社の請求が対応します", "記録を取り込むか、誰が売上確定したか確認してください"],
  },
  "refund.orphan": {
    de: [
      "Zu jeder Erstattung gehört eine Belastung",
      "Die Abrechnung mit dem Einzug laden oder herausfinden, was erstattet wurde",
    ],
    ja: ["返金には必ず対応する請求があります", "売上を含む決済を取り込むか、何を返金したか確認してください"],
  },
  "refund.unknown": {
    de: [
      "Zu jeder abgerechneten Erstattung gibt es eine eigene",
      "Die Aufzeichnung einlesen oder herausfinden, wer erstattet hat",
    ],
    ja: ["決済された返金には、すべて自社の返金が対応します", "記録を取り込むか、誰が返金したか確認してください"],
  },
  "refund.exceeds-capture": {
    de: [
      "Die Erstattungen einer Belastung bleiben unter dem, was erstattet werden darf",
      "Herausfinden, ob doppelt erstattet wurde; Amazon Pay danach fragen",
    ],
    ja: ["請求に対する返金は返金可能額を超えません", "二重に返金していないか確認し、Amazon Pay に問い合わせてください"],
  },
  "refund.unsettled": {
    de: [
      "Jede abgeschlossene Erstattung ist einmal in einer Abrechnung",
      "Die nächste Abrechnung abwarten; ist sie auch dort nicht, Amazon Pay fragen",
    ],
    ja: [
      "完了した返金は一度だけ決済に含まれます",
      "次回の決済を待ち、そこにもなければ Amazon Pay に問い合わせてください",
    ],
  },
  "match.amount": {
    de: [
      "Ein abgerechneter Betrag ist der eigene, eine Gutschrift ist die Auszahlung",
      "Herausfinden, welcher der beiden stimmt",
    ],
    ja: ["決済額は自社の記録と、入金額は振込額と一致します", "どちらが正しいか確認してください"],
  },
  "match.currency": {
    de: [
      "Ein abgerechneter Betrag hat die Währung der eigenen Aufzeichnung, eine Gutschrift die der Auszahlung",
      "Herausfinden, welche stimmt; Belastungen in Fremdwährung werden in der Abrechnungswährung aufgezeichnet, eine Umrechnung der Bank mit ihrem Kurs gebucht",
    ],
    ja: [
      "決済額の通貨は自社の記録と、入金の通貨は振込と一致します",
      "どちらが正しいか確認してください。外貨の請求は決済通貨で記録し、銀行の換算はそのレートで計上します",
    ],
  },
  "fee.mismatch": {
    de: [
      "Gebühren entsprechen der Gebührenordnung",
      "Mit dem Vertrag vergleichen; die Gebührenordnung berichtigen oder den Unterschied von Amazon Pay fordern",
    ],
    ja: ["手数料は料金表どおりです", "契約と比べ、料金表を直すか、差額を Amazon Pay に請求してください"],
  },
  "bank.missing-deposit": {
    de: [
      "Jede Auszahlung kommt innerhalb ihrer Tage auf der Bank an",
      "Den Kontoauszug dieser Tage einlesen; fehlt sie dort, Amazon Pay mit der Auszahlungsreferenz fragen",
    ],
    ja: [
      "振込は所定の日数以内に銀行へ入金されます",
      "その期間の銀行明細を取り込み、なければ振込参照番号で Amazon Pay に問い合わせてください",
    ],
  },
  "bank.late-deposit": {
    de: [
      "Jede Auszahlung kommt innerhalb ihrer Tage auf der Bank an",
      "Es fehlt nichts: nachsehen, ob die Bank oder Amazon Pay sie aufgehalten hat, oder bankDays erhöhen, wo es üblich ist",
    ],
    ja: [
      "振込は所定の日数以内に銀行へ入金されます",
      "不足はありません。銀行か Amazon Pay で止まっていないか確かめるか、通常の遅れなら bankDays を増やしてください",
    ],
  },
  "bank.unknown-deposit": {
    de: [
      "Jede Gutschrift von Amazon Pay ist die Auszahlung einer Abrechnung",
      "Die zugehörige Abrechnung laden oder erklären, woher das Geld kommt",
    ],
    ja: ["Amazon Pay からの入金はすべて決済の振込です", "対応する決済を取り込むか、入金の出所を記入してください"],
  },
  "report.missing": {
    de: [
      "Für jeden Zeitabschnitt gibt es einen Bericht",
      "Noch einmal abgleichen, den Bericht anfordern oder in Seller Central herunterladen, solange er da ist (90 Tage)",
    ],
    ja: [
      "すべての期間にレポートがあります",
      "再度同期するか、レポートを請求するか、期限（90 日）内に Seller Central から取得してください",
    ],
  },
  "report.late": {
    de: [
      "Berichte erscheinen innerhalb eines Tages nach dem Ende ihrer Zeit",
      "Abwarten: Berichte können einen Tag später kommen; noch einmal abgleichen",
    ],
    ja: [
      "レポートは対象期間の終了から 1 日以内に作成されます",
      "1 日遅れることがあります。待ってから再度同期してください",
    ],
  },
  "report.quarantined": {
    de: [
      "Jede Berichtsdatei ist verwendbar",
      "Nachsehen, warum sie beiseitegelegt wurde, sie neu holen oder Amazon Pay um eine berichtigte bitten",
    ],
    ja: [
      "すべてのレポートファイルは使用できます",
      "隔離の理由を確認し、再取得するか Amazon Pay に修正済みレポートを依頼してください",
    ],
  },
};

/** What a code stands for, in a language; `undefined` for a code that no check has. */
export function checkWording(code: string, locale: LocaleName): CheckWording | undefined {
  const check = checkOf(code);
  if (check === undefined) return undefined;
  if (locale === "en") return { rule: check.rule, remedy: check.remedy };
  const row = Object.hasOwn(CHECK_WORDING, code) ? CHECK_WORDING[code as ExceptionCode][locale] : undefined;
  return row === undefined ? undefined : { rule: row[0], remedy: row[1] };
}
