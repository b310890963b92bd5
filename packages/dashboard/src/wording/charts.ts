import type { Texts } from "./texts.ts";

/** Labels, legends and spoken titles of the charts. */
export const CHARTS = {
  "step opening": { en: "Opening", de: "Anfangsbestand", ja: "期首残高" },
  "step captures": { en: "Captures", de: "Einzüge", ja: "売上" },
  "step refunds": { en: "Refunds", de: "Erstattungen", ja: "返金" },
  "step fees": { en: "Fees", de: "Gebühren", ja: "手数料" },
  "step other": { en: "Disputes, other", de: "Streitfälle, Sonstiges", ja: "異議・その他" },
  "step transfer": { en: "Transfer", de: "Auszahlung", ja: "振込" },
  "step closing": { en: "Closing", de: "Endbestand", ja: "期末残高" },
  "step reserve": { en: "of it reserve", de: "davon Rücklage", ja: "うち留保" },
  "chart waterfall": {
    en: "From opening to closing balance of settlement {settlement} in {currency}",
    de: "Vom Anfangs- zum Endbestand der Abrechnung {settlement} in {currency}",
    ja: "決済 {settlement} の期首残高から期末残高まで（{currency}）",
  },
  "chart transfers": {
    en: "Transfers of the last settlements in {currency}",
    de: "Auszahlungen der letzten Abrechnungen in {currency}",
    ja: "最近の決済の振込額（{currency}）",
  },
  "chart fees": {
    en: "Fees of each settlement in {currency}",
    de: "Gebühren je Abrechnung in {currency}",
    ja: "決済ごとの手数料（{currency}）",
  },
  "chart ageing": {
    en: "In no settlement yet, by age in days: {what}",
    de: "Noch in keiner Abrechnung, nach Alter in Tagen: {what}",
    ja: "未決済、経過日数別：{what}",
  },
  "chart coverage": {
    en: "Which days are covered by which report",
    de: "Welche Tage von welchem Bericht abgedeckt sind",
    ja: "日付ごとのレポートの有無",
  },
  "legend standing": { en: "balance", de: "Bestand", ja: "残高" },
  "legend in": { en: "comes in", de: "Zugang", ja: "増加" },
  "legend out": { en: "goes out", de: "Abgang", ja: "減少" },
  "legend hold": { en: "held back", de: "zurückgehalten", ja: "留保" },
  "legend balanced": { en: "settlement is balanced", de: "Abrechnung ausgeglichen", ja: "一致した決済" },
  "legend exceptions": { en: "settlement has exceptions", de: "Abrechnung mit Abweichungen", ja: "差異のある決済" },
  "legend fee expected": {
    en: "fee as expected, or not audited",
    de: "Gebühr wie erwartet, oder nicht geprüft",
    ja: "予定どおりの手数料、または未検査",
  },
  "legend fee unexpected": {
    en: "difference to the expected fee",
    de: "Unterschied zur erwarteten Gebühr",
    ja: "予定手数料との差額",
  },
  "legend young": { en: "up to 15 days", de: "bis 15 Tage", ja: "15 日まで" },
  "legend older": { en: "16 to 30 days", de: "16 bis 30 Tage", ja: "16～30 日" },
  "legend old": { en: "more than 30 days", de: "über 30 Tage", ja: "30 日超" },
  "part expected": { en: "as expected", de: "wie erwartet", ja: "予定どおり" },
  "part unexpected": { en: "unexpected", de: "unerwartet", ja: "差額" },
} as const satisfies Record<string, Texts>;
