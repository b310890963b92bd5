import type { Texts } from "./texts.ts";

/** Words of the frame around every page, and those that all tables share. */
export const FRAME = {
  overview: { en: "Overview", de: "Übersicht", ja: "概要" },
  settlements: { en: "Settlements", de: "Abrechnungen", ja: "決済レポート" },
  exceptions: { en: "Exceptions", de: "Abweichungen", ja: "差異" },
  transactions: { en: "Transactions", de: "Transaktionen", ja: "取引" },
  fees: { en: "Fees", de: "Gebühren", ja: "手数料" },
  ageing: { en: "Ageing", de: "Altersstruktur", ja: "エイジング" },
  bank: { en: "Bank", de: "Bankkonto", ja: "銀行入金" },
  reports: { en: "Reports", de: "Berichte", ja: "レポート" },
  accounts: { en: "Accounts", de: "Konten", ja: "アカウント" },
  navigation: { en: "Main", de: "Hauptnavigation", ja: "メインメニュー" },
  skip: { en: "Skip to content", de: "Zum Inhalt", ja: "本文へ移動" },
  account: { en: "Account", de: "Konto", ja: "アカウント" },
  all: { en: "All", de: "Alle", ja: "すべて" },
  show: { en: "Show", de: "Anzeigen", ja: "表示" },
  csv: { en: "Download CSV", de: "CSV herunterladen", ja: "CSV をダウンロード" },
  "csv of": { en: "Download CSV: {what}", de: "CSV herunterladen: {what}", ja: "CSV をダウンロード：{what}" },
  next: { en: "Next page", de: "Nächste Seite", ja: "次のページ" },
  first: { en: "First page", de: "Erste Seite", ja: "最初のページ" },
  sum: { en: "Sum", de: "Summe", ja: "合計" },
  footer: {
    en: "Amazon Pay Kit. Unofficial; not from Amazon. Times are UTC.",
    de: "Amazon Pay Kit. Inoffiziell; nicht von Amazon. Zeiten in UTC.",
    ja: "Amazon Pay Kit。非公式であり、Amazon の製品ではありません。時刻は UTC です。",
  },
} as const satisfies Record<string, Texts>;
