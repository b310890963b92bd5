import type { BankLayout } from "../layout.ts";
import { names } from "./columns.ts";

const FRENCH = { country: "fr", separator: ";", decimal: ",", dates: ["dd/mm/yyyy"] } as const;

/** Banks of France. */
export const FR: readonly BankLayout[] = [
  {
    ...FRENCH,
    name: "boursorama",
    title: "BoursoBank (Boursorama)",
    header: names("dateOp;dateVal;label;category;amount"),
    dates: ["yyyy-mm-dd", "dd/mm/yyyy"],
    encoding: "windows-1252",
    currency: "EUR",
    columns: { counterparty: "supplierFound" },
    own: ["accountLabel"],
    source: "https://github.com/reubano/csv2ofx/blob/master/csv2ofx/mappings/boursorama.py",
  },
  {
    ...FRENCH,
    name: "credit-agricole",
    title: "Crédit Agricole",
    header: names("Date;Libellé;Débit euros;Crédit euros"),
    dates: ["dd/mm/yyyy", "dd/mm/yy"],
    encoding: "windows-1252",
    currency: "EUR",
    source: "https://github.com/belayaShlyapa/csv-formatter",
  },
  {
    ...FRENCH,
    name: "fortuneo",
    title: "Fortuneo",
    header: names("Date opération;Date valeur;libellé;Débit;Crédit"),
    named: true,
    encoding: "windows-1252",
    currency: "EUR",
    source: "https://github.com/firefly-iii/import-configurations/blob/main/fr/fortuneo/default.json",
  },
  {
    ...FRENCH,
    name: "caisse-epargne",
    title: "Caisse d'Épargne, Banque Populaire",
    header: names(
      "Date de comptabilisation;Libelle simplifie;Libelle operation;Reference;Informations complementaires;Debit;Credit;" +
        "Date operation;Date de valeur",
    ),
    currency: "EUR",
    columns: { bookedAt: "Date de comptabilisation", valueAt: "Date de valeur" },
    source: "https://github.com/mincong-h/finance-toolkit/blob/master/docs/caisse-epargne.md",
  },
  {
    ...FRENCH,
    name: "credit-mutuel",
    title: "Crédit Mutuel, CIC",
    header: names("Date;Date de valeur;Débit;Crédit;Libellé;Solde"),
    named: true,
    encoding: "windows-1252",
    currency: "EUR",
    source: "https://github.com/comptanar/comptanar.github.io/blob/main/source/import-banque/types.js",
  },
];
