import { plainName } from "@amazon-pay-kit/tabular";

/** Words that banks write in a direction column for money that went out. */
const DEBIT = new Set(
  (
    "af debet debit debits d dr db dbit soll s belastung lastschrift ausgang abgang out moneyout paidout outgoing withdrawal " +
    "udbetaling hævning utbetaling utbetalning otto meno vydaj odchozi odchadzajuca giden uitgaand uitgaande uitgave uitgaven auszahlung ausgabe abfluss " +
    "sortie decaissement envoye emis enviado enviada inviato wychodzacy wychodzaca wydatek kimeno χρεωση χ חובה списание расход дебет sent outflow expense spent " +
    "outgoingpayment transferout moneysent outbound virementemis paidoutamount " +
    "afschrijving dare addebito uscita cargo adeudo debe salida gasto debito minus obciazenie wn winien borc terheles veloitus hævet uttag saida 支出 출금 出金 支払 支払い 引出 払出 出 お支払い"
  ).split(" "),
);

/** And for money that came in. */
const CREDIT = new Set(
  (
    "indbetaling indsættelse innbetaling inbetalning pano tulo prijem prichozi prichadzajuca gelen inkomend inkomende inkomst inkomsten einzahlung einnahme zufluss " +
    "entree encaissement recu recibido recibida ricevuto recebido recebida przychodzacy przychodzaca wplyw bejovo πιστωση π זכות зачисление приход поступление кредит received inflow income " +
    "incomingpayment transferin moneyreceived inbound virementrecu " +
    "bij credit credits c cr cdt crdt haben h gutschrift eingang zugang in moneyin paidin incoming deposit bijschrijving avere " +
    "accredito entrata abono haber ingreso credito plus kredit uznanie ma alacak jovairas hyvitys indsat insattning entrada 收入 입금 入金 預入 預け入れ 受取 入 お預入れ お預り"
  ).split(" "),
);

/** A direction. */
export type Direction = "credit" | "debit";

/** The direction that a word says; null where it is not known. */
export function directionOf(text: string, debitWords: readonly string[]): Direction | null {
  const trimmed = text.trim();
  if (/^[-\u2010-\u2015\u2212]$/.test(trimmed)) return "debit";
  if (trimmed === "+") return "credit";
  const word = plainName(trimmed);
  if (word === "") return null;
  if (debitWords.some((given) => plainName(given) === word)) return "debit";
  if (DEBIT.has(word)) return "debit";
  // Anyone who names the word for debits has said what the other is.
  return CREDIT.has(word) || debitWords.length > 0 ? "credit" : null;
}

/** Shorter words begin sentences: `In store purchase`. */
const SHORTEST_FIRST_WORD = 4;

/**
 * The direction that a cell may say, by the word that it is or by the first of several (`Outgoing SEPA payment`), which is enough to
 * ask and not to read; null for none.
 */
export function nearDirection(text: string): Direction | null {
  const whole = directionOf(text, []);
  const [first = ""] = text.trim().split(/[\s-]/);
  return whole ?? (first.length < SHORTEST_FIRST_WORD ? null : directionOf(first, []));
}

