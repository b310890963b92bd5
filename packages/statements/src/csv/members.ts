import { isIsoCurrency } from "@amazon-pay-kit/money";
import { plainName } from "@amazon-pay-kit/tabular";

/** What a column of a statement can hold; `--map MEMBER=COLUMN` names one of these. */
export const CSV_MEMBERS = [
  "bookedAt",
  "valueAt",
  "amount",
  "credit",
  "debit",
  "direction",
  "currency",
  "reference",
  "counterparty",
  "payer",
  "payee",
  "text",
  "bankAccount",
  "status",
  "balance",
] as const;

/** One of {@link CSV_MEMBERS}. */
export type CsvMember = (typeof CSV_MEMBERS)[number];

/**
 * Names that the columns of banks have in the languages of the kit, the best first; compared without case, accents, blanks, signs
 * and the currency behind them (`Betrag (EUR)`). What a column that is in no list holds goes into the text of the line.
 */
export const COLUMN_NAMES: Readonly<Record<CsvMember, readonly string[]>> = {
  bookedAt: [
    ..."Booked at,Booking date,Date of booking,Posting date,Post date,Posted date,Date posted,Posted,Date booked".split(
      ",",
    ),
    ..."Buchungstag,Buchungsdatum,Tag der Buchung,Buchung".split(","),
    ..."Date opération,Date d'opération,Date comptabilisation,Date de l'opération,Date comptable,Date de comptabilisation,dateOp".split(
      ",",
    ),
    ..."Bogføringsdato,Bokføringsdato,Bokført dato,Bokföringsdag,Bokföringsdatum,Reskontradatum,Kirjauspäivä,Data księgowania,Datum zaúčtování,Könyvelés dátuma,Könyvelés napja,Dátum zaúčtovania,Datum knjiženja,Datum knjižbe,Data księgowania operacji,Data tranzactie,Data tranzacției,Data înregistrării,Datum izvršenja,Datum odepsání,Datum zaúčtování".split(
      ",",
    ),
    ..."Data contabile,Data operazione,Data registrazione,Data contabilizzazione,Data cont.".split(","),
    ..."Fecha operación,Fecha de operación,F. operación,Fecha contable,F. contable,Fecha de la operación".split(","),
    ..."Boekdatum,Boekingsdatum,Boekings datum,Transactiedatum,Uitvoeringsdatum".split(","),
    ..."Transaction date,Txn date,Trans date,Entry date,Completed date".split(","),
    ..."取引日,お取引日,取扱日,取扱日付,お取扱日,お取り扱い日,操作日(年月日),年月日,日付,取引日付,取引年月日,入出金日,取引日時".split(
      ",",
    ),
    ..."Transaktionsdag,Transaktionsdatum,Data operacji,Data transakcji,Datum provedení,İşlem tarihi,Data mov.,Tarih/Saat,Data lanc.,Data Lançamento,Data da operação,Data operação,Fecha movimiento,Tran date,Transaction posted date,거래일시,거래일자,お取り引き日,お取引き日,入账日期,Дата операции,Дата проводки,Ημερομηνία,Ημ/νία,Data movimento,Data do movimento,Data lançamento,交易日期,交易日,记账日期,거래일시,거래일자,거래일".split(
      ",",
    ),
    ..."Date,Datum,Data,Fecha,Tag,Dato,Tarih,Día,Päivämäärä,Kirjauspvm,Pvm,Dátum,Дата,交易时间,记账时间".split(","),
  ],
  valueAt: [
    ..."Value date,Wertstellung,Wertstellungsdatum,Wertstellung (Valuta),Valutadatum,Wert".split(","),
    ..."Date valeur,Date de valeur,dateVal,Data valuta,Fecha valor,F. valor,Fecha de valor,Rentedatum".split(","),
    ..."Interest date,起算日".split(","),
    ..."Settlement date,Rentedato,Valørdato,Valutadag,Valutadato,Arvopäivä,Data waluty,Értéknap,Data valor,Valör tarihi,Valuta,Datum valute,Dátum valuty,Data rozliczenia,Дата валютирования,Ημερομηνία αξίας".split(
      ",",
    ),
  ],
  amount: [
    // What an entry comes to in the account's own currency, before what it was in another.
    ..."Amount in account currency,Account amount,Booked amount,Betrag in Kontowährung,Kwota w walucie rachunku".split(
      ",",
    ),
    ..."Kwota transakcji (waluta rachunku),Zaúčtovaná částka,Importe en la moneda de la cuenta".split(","),
    ..."Montant dans la devise du compte,Importo in divisa del conto".split(","),
    ..."Amount,Transaction amount,Booked amount,Betrag,Umsatz,Buchungsbetrag,Montant,Montant de l'opération,Montant operation,Importo in euro".split(
      ",",
    ),
    ..."Importo,Importe,Cantidad,Bedrag,Transactiebedrag,Transaction value,Value,金額,取引金額,お取引金額,入出金,入出金額".split(
      ",",
    ),
    ..."Beløb,Beløp,Belopp,Määrä,Kwota,Kwota operacji,Kwota transakcji,Objem,Částka,Összeg,Tutar,İşlem tutarı,Montante,交易金额,金额,거래금액,Summa,Suma,Sumă,Iznos,Znesek,Kwota blokady/operacji,金额(元),Сумма,Сумма операции,Ποσό".split(
      ",",
    ),
  ],
  credit: [
    ..."Credit,Credit amount,Credits,Paid in,Money in,Deposit,Deposits,Deposit amount,Amount in,Haben,Gutschrift".split(
      ",",
    ),
    ..."Crédit,Montant crédit,Montant au crédit,Recette,Entrate,Accrediti,Accredito,Avere,Ingreso,Ingresos".split(","),
    ..."Abono,Abonos,Haber,Bij,Bijschrijving,入金,入金額,入金金額,預入金額,預入額,預入,お預入れ,お預入れ額,お預かり金額".split(
      ",",
    ),
    ..."受入金額,受入額,お受入金額,お預り金額,預かり金額,預り金額,お預け入れ額,入金(円),お預入金額".split(","),
    ..."Inn på konto,Innskudd,Inn,Ind,Insatt belopp,In,Kreditbelopp,Uplate,Uplata,Dobro,Încasări,Intrări,Приход,Πίστωση,CR amount,Cr,Paid in amount,Received amount,Insättning,Insatt,Indsat,Kredit,Uznania,Uznanie,Wpływy,Jóváírás,Alacak,Crédito,Créditos,收入,贷方金额,贷方发生额,입금액,입금".split(
      ",",
    ),
  ],
  debit: [
    ..."Debit,Debit amount,Debits,Paid out,Money out,Withdrawal,Withdrawals,Withdrawal amount,Amount out,Soll".split(
      ",",
    ),
    ..."Lastschrift,Belastung,Débit,Montant débit,Montant au débit,Dépense,Uscite,Addebiti,Addebito,Dare,Cargo".split(
      ",",
    ),
    ..."Cargos,Gasto,Gastos,Debe,Af,Afschrijving,Debet,出金,出金額,出金金額,引出金額,引出額,引出,お引出し,お引出し額".split(
      ",",
    ),
    ..."お引き出し,お引き出し額,お支払金額,お支払い金額,支払い金額,支払金額,払出金額,払出額,お払出金額,出金(円),お引出金額,お支払額".split(
      ",",
    ),
    ..."Ut fra konto,Ut av konto,Uttag,Uttak,Ut,Ud,Out,Debetbelopp,Isplate,Isplata,Breme,Plăți,Ieșiri,Расход,Χρέωση,DR amount,Dr,Paid out amount,Hævet,Obciążenia,Obciążenie,Wydatki,Terhelés,Borç,Débito,Débitos,支出,借方金额,借方发生额,출금액,출금".split(
      ",",
    ),
  ],
  direction: [
    ..."Af Bij,Soll/Haben,S/H,Debit/Credit,Credit/Debit,CreditDebet,DebetCredit,Debet/Credit,Credit/Debet".split(","),
    ..."Debit or credit,Credit or debit,Credit Debit Indicator,Debit Credit Indicator,CdtDbtInd,D/C,C/D,Dr/Cr".split(
      ",",
    ),
    ..."Cr/Dr,Dare/Avere,D/A,Débit/Crédit,Crédit/Débit,Sens,Debe/Haber,Cargo/Abono,入出金区分,入払区分,入出区分,取引区分(入出金),Umsatzrichtung".split(
      ",",
    ),
    ..."Direction,Af/Bij,Debit/Credit flag".split(","),
    ..."Debet/Kredit,Kredit/Debet,B/A,A/B,Πρόσημο ποσού,Πρόσημο,Debit/Kredit,Strona,Wn/Ma,Winien/Ma".split(","),
  ],
  currency: [
    ..."Currency,Currency code,Ccy,Account currency,Währung,Waehrung,Whrung,Whrg,Devise,Devise du compte".split(","),
    ..."Monnaie,Monn.,Divisa,Moneda,Munt,Muntsoort,Devies,Valutacode,Valuta code,通貨,通貨コード".split(","),
    ..."Valuta,Waluta,Měna,Devizanem,Döviz,Para birimi,币种,통화,Waluta rachunku,Měna účtu,Mena,Mena účtu,Összeg devizaneme,Deviza,Valuutta,Moeda,Monedă,Валюта,Νόμισμα,Account ccy,mutationcode".split(
      ",",
    ),
  ],
  reference: [
    ..."Reference,Ref,Reference number,Reference no,Transaction ID,Transaction reference,Transaction number".split(","),
    ..."End-to-end ID,EndToEndId,End to end reference,Bank reference,Customer reference,Payment ID".split(","),
    ..."Kundenreferenz (End-to-End),End-to-End-Referenz,Kundenreferenz,Bankreferenz,Referenz,Referenznummer".split(","),
    ..."Mandatsreferenz,Sammlerreferenz,Zahlungsreferenz,Référence,Référence opération,Numéro d'opération".split(","),
    ..."Riferimento,CRO,TRN,Referencia,Referencia 1,Referencia 2,Número de referencia,Betalingskenmerk,Kenmerk".split(
      ",",
    ),
    ..."TransferWise ID,Codice transazione,Transaktionscode,Transactiereferentie,Transactie referentie,Machtigingskenmerk,Referentie,取引番号,照会番号".split(
      ",",
    ),
    ..."Reference Number,Volgnummer,Transactienummer,N° de transaction,Transaction no.,Transaktions-Nr.".split(","),
    ..."Referens,Viite,Arkistointitunnus,Referencja,ID pohybu,Identificador,Chq/Ref Number,Arkivreference".split(","),
  ],
  counterparty: [
    ..."Counterparty name,Counterparty,Counter party,Name counterpty,Partner name,Merchant,Merchant name,Name".split(
      ",",
    ),
    ..."Begünstigter/Zahlungspflichtiger,Beguenstigter/Zahlungspflichtiger,Begünstigter / Auftraggeber".split(","),
    ..."Auftraggeber / Begünstigter,Auftraggeber/Empfänger,Auftraggeber/Empfnger,Empfänger/Auftraggeber".split(","),
    ..."Name Zahlungsbeteiligter,Zahlungsbeteiligter,Empfänger/Zahlungspflichtiger,Zahlungsempfänger/-pflichtiger".split(
      ",",
    ),
    ..."Auftraggeber/Zahlungsempfänger,Partnername,Gegenpartei,Empfaenger 1,Nom de la contrepartie,Nom contrepartie".split(
      ",",
    ),
    ..."Contrepartie nom,Contrepartie,Tiers,Controparte,Contraparte,Naam tegenpartij,Naam / Omschrijving,Naam van de tegenpartij".split(
      ",",
    ),
    ..."Tegenpartij,Naam,相手方,お取引先,取引先".split(","),
    ..."Nadawca/Odbiorca,Název protiúčtu,Partner neve,Partner név,Partner elnevezése,Odbiorca/Zleceniodawca,Dane kontrahenta,Názov protiúčtu,Platitel/Primatelj,Korrespondent,Saaja/Maksaja,Modpart,Mottaker/Avsender,对方户名,Karşı taraf".split(
      ",",
    ),
  ],
  payer: [
    ..."Payer,Payer name,Zahlungspflichtige*r,Zahlungspflichtiger,Auftraggeber,Auftraggebername,Ordinante,Ordenante".split(
      ",",
    ),
    ..."Donneur d'ordre,振込依頼人,振込依頼人名,依頼人名,お振込人,Maksaja,Nazwa nadawcy".split(","),
  ],
  payee: [
    "Payee",
    "Payee name",
    "Zahlungsempfänger*in",
    "Zahlungsempfänger",
    "Empfänger",
    "Empfängername",
    "Beneficiario",
    "Bénéficiaire",
    "Saajan nimi",
    "Nazwa odbiorcy",
  ],
  text: [
    ..."Text,Description,Details,Transaction details,Payment details,Memo,Narrative,Particulars,Notes,Message".split(
      ",",
    ),
    ..."Verwendungszweck,Buchungstext,Vorgang,Libellé,Libelle,Libellé opération,Détail,Communication".split(","),
    ..."Descrizione,Causale,Concepto,Descripción,Observaciones,Omschrijving,Mededelingen,Mededeling".split(","),
    ..."摘要,摘要内容,内容,お取引内容,取引内容,お取り扱い内容,お取扱内容,メモ,備考".split(","),
    ..."Tekst,Forklaring,Beskrivelse,Beskrivning,Meddelande,Selitys,Viesti,Opis,Opis operacji,Opis transakcji,Tytuł,Zpráva pro příjemce,Közlemény,Açıklama,Descrição,Narration,附言,적요,Histórico,Meddelelse,Rubrik,Zpráva,Správa pre prijímateľa,Naziv,Opis plaćanja,Namen,Descriere,Описание,Αιτιολογία,备注".split(
      ",",
    ),
  ],
  bankAccount: [
    ..."Bank account,Own account,Auftragskonto,IBAN Auftragskonto,IBAN Kontoinhaber".split(","),
    ..."Eigene IBAN,Own IBAN,IBAN del conto,IBAN du compte,Account IBAN,IBAN/BBAN,accountNum".split(","),
    ..."Rapporto,口座番号,Produit".split(","),
  ],
  status: [
    "Status",
    "State",
    "Buchungsstatus",
    "Booking status",
    "Transaction status",
    "Statut",
    "État",
    "Stato",
    "Estado",
    "Balance impact",
  ],
  balance: [],
};

