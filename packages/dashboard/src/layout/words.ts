import type { LocaleName } from "../locale/locale.ts";

/** Words of the frame and of the headings, by language. The rows are the list of what must be translated. */
const WORDS = {
  overview: { en: "Overview", de: "Übersicht", ja: "概要" },
  settlements: { en: "Settlements", de: "Abrechnungen", ja: "決済レポート" },
  exceptions: { en: "Exceptions", de: "Abweichungen", ja: "差異" },
  transactions: { en: "Transactions", de: "Transaktionen", ja: "取引" },
  fees: { en: "Fees", de: "Gebühren", ja: "手数料" },
  ageing: { en: "Ageing", de: "Fälligkeit", ja: "エイジング" },
  bank: { en: "Bank", de: "Bank", ja: "銀行" },
  reports: { en: "Reports", de: "Berichte", ja: "レポート" },
  accounts: { en: "Accounts", de: "Konten", ja: "アカウント" },
  skip: { en: "Skip to content", de: "Zum Inhalt", ja: "本文へ移動" },
  language: { en: "Language", de: "Sprache", ja: "言語" },
  account: { en: "Account", de: "Konto", ja: "アカウント" },
  all: { en: "All", de: "Alle", ja: "すべて" },
  show: { en: "Show", de: "Anzeigen", ja: "表示" },
  csv: { en: "Download CSV", de: "CSV herunterladen", ja: "CSV ダウンロード" },
  next: { en: "Next page", de: "Nächste Seite", ja: "次のページ" },
  first: { en: "First page", de: "Erste Seite", ja: "最初のページ" },
  none: { en: "Nothing here.", de: "Nichts vorhanden.", ja: "データがありません。" },
  balanced: { en: "balanced", de: "ausgeglichen", ja: "一致" },
  "with exceptions": { en: "exceptions", de: "Abweichungen", ja: "差異あり" },
  opening: { en: "Opening", de: "Anfangsbestand", ja: "期首残高" },
  captures: { en: "Captures", de: "Einzüge", ja: "売上" },
  refunds: { en: "Refunds", de: "Erstattungen", ja: "返金" },
  "fee total": { en: "Fees", de: "Gebühren", ja: "手数料" },
  other: { en: "Disputes, other", de: "Streitfälle, Sonstiges", ja: "異議・その他" },
  reserve: { en: "of it reserve", de: "davon Rücklage", ja: "うち留保" },
  transfer: { en: "Transfer", de: "Auszahlung", ja: "振込" },
  closing: { en: "Closing", de: "Endbestand", ja: "期末残高" },
  footer: {
    en: "Amazon Pay Kit. Unofficial; not from Amazon. Times are UTC.",
    de: "Amazon Pay Kit. Inoffiziell; nicht von Amazon. Zeiten in UTC.",
    ja: "Amazon Pay Kit。非公式であり、Amazon の製品ではありません。時刻は UTC です。",
  },
} as const satisfies Record<string, Record<LocaleName, string>>;

/** A word or phrase that the frame knows. */
export type Word = keyof typeof WORDS;

/** The word in a language. */
export function word(name: Word, locale: LocaleName): string {
  return WORDS[name][locale];
}