/** An amount with a word beside it: `25.00 CR`, `1.250,07 H`. */
const WORD_BEHIND = /^(.*\d[^\p{L}(]*?)\s*\(?(?:(CR|C|HABEN|H|CRDT)|(DR|DB|D|SOLL|S|DBIT))\.?\)?$/iu;
const WORD_BEFORE = /^(?:(CR|HABEN|CRDT)|(DR|SOLL|DBIT))\.?\s*([^\p{L}]*\d.*)$/iu;

/** Takes the word for credit or debit off an amount. */
export function withoutWord(text: string): { readonly number: string; readonly direction: Direction | null } {
  const trimmed = text.trim();
  const behind = WORD_BEHIND.exec(trimmed);
  if (behind !== null) return { number: behind[1] ?? "", direction: behind[2] === undefined ? "debit" : "credit" };
  const before = WORD_BEFORE.exec(trimmed);
  if (before !== null) return { number: before[3] ?? "", direction: before[1] === undefined ? "debit" : "credit" };
  return { number: trimmed, direction: null };
}

/** Beginnings of the rows in which banks state balances and sums among the entries. */
const SUMS =
  /^(?:(?:sub)?totals?|grand total|summe|gesamt(?:summe|betrag)?|zwischensumme|kontostand|(?:alter|neuer|letzter|aktueller) (?:konto)?(?:saldo|stand|kontostand)|(?:anfangs|end|schluss|tages|abschluss)saldo|saldo|saldovortrag|(?:ü|ue)bertrag|(?:opening|closing|beginning|ending|starting|current|available|previous|new|final) balance|balance|balance (?:brought|carried) forward|totaux|total (?:des )?(?:d[ée]bits|cr[ée]dits|mouvements)|(?:ancien |nouveau )?solde|saldo (?:iniziale|finale|contabile|disponibile|inicial|final|anterior|actual)|totale|(?:begin|eind)saldo|totaal|suma|razem|sald[oa] (?:początkowe|końcowe|na)|suma obrotów|合计|总计|小计|합계|合計|小計|総計|残高|繰越|前月繰越|次月繰越|前回残高)(?=$|[\s:,.(）（\d])/iu;

/** Whether a cell begins as balances and sums are named. */
export function namesSum(text: string): boolean {
  return SUMS.test(text.trim().replace(/^[#*]+/, ""));
}

/**
 * What banks call the balance that a statement opens or closes with. `Übertrag` is none of them: it is also a transfer between two
 * accounts.
 */
const BALANCE_NAMES = [
  "(?:opening|closing|beginning|ending|starting|final) balance|balance (?:brought |carried )?forward|balance [bc]/?f(?:wd)?",
  "(?:anfangs|end|schluss|eröffnungs)(?:saldo|bestand)|saldovortrag|(?:alter|neuer|letzter|aktueller) (?:saldo|kontostand)|kontostand",
  "(?:ancien|nouveau) solde|solde (?:initial|final|précédent|d'ouverture|de clôture)",
  "saldo (?:iniziale|finale|precedente|inicial|final|anterior|do dia|total dispon[ií]vel(?: do)? dia)",
  "(?:begin|eind)saldo|(?:vorig|oud|nieuw) saldo|(?:ingående|utgående|inngående) (?:saldo|balans)|(?:primo|ultimo)saldo",
  "saldo (?:primo|ultimo)|(?:alku|loppu)saldo|saldo (?:pocz[ąa]tkowe|ko[ńn]cowe)|(?:počáteční|konečný) (?:zůstatek|stav)",
  "(?:nyitó|záró) ?egyenleg|(?:açılış|kapanış|devreden) bakiye(?:si)?|sold (?:ini[țţt]ial|final)|(?:входящий|исходящий) остаток",
  "前月繰越|次月繰越|繰越残高|期初余额|期末余额|承前余额|전월 ?이월|이월 ?잔액",
].join("|");

/** A cell that says nothing but this, and perhaps of which day, is a balance, whatever else stands in its row. */
const BALANCE = new RegExp(
  `^(?:${BALANCE_NAMES})(?:[\\s:]*(?:as (?:of|at)|at|on|vom|am|per|zum|au|du|al|del|a|em|den|pr\\.?|na dzień|z dnia|k|ke dni)?\\s*[\\d./-]{6,10})?[.:]?$`,
  "iu",
);

/** Whether a cell names an opening or closing balance, and says nothing else. */
export function isBalanceCell(text: string): boolean {
  return BALANCE.test(text.trim());
}

const TOTAL =
  /^(?:(?:grand |sub)?total|summe|gesamt(?:summe|betrag)?|totaal|totale|suma|razem|yhteensä|i alt|celkem|összesen|toplam|итого|合计|总计|合計|합계)[:.]?$/iu;

/** Whether a cell says nothing but that its row is a sum. A shop may be called so as well. */
export function isTotalCell(text: string): boolean {
  return TOTAL.test(text.trim());
}

const PENDING = new Set(
  (
    "pending vorgemerkt umsatzvorgemerkt offen ausstehend vormerkung enattente avenir insospeso incontabilizzazione pendiente " +
    "inbehandeling gereserveerd reverted declined failed cancelled canceled rejected abgelehnt storniert returned voided " +
    "authorised authorized processing scheduled noncontabilizzato noncontabilizzata geweigerd refuse refusee annule annulee " +
    "zuruckgesetzt fehlgeschlagen onhold expired blocked memo revertido revertida annullato annullata geannuleerd rechazado declinado rifiutato " +
    "venter reserveret reservert vantar vaentar preliminar oczekujaca oczekujacy zaplanowana 予定 取消 未確定"
  ).split(" "),
);

const BOOKED = new Set(
  (
    "booked posted completed complete gebucht umsatzgebucht verbucht cleared settled executed done success succeeded " +
    "comptabilise comptabilisee terminee contabilizzato contabilizzata contabilizado contabilizada verwerkt uitgevoerd geboekt " +
    "geaccepteerd abgeschlossen effectue execute eseguito acceptee accepte aanvaard active finished sent received termine " +
    "udført utført bokford bogført bokført zaksiegowana zaksiegowano rozliczona completado completada completato completata voltooid traite regle ejecutado valide approved approuve captured credit debit reconciled 確定 完了"
  ).split(" "),
);

/** What a status says: booked, not booked, or nothing that is known. */
export function statusOf(text: string): "booked" | "not-booked" | null {
  const word = plainName(text);
  return PENDING.has(word) ? "not-booked" : BOOKED.has(word) ? "booked" : null;
}