/** The currency of the account, where there is one of the payment beside it. */
export const ACCOUNT_CURRENCY_NAMES: readonly string[] =
  "Account currency,Account ccy,Währung des Kontos,Kontowährung,Devise du compte,Waluta rachunku,Měna účtu,Mena účtu".split(
    ",",
  );

/** How many of the first names of an amount are in the account's currency. */
export const ACCOUNT_AMOUNTS = 10;

/** Names of the amount in a language in which they may be something else in another: they count where no better name stands. */
export const LAST_AMOUNT_NAMES: readonly string[] = ["Valor", "Valor do movimento", "Valor lançamento"];

/**
 * `Valuta` is the day of value in German and Italian, and the currency in the languages in which the amount is called so.
 */
export const VALUTA_IS_CURRENCY: readonly string[] = ["Belopp", "Beløb", "Beløp", "Bedrag", "Iznos", "Znesek", "Sumă"];

/** Whose account these are is not said by their names alone: see `ownAccount`. */
export const ACCOUNT_OF_EITHER: readonly string[] = [
  ..."IBAN,Kontonummer,Konto,Konto/IBAN,Account number,Account no,Numéro de compte,N° de compte,Compte".split(","),
  ..."Rekeningnummer,Rekening,Número de cuenta,Cuenta,Numero di conto,Numero conto,Conto,Account".split(","),
];

