import type { BankLayout } from "../layout.ts";
import { names } from "./columns.ts";

const BANK2YNAB = "https://github.com/bank2ynab/bank2ynab/blob/develop/bank2ynab.conf";
const FIREFLY = "https://github.com/firefly-iii/import-configurations/blob/main";

const BRITISH = { country: "uk", separator: ",", decimal: ".", dates: ["dd/mm/yyyy"], currency: "GBP" } as const;
const AMERICAN = { country: "us", separator: ",", decimal: ".", dates: ["mm/dd/yyyy"], currency: "USD" } as const;

/** Banks of the United Kingdom and the United States, and those that are in several countries. */
export const UK_US: readonly BankLayout[] = [
  {
    ...BRITISH,
    name: "lloyds",
    title: "Lloyds, Halifax, Bank of Scotland",
    header: names(
      "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance",
      ",",
    ),
    own: ["Sort Code"],
    source: "https://github.com/Metasaura/ofxstatement-lloyds",
  },
  {
    ...BRITISH,
    name: "barclays",
    title: "Barclays",
    header: names("Number,Date,Account,Amount,Subcategory,Memo", ","),
    source: `${FIREFLY}/gb/barclays/default.json`,
  },
  {
    ...BRITISH,
    name: "natwest",
    title: "NatWest, Royal Bank of Scotland, Ulster Bank",
    header: names("Date,Type,Description,Value,Balance,Account Name,Account Number", ","),
    dates: ["dd/mm/yyyy", "dd mmm yyyy"],
    own: ["Account Name"],
    source: BANK2YNAB,
  },
  {
    ...BRITISH,
    name: "starling",
    title: "Starling Bank",
    // The currency stands in the name of the amount.
    header: names("Date,Counter Party,Reference,Type", ","),
    source: "https://github.com/reubano/csv2ofx/blob/master/csv2ofx/mappings/starling.py",
  },
  {
    ...BRITISH,
    name: "monzo",
    title: "Monzo",
    header: names("Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency", ","),
    source: "https://github.com/simonmichael/hledger/blob/master/examples/csv/banking/monzo.csv.rules",
  },
  {
    ...BRITISH,
    name: "nationwide",
    title: "Nationwide",
    header: names("Date,Transaction type,Description,Paid out,Paid in,Balance", ","),
    dates: ["dd mmm yyyy", "dd/mm/yyyy"],
    encoding: "windows-1252",
    source: "https://github.com/WillOnGit/nationwide-transaction-parser",
  },
  {
    ...BRITISH,
    name: "co-operative-bank",
    title: "The Co-operative Bank",
    header: names("Date,Description,Type,Money In,Money Out,Balance", ","),
    named: true,
    dates: ["yyyy-mm-dd", "dd/mm/yyyy"],
    source: BANK2YNAB,
  },
  {
    ...BRITISH,
    name: "first-direct",
    title: "first direct, HSBC UK",
    header: names("Date,Description,Amount,Balance", ","),
    named: true,
    source: BANK2YNAB,
  },
  {
    name: "revolut",
    title: "Revolut",
    country: "eu",
    separator: ",",
    decimal: ".",
    header: names("Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State", ","),
    dates: ["yyyy-mm-dd"],
    columns: { bookedAt: "Completed Date" },
    fee: "Fee",
    source: "https://github.com/mlaitinen/ofxstatement-revolut",
  },
  {
    name: "wise",
    title: "Wise",
    country: "eu",
    separator: ",",
    decimal: ".",
    header: names("TransferWise ID,Date,Amount,Currency,Description,Payment Reference,Running Balance", ","),
    dates: ["dd-mm-yyyy", "yyyy-mm-dd"],
    columns: { bookedAt: "Date", reference: ["TransferWise ID", "Payment Reference"] },
    source: "https://github.com/kedder/ofxstatement-transferwise/blob/master/tests/sample-statement.csv",
  },
  {
    ...AMERICAN,
    name: "chase",
    title: "Chase, bank accounts",
    header: names("Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #", ","),
    source: `${FIREFLY}/us/chase/default.json`,
  },
  {
    ...AMERICAN,
    name: "chase-card",
    title: "Chase, cards",
    header: names("Transaction Date,Post Date,Description,Category,Type,Amount", ","),
    columns: { bookedAt: "Post Date" },
    source: BANK2YNAB,
  },
  {
    ...AMERICAN,
    name: "bank-of-america",
    title: "Bank of America",
    header: names("Date,Description,Amount,Running Bal.", ","),
    source: BANK2YNAB,
  },
  {
    ...AMERICAN,
    name: "wells-fargo",
    title: "Wells Fargo (without column names)",
    header: [],
    columns: { bookedAt: "1", amount: "2", text: ["4", "5"], status: "3" },
    source: "https://github.com/simonmichael/hledger/blob/master/examples/csv/banking/wellsfargo-checking.csv.rules",
  },
  {
    ...AMERICAN,
    name: "capital-one-360",
    title: "Capital One, bank accounts",
    header: names(
      "Account Number,Transaction Description,Transaction Date,Transaction Type,Transaction Amount,Balance",
      ",",
    ),
    dates: ["mm/dd/yy", "mm/dd/yyyy"],
    columns: { direction: "Transaction Type" },
    source: "https://github.com/firefly-iii/import-configurations/tree/main/ca/capital-one",
  },
  {
    ...AMERICAN,
    name: "capital-one-card",
    title: "Capital One, cards",
    header: names("Transaction Date,Posted Date,Card No.,Description,Category,Debit,Credit", ","),
    dates: ["yyyy-mm-dd", "mm/dd/yyyy"],
    columns: { bookedAt: "Posted Date" },
    source: "https://github.com/reubano/csv2ofx/blob/master/data/test/capitalone.csv",
  },
  {
    ...AMERICAN,
    name: "schwab",
    title: "Charles Schwab Bank",
    header: names("Date,Status,Type,CheckNumber,Description,Withdrawal,Deposit,RunningBalance", ","),
    source: "https://github.com/reubano/csv2ofx/blob/master/data/test/schwab-checking.csv",
  },
];
