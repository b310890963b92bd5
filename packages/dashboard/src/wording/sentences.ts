import { type ExceptionView, filledIn, type SentenceName, type Sentence } from "@amazon-pay-kit/ledger";
import type { LocaleName } from "../locale/locale.ts";
import { term } from "./vocabulary.ts";

type Row = Readonly<Record<Exclude<LocaleName, "en">, string>>;

/** What exceptions say in the other languages, sentence by sentence; in English the ledger says it itself. */
export const SENTENCE_WORDING: Readonly<Record<SentenceName, Row>> = {
  "row.fee-sum": {
    de: "Die Gesamtgebühr ist {total}, aber {percentage} + {fixed} = {sum}",
    ja: "手数料合計は {total} ですが、{percentage} + {fixed} = {sum} です",
  },
  "row.net.plus": {
    de: "Der Nettobetrag ist {net}, aber {amount} + ({fee}) = {expected}",
    ja: "差引額は {net} ですが、{amount} + ({fee}) = {expected} です",
  },
  "row.net.minus": {
    de: "Der Nettobetrag ist {net}, aber {amount} - ({fee}) = {expected}",
    ja: "差引額は {net} ですが、{amount} - ({fee}) = {expected} です",
  },
  "row.net.signs": {
    de: ": Die Gebühr der Zeile hat das andere Vorzeichen als die übrigen der Datei",
    ja: "。この行の手数料の符号がファイルの他の行と逆です",
  },
  "row.outside-window.before": {
    de: "Gebucht {posted}, vor dem Beginn der Abrechnung {edge}",
    ja: "計上日時 {posted} が決済の開始 {edge} より前です",
  },
  "row.outside-window.after": {
    de: "Gebucht {posted}, nach dem Ende der Abrechnung {edge}",
    ja: "計上日時 {posted} が決済の終了 {edge} より後です",
  },
  "row.unreadable": {
    de: "Zeile {line} ist nicht lesbar: {why} ({code})",
    ja: "{line} 行目を読み取れません: {why} ({code})",
  },
  "settlement.mixed-id.one": {
    de: "1 Zeile nennt die Abrechnung {ids} in der Datei der Abrechnung {settlement}",
    ja: "決済 {settlement} のファイルの 1 行が決済 {ids} を示しています",
  },
  "settlement.mixed-id.some": {
    de: "{rows} Zeilen nennen die Abrechnung {ids} in der Datei der Abrechnung {settlement}",
    ja: "決済 {settlement} のファイルの {rows} 行が決済 {ids} を示しています",
  },
  "settlement.mixed-id.many": {
    de: "{rows} Zeilen nennen die Abrechnungen {ids} und {others} weitere in der Datei der Abrechnung {settlement}",
    ja: "決済 {settlement} のファイルの {rows} 行が決済 {ids} 他 {others} 件を示しています",
  },
  "settlement.gap": {
    de: "Keine Abrechnung deckt die Zeit von {from}, dem Ende von {before}, bis {to} ab",
    ja: "{before} の終了 {from} から {to} までの決済がありません",
  },
  "settlement.overlap": {
    de: "Beginnt {start}, bevor die Abrechnung {before} {end} endet",
    ja: "決済 {before} の終了 {end} より前の {start} に始まっています",
  },
  "settlement.zero-sum": {
    de: "Die Nettobeträge ergeben zusammen {sum} statt null",
    ja: "差引額の合計が 0 ではなく {sum} です",
  },
  "settlement.opening.left": {
    de: "Bringt {carried} mit, aber die Abrechnung {before} hinterließ {left}",
    ja: "繰越額は {carried} ですが、決済 {before} の残高は {left} です",
  },
  "settlement.opening.paid-out": {
    de: "Bringt {carried} mit, aber die Abrechnung {before} hat alles ausgezahlt",
    ja: "繰越額は {carried} ですが、決済 {before} は全額を振り込んでいます",
  },
  "settlement.opening.came-back": {
    de: ", so viel mehr, wie jene ausgezahlt hat: Die Auszahlung ist wohl zurückgekommen",
    ja: "。差額はその決済の振込額と同じです。振込が戻された可能性があります",
  },
  "settlement.roll-forward": {
    de: "Die Zeilen lassen nach der Auszahlung {left} übrig, aber die Abrechnung {next} bringt {carried} mit",
    ja: "振込後の残高は {left} ですが、決済 {next} の繰越額は {carried} です",
  },
  "settlement.roll-forward.last": {
    de: "Die Zeilen lassen nach der Auszahlung {left} übrig, und keine spätere Abrechnung übernimmt es",
    ja: "振込後の残高 {left} を引き継ぐ決済がありません",
  },
  "settlement.reissued": {
    de: "{file} liefert diese Abrechnung noch einmal mit anderem Inhalt als {before}",
    ja: "{file} はこの決済を {before} と異なる内容で再び提供しています",
  },
  "reissued.transfer": {
    de: "; die Auszahlung war {before} {currency} und ist {after}",
    ja: "。振込額は {before} {currency} から {after} に変わりました",
  },
  "reissued.opening": {
    de: "; der Anfangssaldo war {before} {currency} und ist {after}",
    ja: "。期首残高は {before} {currency} から {after} に変わりました",
  },
  "reissued.activity": {
    de: "; der Umsatz war {before} {currency} und ist {after}",
    ja: "。取引額は {before} {currency} から {after} に変わりました",
  },
  "reissued.fees": {
    de: "; die Gebühren waren {before} {currency} und sind {after}",
    ja: "。手数料は {before} {currency} から {after} に変わりました",
  },
  "reissued.closing": {
    de: "; der Endsaldo war {before} {currency} und ist {after}",
    ja: "。期末残高は {before} {currency} から {after} に変わりました",
  },
  "reissued.rows": { de: "; abweichende Zeilen: {rows}", ja: "。異なる行数は {rows} です" },
  "reissued.accept": {
    de: "; die neuere zählt; vergleichen mit apay settlements show {settlement} --versions, entscheiden mit apay settlements accept {settlement}",
    ja: "。新しい版を集計します。apay settlements show {settlement} --versions で比較し、apay settlements accept {settlement} で決めてください",
  },
  "reserve.roll-forward": {
    de: "Gibt eine Rücklage von {released} frei, aber die Abrechnung {before} hielt {held} zurück",
    ja: "解放された留保は {released} ですが、決済 {before} で留保されたのは {held} です",
  },
  "transaction.duplicate": {
    de: "{type} {transaction} ist noch einmal abgerechnet, zuerst {at} in der Abrechnung {settlement}, Zeile {line}",
    ja: "{type} {transaction} が再び決済されています。最初は {at}、決済 {settlement} の {line} 行目です",
  },
  "transaction.unknown-type": {
    de: "Unbekannter Transaktionstyp {type}, als Umsatz gezählt",
    ja: "未知の取引種類 {type} です。取引額に含めています",
  },
  "capture.unknown": {
    de: "Zum Einzug von {amount} gibt es keine eigene Aufzeichnung",
    ja: "売上 {amount} に対応する自社の記録がありません",
  },
  "refund.unknown": {
    de: "Zur Erstattung von {amount} gibt es keine eigene Aufzeichnung",
    ja: "返金 {amount} に対応する自社の記録がありません",
  },
  "refund.orphan": {
    de: "Erstattung von {amount}: Ihre Belastung ist in keiner Abrechnung, keinem Bericht und keiner Aufzeichnung",
    ja: "返金 {amount} の請求が、決済・レポート・記録のいずれにもありません",
  },
  "refund.orphan.named": {
    de: "Erstattung von {amount}: Ihre Belastung {charge} ist in keiner Abrechnung, keinem Bericht und keiner Aufzeichnung",
    ja: "返金 {amount} の請求 {charge} が、決済・レポート・記録のいずれにもありません",
  },
  "refund.exceeds-capture": {
    de: "{refunded} von {captured} erstattet, die für {charge} eingezogen wurden; höchstens {ceiling} sind erlaubt",
    ja: "{charge} の売上 {captured} に対し {refunded} が返金されています。上限は {ceiling} です",
  },
  "unsettled.captured": { de: "Eingezogen {at}", ja: "{at} に売上確定" },
  "unsettled.captured.reported": {
    de: "Laut Transaktionsbericht eingezogen {at}",
    ja: "取引レポートによると {at} に売上確定",
  },
  "unsettled.refunded": { de: "Erstattet {at}", ja: "{at} に返金" },
  "unsettled.refunded.reported": {
    de: "Laut Transaktionsbericht erstattet {at}",
    ja: "取引レポートによると {at} に返金",
  },
  "unsettled.passed": {
    de: " und in keiner Abrechnung, obwohl sie bis {until} reichen",
    ja: "されましたが、{until} までの決済に含まれていません",
  },
  "unsettled.old": {
    de: " und nach {days} Tagen oder mehr in keiner Abrechnung",
    ja: "されましたが、{days} 日以上たっても決済に含まれていません",
  },
  "match.amount.record": {
    de: "Abgerechnet {settled}, aber {own} in der eigenen Aufzeichnung (zugeordnet über {rule})",
    ja: "決済額は {settled} ですが、自社の記録では {own} です（照合: {rule}）",
  },
  "match.amount.report": {
    de: "Abgerechnet {settled}, aber {own} im Transaktionsbericht (zugeordnet über {rule})",
    ja: "決済額は {settled} ですが、取引レポートでは {own} です（照合: {rule}）",
  },
  "match.currency": {
    de: "Abgerechnet als {settled}, aufgezeichnet als {own} (zugeordnet über {rule})",
    ja: "決済は {settled}、記録は {own} です（照合: {rule}）",
  },
  "fee.mismatch": {
    de: "{type} von {amount}: Gebühren {percentage} und {fixed}, nach der Gebührenordnung zusammen {expected} ({schedule})",
    ja: "{type} {amount} の手数料は {percentage} と {fixed} ですが、料金表では合計 {expected} です ({schedule})",
  },
  "bank.missing-deposit": {
    de: "Die Auszahlung von {amount} vom {at} steht auf keinem Kontoauszug; sie war bis {due} fällig",
    ja: "{at} の振込 {amount} が銀行明細にありません。入金期限は {due} でした",
  },
  "bank.late-deposit": {
    de: "Die Auszahlung von {amount} vom {at} ist am {arrived} eingegangen; sie war bis {due} fällig",
    ja: "{at} の振込 {amount} は {arrived} に入金されました。入金期限は {due} でした",
  },
  "bank.unknown-deposit": {
    de: "Die Gutschrift von {amount} am {day} gehört zu keiner Auszahlung",
    ja: "{day} の入金 {amount} に対応する振込がありません",
  },
  "bank.unknown-deposit.named": {
    de: "Die Gutschrift von {amount} am {day} ({reference}) gehört zu keiner Auszahlung",
    ja: "{day} の入金 {amount} ({reference}) に対応する振込がありません",
  },
  "deposit.arrived": {
    de: "Ausgezahlt {sent}, eingegangen {arrived} am {days}",
    ja: "振込 {sent} に対し、{days} の入金は {arrived}",
  },
  "deposit.less": { de: ", {size} weniger", ja: "で、{size} 不足しています" },
  "deposit.more": { de: ", {size} mehr", ja: "で、{size} 超過しています" },
  "deposit.near": {
    de: "; nach Tag und ähnlichem Betrag zugeordnet, da es keine Referenz sagt",
    ja: "。参照番号がないため、日付と近い金額で照合しました",
  },
  "deposit.in-currency": {
    de: "Ausgezahlt {sent}, eingegangen {arrived} am {days} in {currency}",
    ja: "振込 {sent} に対し、{days} に {currency} で {arrived} の入金です",
  },
  "deposit.rate": { de: ", 1 {from} = {rate} {to}", ja: "（1 {from} = {rate} {to}）" },
  "deposit.converted": {
    de: "; nach Tag und Kurs zugeordnet, da es keine Referenz sagt",
    ja: "。参照番号がないため、日付と為替レートで照合しました",
  },
  "report.missing": {
    de: "Kein Bericht der Art „{report}“ deckt {from} bis {to} ab",
    ja: "{from} から {to} までの「{report}」レポートがありません",
  },
  "report.awaited": {
    de: "Noch kein Bericht der Art „{report}“ deckt {from} bis {to} ab",
    ja: "{from} から {to} までの「{report}」レポートがまだありません",
  },
  "report.made-late": {
    de: "Der Abrechnungsbericht bis {to} wurde erst {hours} Stunden nach dessen Ende erstellt",
    ja: "{to} までの決済レポートは、終了の {hours} 時間後に作成されました",
  },
  "report.quarantined": {
    de: "Die Datei der Art „{report}“ wurde beiseitegelegt: {why} ({code})",
    ja: "「{report}」のファイルは隔離されました: {why} ({code})",
  },
};

function inLanguage({ name, values }: Sentence, locale: Exclude<LocaleName, "en">): string {
  const { report, ...others } = values;
  // Kinds of reports are terms of the pages.
  const named =
    report === undefined ? others : { ...others, report: term("report type", report.replace("-", " "), locale) };
  return filledIn(SENTENCE_WORDING[name][locale], named);
}

/** What an exception says, and in which language: English where an earlier version of the kit found it. */
export function messageOf(
  { message, says }: Pick<ExceptionView, "message" | "says">,
  locale: LocaleName,
): { readonly text: string; readonly lang: LocaleName } {
  const known = says.length > 0 && says.every(({ name }) => Object.hasOwn(SENTENCE_WORDING, name));
  if (locale === "en" || !known) return { text: message, lang: "en" };
  return { text: says.map((sentence) => inLanguage(sentence, locale)).join(""), lang: locale };
}