/** Columns of a counterparty's account: where one stands, a bare `IBAN` is the own one. */
export const COUNTERPARTY_ACCOUNT =
  /^(?:tegenrekening|counterp|gegenkonto|kontonummeriban|contrepartie$|tegenpartij$)|(?:iban|konto|compte|rekening|account|cuenta|conto).*(?:zahlungsbeteiligt|tegenpartij|contrepartie|partieadverse|counterp|partner)|partner(?:iban|konto|account)/;

/** Running balances are no part of an entry: the next export may have them anew. */
const BALANCE =
  /^(?:saldo|solde|balance|kontostand|runningbal|accountbalance|zustatek|egyenleg|bakiye|zostatok|stanje|sold|stan|остаток|υπολοιπο)|(?:balance|saldo|solde|kontostand|guthaben|残高|現在高|現在貸付高|余额|잔액|balafterbkng)$/;

/** A column name, split from the currency behind it. */
export interface ColumnName {
  /** As it is compared. */
  readonly plain: string;
  /** Without the currency, as it is compared. */
  readonly base: string;
  /** ISO 4217 code that the name says: `Betrag (EUR)`, `出金金額(円)`; null for most. */
  readonly currency: string | null;
}

const WORDS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  "€": "EUR",
  euro: "EUR",
  euros: "EUR",
  euroa: "EUR",
  円: "JPY",
  "£": "GBP",
  $: "",
  r$: "BRL",
  원: "KRW",
  元: "CNY",
  zł: "PLN",
  kč: "CZK",
  ft: "HUF",
  "₹": "INR",
  "₺": "TRY",
  tl: "TRY",
  kr: "",
};
const UNIT =
  /^(.*?\S)\s*(?:[([（]\s*|\s(?:in|en|em)\s+|\s+|_)(€|£|R?\$|円|원|元|zł|kč|ft|₹|₺|tl|kr|euro[as]?|[A-Za-z]{3})\s*[)\]）]?$/iu;

/** What a column name says, with its unit apart. */
export function columnName(text: string): ColumnName {
  const plain = plainName(text);
  const [, before, unit = ""] = UNIT.exec(text.normalize("NFKC").trim()) ?? [];
  if (before === undefined) return { plain, base: plain, currency: null };
  const word = WORDS[unit.toLowerCase()];
  const code = word ?? unit.toUpperCase();
  if (code === "") return { plain, base: plainName(before), currency: null };
  return isIsoCurrency(code)
    ? { plain, base: plainName(before), currency: code }
    : { plain, base: plain, currency: null };
}

/** Whether a column holds a running balance. */
export function isBalance({ plain, base }: ColumnName): boolean {
  return BALANCE.test(plain) || BALANCE.test(base);
}
