import type { Texts } from "./texts.ts";

/** Headings, notices, form labels and what stands where there is nothing, page by page. */
export const PAGES_WORDING = {
  never: { en: "never", de: "nie", ja: "なし" },
  unknown: { en: "not known", de: "unbekannt", ja: "不明" },
  "line n": { en: "line {line}", de: "Zeile {line}", ja: "{line} 行目" },
  "one row": { en: "{count} row", de: "{count} Zeile", ja: "{count} 行" },
  "many rows": { en: "{count} rows", de: "{count} Zeilen", ja: "{count} 行" },
  "one error": { en: "{count} error", de: "{count} Fehler", ja: "エラー {count} 件" },
  "many errors": { en: "{count} errors", de: "{count} Fehler", ja: "エラー {count} 件" },
  "no match": {
    en: "Nothing matches what was asked for.",
    de: "Nichts entspricht der Auswahl.",
    ja: "条件に一致するデータはありません。",
  },
  "clear filters": { en: "Show everything", de: "Alles anzeigen", ja: "すべて表示" },

  "to explain": { en: "To explain", de: "Zu klären", ja: "未対応の差異" },
  "nothing to explain": {
    en: "every difference is explained",
    de: "jede Abweichung ist geklärt",
    ja: "差異はすべて対応済み",
  },
  "nothing compared": {
    en: "nothing is compared yet",
    de: "noch ist nichts verglichen",
    ja: "まだ照合していません",
  },
  "one to explain": { en: "open exception", de: "offene Abweichung", ja: "件が未対応" },
  "many to explain": { en: "open exceptions", de: "offene Abweichungen", ja: "件が未対応" },
  "in transit": { en: "In transit, {currency}", de: "Unterwegs, {currency}", ja: "未決済（{currency}）" },
  "in transit note": {
    en: "captured, in no settlement yet",
    de: "eingezogen, noch in keiner Abrechnung",
    ja: "売上済みで、まだ決済に含まれていない金額",
  },
  "next transfer": {
    en: "Next transfer, {currency}",
    de: "Nächste Auszahlung, {currency}",
    ja: "次回の振込（{currency}）",
  },
  "next transfer of": {
    en: "Next transfer, {currency} ({account})",
    de: "Nächste Auszahlung, {currency} ({account})",
    ja: "次回の振込（{currency}、{account}）",
  },
  "no date": { en: "no date yet", de: "noch kein Datum", ja: "日付は未定" },
  "expected on": { en: "expected {day}", de: "erwartet am {day}", ja: "{day} の見込み" },
  "transfers in": { en: "Transfers, {currency}", de: "Auszahlungen, {currency}", ja: "振込（{currency}）" },
  coverage: { en: "Coverage", de: "Abdeckung", ja: "取得状況" },
  "coverage by day": { en: "Coverage by day", de: "Abdeckung nach Tagen", ja: "日ごとの取得状況" },
  "coverage counts": {
    en: "{name}: {complete} complete, {late} late, {missing} missing, {none} without data, of {days} days",
    de: "{name}: {complete} vollständig, {late} verspätet, {missing} fehlend, {none} ohne Daten, von {days} Tagen",
    ja: "{name}：{days} 日のうち、取得済み {complete}、遅延 {late}、欠落 {missing}、データなし {none}",
  },
  "coverage more": {
    en: "Worst first; {count} more lines are in the CSV file.",
    de: "Die schlechtesten zuerst; {count} weitere Zeilen stehen in der CSV-Datei.",
    ja: "問題の多い順に表示しています。残り {count} 行は CSV にあります。",
  },
  "forecasts more": {
    en: "All {count} forecasts",
    de: "Alle {count} Vorhersagen",
    ja: "すべての予測（{count} 件）",
  },
  "fees newest of": {
    en: "The newest {shown} of {count} settlements; the sum is of all of them.",
    de: "Die neuesten {shown} von {count} Abrechnungen; die Summe umfasst alle.",
    ja: "決済 {count} 件のうち新しい {shown} 件です。合計は全件の値です。",
  },
  "nothing known": { en: "nothing known", de: "nichts bekannt", ja: "情報なし" },
  "no coverage": {
    en: "Nothing is known yet: run apay sync.",
    de: "Noch ist nichts bekannt: apay sync ausführen.",
    ja: "まだ情報がありません。apay sync を実行してください。",
  },

  "settlements newest": { en: "Settlements, newest first", de: "Abrechnungen, neueste zuerst", ja: "決済（新しい順）" },
  "no settlements": {
    en: "No settlement is in these books yet. apay sync fetches the settlement reports.",
    de: "Noch ist keine Abrechnung in diesen Büchern. apay sync holt die Abrechnungsberichte.",
    ja: "決済はまだ登録されていません。apay sync で決済レポートを取得します。",
  },
  "settlement title": {
    en: "Settlement {settlement} · {currency}",
    de: "Abrechnung {settlement} · {currency}",
    ja: "決済 {settlement}・{currency}",
  },
  glance: { en: "At a glance", de: "Auf einen Blick", ja: "要点" },
  "zero sum": {
    en: "rows add up to zero",
    de: "die Zeilen ergeben zusammen null",
    ja: "各行の合計は 0 です",
  },
  "no zero sum": {
    en: "rows do not add up to zero",
    de: "die Zeilen ergeben zusammen nicht null",
    ja: "各行の合計が 0 になりません",
  },
  "rolls forward": { en: "balances roll forward", de: "die Bestände schließen an", ja: "残高は連続しています" },
  "no roll forward": {
    en: "balances do not roll forward",
    de: "die Bestände schließen nicht an",
    ja: "残高が連続していません",
  },
  "signs plus": { en: "net = amount + fee", de: "netto = Betrag + Gebühr", ja: "差引額 = 金額 + 手数料" },
  "signs minus": {
    en: "net = amount − fee (mirror)",
    de: "netto = Betrag − Gebühr (gespiegelt)",
    ja: "差引額 = 金額 − 手数料（逆符号）",
  },
  "by type": { en: "By type", de: "Nach Typ", ja: "種類別" },
  "sums in": { en: "Sums in {currency}", de: "Summen in {currency}", ja: "合計（{currency}）" },
  rows: { en: "Rows", de: "Zeilen", ja: "明細" },
  "rows posted": {
    en: "Rows in the order in which they were posted",
    de: "Zeilen in der Reihenfolge ihrer Buchung",
    ja: "明細（計上順）",
  },
  "rows of type": {
    en: "Rows of type {type}, in the order in which they were posted",
    de: "Zeilen vom Typ {type} in der Reihenfolge ihrer Buchung",
    ja: "種類「{type}」の明細（計上順）",
  },
  "all types": { en: "All types", de: "Alle Typen", ja: "すべての種類" },

  "exceptions counted": { en: "How many of each", de: "Wie viele von jeder Art", ja: "コード別の件数" },
  "exceptions by code": { en: "Exceptions by code", de: "Abweichungen nach Code", ja: "差異（コード順）" },
  "no exceptions": {
    en: "No exception: what apay reconcile has compared so far agrees.",
    de: "Keine Abweichung: Was apay reconcile bisher verglichen hat, stimmt überein.",
    ja: "差異はありません。これまでに apay reconcile で照合した内容はすべて一致しています。",
  },
  "exception title": { en: "Exception · {code}", de: "Abweichung · {code}", ja: "差異・{code}" },
  "exception rule": { en: "What should be", de: "Was gelten sollte", ja: "本来の状態" },
  "exception remedy": { en: "What to do", de: "Was zu tun ist", ja: "対応方法" },
  "line of file": { en: "line {line} of the file", de: "Zeile {line} der Datei", ja: "ファイルの {line} 行目" },
  history: { en: "What was done", de: "Was geschehen ist", ja: "対応履歴" },
  "history caption": {
    en: "Every step, oldest first; nothing is ever removed",
    de: "Jeder Schritt, ältester zuerst; nichts wird je entfernt",
    ja: "すべての操作（古い順）。履歴は削除されません",
  },
  "resolved by data": {
    en: "Later data resolved this; there is nothing to do.",
    de: "Spätere Daten haben das geklärt; es ist nichts zu tun.",
    ja: "その後のデータで解消済みです。対応は不要です。",
  },
  "read only": {
    en: "This dashboard is read-only: start it with --allow-changes to write.",
    de: "Hier kann nur gelesen werden: Zum Schreiben mit --allow-changes starten.",
    ja: "読み取り専用です。変更するには --allow-changes を付けて起動してください。",
  },
  "explain it": { en: "Explain it", de: "Erklären", ja: "説明を記入" },
  "open again": { en: "Open it again", de: "Wieder öffnen", ja: "再オープン" },
  "note label": {
    en: "Note for whoever reads this next year",
    de: "Notiz für alle, die das nächstes Jahr lesen",
    ja: "後から読む人のためのメモ",
  },
  "mark explained": { en: "Mark as explained", de: "Als erklärt vermerken", ja: "説明済みにする" },
  reopen: { en: "Reopen", de: "Wieder öffnen", ja: "再オープンする" },

  "search label": { en: "Any id or amount", de: "Beliebige ID oder Betrag", ja: "任意の ID または金額" },
  "search example": { en: "C01-… or 49.90", de: "C01-… oder 49,90", ja: "C01-… または 49.90" },
  "in no settlement": { en: "In no settlement yet", de: "Noch in keiner Abrechnung", ja: "まだ決済に含まれていません" },
  "rows newest": {
    en: "Settlement rows, newest first",
    de: "Abrechnungszeilen, neueste zuerst",
    ja: "決済の明細（新しい順）",
  },
  "no rows": {
    en: "No row is in these books yet. apay sync fetches the settlement reports with them.",
    de: "Noch ist keine Zeile in diesen Büchern. apay sync holt die Abrechnungsberichte dazu.",
    ja: "明細はまだ登録されていません。apay sync で決済レポートを取得します。",
  },

  "fees by type caption": {
    en: "By type, of the rows posted in this time",
    de: "Je Typ, von den in dieser Zeit gebuchten Zeilen",
    ja: "種類別（期間内に計上された明細）",
  },
  "fees caption": { en: "By settlement, newest first", de: "Je Abrechnung, neueste zuerst", ja: "決済別（新しい順）" },
  "not audited": { en: "not audited", de: "nicht geprüft", ja: "未検査" },
  "no fees": {
    en: "No settlement, no fees yet. apay sync fetches the settlement reports.",
    de: "Noch keine Abrechnung, also noch keine Gebühren. apay sync holt die Abrechnungsberichte.",
    ja: "決済がまだないため、手数料もありません。apay sync で決済レポートを取得します。",
  },

  "ageing intro": {
    en: "Charges and refunds of your own records that are in no settlement yet, by their age in days.",
    de: "Belastungen und Erstattungen aus den eigenen Aufzeichnungen, die noch in keiner Abrechnung sind, nach Alter in Tagen.",
    ja: "自社の記録にあり、まだ決済に含まれていない請求と返金です（経過日数別）。",
  },
  "ageing heading": { en: "{kind}, {currency}", de: "{kind}, {currency}", ja: "{kind}（{currency}）" },
  "ageing caption": { en: "By age in days", de: "Nach Alter in Tagen", ja: "経過日数別" },
  "no open items": {
    en: "Nothing waits for a settlement. Your own charges come in with apay records import FILE.",
    de: "Nichts wartet auf eine Abrechnung. Eigene Belastungen kommen mit apay records import DATEI hinein.",
    ja: "決済待ちのものはありません。自社の請求は apay records import ファイル で取り込みます。",
  },
  items: { en: "Items", de: "Posten", ja: "明細" },
  "items caption": {
    en: "Charges and refunds in no settlement yet, oldest first",
    de: "Belastungen und Erstattungen in noch keiner Abrechnung, älteste zuerst",
    ja: "未決済の請求と返金（古い順）",
  },

  "bank intro": {
    en: "What Amazon Pay sent, and what arrived. Bank statements come in with apay bank import FILE.",
    de: "Was Amazon Pay überwiesen hat und was angekommen ist. Kontoauszüge kommen mit apay bank import DATEI hinein.",
    ja: "Amazon Pay からの振込と実際の入金です。銀行明細は apay bank import ファイル で取り込みます。",
  },
  transfers: { en: "Transfers", de: "Auszahlungen", ja: "振込" },
  "transfers newest": { en: "Transfers, newest first", de: "Auszahlungen, neueste zuerst", ja: "振込（新しい順）" },
  "no transfers": {
    en: "No settlement has paid out yet.",
    de: "Noch hat keine Abrechnung ausgezahlt.",
    ja: "振込のある決済はまだありません。",
  },
  "not matched": { en: "not matched", de: "nicht zugeordnet", ja: "未照合" },
  forecast: { en: "Next transfer", de: "Nächste Auszahlung", ja: "次回の振込" },
  "forecast caption": {
    en: "What the next transfer is made of, from what is known now; below, forecasts that have come true",
    de: "Woraus die nächste Auszahlung besteht, nach heutigem Stand; darunter frühere Vorhersagen",
    ja: "現時点の情報による次回振込の内訳と、過去の予測",
  },
  "no forecast": {
    en: "No forecast yet: it needs a settlement, and apay reconcile.",
    de: "Noch keine Vorhersage: Sie braucht eine Abrechnung und apay reconcile.",
    ja: "予測はまだありません。決済と apay reconcile の実行が必要です。",
  },
  awaited: { en: "awaited", de: "erwartet", ja: "入金待ち" },

  "reports newest": {
    en: "Reports, newest data first",
    de: "Berichte, neueste Daten zuerst",
    ja: "レポート（データの新しい順）",
  },
  "reports of type": {
    en: "Reports of type {type}, newest data first",
    de: "Berichte vom Typ {type}, neueste Daten zuerst",
    ja: "種類「{type}」のレポート（データの新しい順）",
  },
  "no reports": {
    en: "No report has been fetched yet: run apay sync.",
    de: "Noch wurde kein Bericht geholt: apay sync ausführen.",
    ja: "レポートはまだ取得されていません。apay sync を実行してください。",
  },
  "accounts caption": {
    en: "Every account of this ledger",
    de: "Alle Konten dieses Hauptbuchs",
    ja: "この帳簿のすべてのアカウント",
  },
  "no such account": {
    en: "There is no account {name} in these books. The page of accounts has all names.",
    de: "Ein Konto {name} gibt es in diesen Büchern nicht. Die Seite der Konten nennt alle Namen.",
    ja: "この帳簿に {name} というアカウントはありません。名前はアカウントの一覧にあります。",
  },
  "no accounts": {
    en: "No account is in these books yet. apay init writes a configuration, apay sync fills the books.",
    de: "Noch ist kein Konto in diesen Büchern. apay init schreibt eine Konfiguration, apay sync füllt die Bücher.",
    ja: "アカウントはまだ登録されていません。apay init で設定を作成し、apay sync で帳簿を作成します。",
  },

  "file title": { en: "File · line {line}", de: "Datei · Zeile {line}", ja: "ファイル・{line} 行目" },
  "file lines": {
    en: "Physical lines as they are in the file",
    de: "Physische Zeilen, wie sie in der Datei stehen",
    ja: "ファイル内の行（原文のまま）",
  },
  "row errors": {
    en: "Rows that could not be read",
    de: "Zeilen, die nicht gelesen werden konnten",
    ja: "読み取れなかった行",
  },
  "row errors caption": {
    en: "Errors of this file, by line",
    de: "Fehler dieser Datei nach Zeilen",
    ja: "このファイルのエラー（行順）",
  },
  "no lines": {
    en: "The file has no such line.",
    de: "Die Datei hat keine solche Zeile.",
    ja: "該当する行はありません。",
  },
  "earlier lines": { en: "earlier lines", de: "frühere Zeilen", ja: "前の行" },
  "later lines": { en: "later lines", de: "spätere Zeilen", ja: "次の行" },

  "not found": { en: "Not found", de: "Nicht gefunden", ja: "見つかりません" },
  "did not work": { en: "This did not work", de: "Das hat nicht geklappt", ja: "処理できませんでした" },
  "no page": { en: "There is no such page.", de: "Diese Seite gibt es nicht.", ja: "このページはありません。" },
  "no object": {
    en: "These books do not hold it, or not under this account.",
    de: "Diese Bücher enthalten es nicht, oder nicht unter diesem Konto.",
    ja: "この帳簿、またはこのアカウントには存在しません。",
  },
  "bad request": {
    en: "The books could not answer this question.",
    de: "Die Bücher konnten diese Frage nicht beantworten.",
    ja: "この条件では表示できません。",
  },
  "note needed": {
    en: "A note is needed: say why, for whoever reads this next year.",
    de: "Eine Notiz ist nötig: Schreiben Sie den Grund auf, für alle, die das nächstes Jahr lesen.",
    ja: "メモは必須です。後から読む人のために理由を記入してください。",
  },
  "foreign form": {
    en: "This form is not from this dashboard, or is too old. Go back, reload, and send it again.",
    de: "Dieses Formular stammt nicht von hier oder ist zu alt. Zurückgehen, neu laden und noch einmal senden.",
    ja: "このフォームは無効か、期限切れです。前のページに戻って再読み込みし、もう一度送信してください。",
  },
  "inner error": {
    en: "Something went wrong inside. Nothing was changed; the log of the dashboard says what.",
    de: "Intern ist etwas schiefgegangen. Nichts wurde verändert; das Protokoll sagt mehr.",
    ja: "内部エラーが発生しました。データは変更されていません。詳細はログを確認してください。",
  },
  "other host": {
    en: "This dashboard does not answer to the host name “{host}”.",
    de: "Unter dem Hostnamen „{host}“ ist hier nichts zu sehen.",
    ja: "ホスト名「{host}」ではアクセスできません。",
  },
  "no proxy user": {
    en: "The proxy did not name a user in {header}.",
    de: "Der Proxy hat in {header} keinen Benutzer genannt.",
    ja: "プロキシの {header} にユーザー名がありません。",
  },
  "token needed": {
    en: "This dashboard opens with a token. Whoever started it has it.",
    de: "Dieses Dashboard öffnet sich mit einem Token. Wer es gestartet hat, kennt es.",
    ja: "このダッシュボードを開くにはトークンが必要です。起動した担当者に確認してください。",
  },
  "token wrong": {
    en: "That is not the token of this dashboard.",
    de: "Das ist nicht das Token dieses Dashboards.",
    ja: "トークンが正しくありません。",
  },
  token: { en: "Token", de: "Token", ja: "トークン" },
  "sign in": { en: "Sign in", de: "Anmelden", ja: "サインイン" },
  "back to overview": { en: "Back to the overview", de: "Zurück zur Übersicht", ja: "概要に戻る" },
} as const satisfies Record<string, Texts>;
