import type { BankLayout } from "../layout.ts";
import { names, publicCode } from "./columns.ts";

const ITALIAN = { country: "it", separator: ";", dates: ["dd/mm/yyyy"] } as const;
const SPANISH = { country: "es", separator: ";", decimal: ",", dates: ["dd/mm/yyyy"] } as const;

/** Banks of Italy and Spain. */
export const IT_ES: readonly BankLayout[] = [
  {
    ...ITALIAN,
    name: "fineco",
    title: "FinecoBank",
    header: names("Data_Operazione;Data_Valuta;Entrate;Uscite;Descrizione"),
    currency: "EUR",
    source: "https://github.com/firefly-iii/import-configurations/blob/main/it/fineco/default.json",
  },
  {
    ...ITALIAN,
    name: "bancoposta",
    title: "BancoPosta",
    header: names("Data;Valuta;Addebiti;Accrediti;Descrizione operazioni"),
    decimal: ",",
    dates: ["dd/mm/yy", "dd/mm/yyyy"],
    currency: "EUR",
    source: "https://github.com/lorenzogiudici5/ofxstatement-bancoposta/blob/master/tests/samples/bancoposta.csv",
  },
  {
    ...ITALIAN,
    name: "intesa",
    title: "Intesa Sanpaolo",
    header: names("Data;Operazione;Dettagli;Conto o carta;Contabilizzazione;Categoria;Valuta;Importo"),
    columns: { currency: "Valuta", valueAt: null, status: "Contabilizzazione", bankAccount: null },
    own: ["Conto o carta"],
    source: "https://github.com/Jacotsu/ofxstatement-intesasp",
  },
  {
    ...SPANISH,
    name: "caixabank",
    title: "CaixaBank",
    header: names("Número de cuenta;Oficina;Divisa;F. Operación;F. Valor;Ingreso (+);Gasto (-);Saldo (+);Saldo (-)"),
    own: ["Oficina"],
    source: "https://github.com/firefly-iii/import-configurations/blob/main/es/caixabank/default.json",
  },
  {
    ...SPANISH,
    name: "ing-es",
    title: "ING (Spain)",
    header: names("F. VALOR;CATEGORÍA;SUBCATEGORÍA;DESCRIPCIÓN;IMPORTE (€);SALDO (€)"),
    currency: "EUR",
    source: "https://github.com/reubano/csv2ofx/blob/master/csv2ofx/mappings/ingesp.py",
  },
  {
    ...SPANISH,
    name: "bbva-es",
    title: "BBVA (Spain)",
    header: names("F.Valor;Fecha;Concepto;Movimiento;Importe;Divisa;Disponible;Observaciones"),
    columns: { bookedAt: "Fecha", balance: "Disponible" },
    own: ["Divisa"],
    source: "https://github.com/Alfystar/ofxstatement-bbva-it",
  },
  {
    ...ITALIAN,
    name: "unicredit-it",
    title: "UniCredit (Italy)",
    header: names("Data Registrazione;Data valuta;Descrizione;Importo (EUR)"),
    decimal: ",",
    dates: ["dd.mm.yyyy", "dd/mm/yyyy"],
    currency: "EUR",
    columns: { bookedAt: "Data Registrazione" },
    source:
      "https://github.com/BananaAccounting/Italia/blob/master/ImportExtensions/unicredit_import_bank_statement/ch.banana.italia.import.unicredit.csvformat.js",
  },
  {
    ...SPANISH,
    name: "caixabank-now",
    title: "CaixaBankNow",
    // In its files the name of the column of details is encoded twice.
    header: names("Fecha;Fecha valor;Movimiento;Importe;Saldo"),
    currency: "EUR",
    source: publicCode("Fecha;Fecha valor;Movimiento;Más datos;Importe;Saldo"),
  },
];
