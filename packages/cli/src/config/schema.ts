import { ACCOUNT_ROLES, BANK_RULE_CODES, EXPLANATION_REASONS, EXPORTED } from "@amazon-pay-kit/ledger";
import { EVENT_NAMES } from "@amazon-pay-kit/ledger/outbox";
import { DATE_FORMS } from "@amazon-pay-kit/money";
import { isReportEncoding } from "@amazon-pay-kit/reports";
import { BANK_LAYOUTS, CSV_MEMBERS } from "@amazon-pay-kit/statements";
import { z } from "zod";
import { feeSchedule, feeTax, reconcileSchema } from "./fees-schema.ts";
import { currencyCode, day, objectFor, once, type PartsObject, valuesIn } from "./schema-parts.ts";

/** Percent, as a number or a text: `1.5`, `"1.5"`, `"1.5%"`. */
const percent = once(() =>
  z
    .union([z.number(), z.string()], { error: "expected percent, such as 1.5" })
    .transform((given) => String(given).replace(/\s*%$/, ""))
    .refine(
      (text) => /^\d{1,3}(\.\d{1,2})?$/.test(text),
      "expected percent with at most two digits after the point: 1.5",
    ),
);

/** By how many percent the rate of a payout that the bank converts may differ from those next to it. */
const bankFx = once(() =>
  z.union([percent().transform((tolerance) => ({ tolerance })), z.strictObject({ tolerance: percent() })], {
    error: 'expected percent with at most two digits after the point, such as 1.5, or {"tolerance": 1.5}',
  }),
);

/** A difference at the bank that is explained by itself, within the bounds given. */
const bankRule = once(() =>
  z.strictObject({
    name: z.string().min(1),
    code: z.enum(BANK_RULE_CODES),
    most: z
      .string()
      .regex(/^\d+(\.\d+)?$/, 'expected a decimal text such as "5.00"')
      .optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, "three capital letters, such as EUR")
      .optional(),
    days: z.int().min(1).max(90).optional(),
    text: z.string().min(1).optional(),
    reason: z.enum(EXPLANATION_REASONS),
    note: z.string().min(1).max(1000).optional(),
  }),
);

const region = once(() =>
  z.enum(["na", "eu", "jp", "us", "de", "uk"], {
    error: 'expected one of "na", "eu", "jp" (or "us", "de", "uk")',
  }),
);

/** Credentials of the older MWS Reports API. */
const mws = once(() =>
  z.strictObject({
    sellerId: z.string().min(1),
    accessKeyId: z.string().min(1),
    /** Prefer a file or an environment variable: see {@link secretKeyFile}. */
    secretKey: z.string().min(1).optional(),
    secretKeyFile: z.string().min(1).optional(),
    authToken: z.string().min(1).optional(),
    endpoint: z.url().optional(),
  }),
);

/** Name of an environment variable. */
const variable = once(() => z.string().regex(/^[A-Za-z_]\w*$/, "expected the name of an environment variable"));

/** One merchant account. */
const ACCOUNT = {
  region,
  publicKeyId: () => z.string().min(1).optional(),
  privateKeyFile: () => z.string().min(1).optional(),
  /** Environment variable with the private key, PEM, in place of a file. */
  privateKeyEnv: () => variable().optional(),
  /** File with the token of a merchant that a solution provider's key acts for. */
  authTokenFile: () => z.string().min(1).optional(),
  /** Environment variable with that token. */
  authTokenEnv: () => variable().optional(),
  environment: () => z.enum(["live", "sandbox"]).optional(),
  /** Merchant (seller) id; learnt from the first settlement report when left out. */
  merchantId: () => z.string().min(1).optional(),
  /** Another service address, e.g. a sandbox on this machine. */
  endpoint: () => z.url().optional(),
  /** Certificate authority to trust beside the machine's own. */
  caFile: () => z.string().min(1).optional(),
  algorithm: () => z.enum(["AMZN-PAY-RSASSA-PSS", "AMZN-PAY-RSASSA-PSS-V2"]).optional(),
  sources: () =>
    z
      .array(z.enum(["v2", "mws", "folder"]))
      .min(1)
      .optional(),
  /** Folder that is watched for files downloaded by hand. */
  inbox: () => z.string().min(1).optional(),
  mws: () => mws().optional(),
  /** How often each report is wanted, `{"refund": "P1D"}`: for `apay reports schedules plan` and `apply`. */
  schedules: () => z.record(z.string(), z.string()).optional(),
  /** Fee schedule to audit against: see docs/reconcile-a-month.md. */
  fees: () => z.array(feeSchedule()).min(1).optional(),
  /** Value added tax that is in the fees, as the fee invoices have it: see docs/fees-with-vat.md. */
  feeTax: () => z.array(feeTax()).min(1).optional(),
  /** The bank account that payouts arrive in, and how its statements are read: see docs/reconcile-a-month.md. */
  bank: () =>
    z
      .strictObject({
        account: z.string().min(1).optional(),
        map: z.partialRecord(z.enum(CSV_MEMBERS), z.string().min(1)).optional(),
        separator: z.string().min(1).optional(),
        decimal: z.enum([".", ","]).optional(),
        dateFormat: z.enum(DATE_FORMS).optional(),
        /** Layout of the bank's CSV, as `--bank` names it. */
        bank: z.enum(BANK_LAYOUTS.map(({ name }) => name)).optional(),
        debitWords: z.array(z.string().min(1)).optional(),
        currency: z.string().length(3).optional(),
        encoding: z.string().min(1).optional(),
        skipLines: z.int().min(0).optional(),
        /** The bank converts every payout: only a rate that leaves the tolerance, in percent, is a difference then. */
        fx: bankFx().optional(),
        /** What is to be thought of differences that come again and again: see docs/reconcile-a-month.md. */
        rules: z.array(bankRule()).min(1).optional(),
      })
      .optional(),
  /** What to do with buyer data in capture and order reports. */
  personalData: () => z.enum(["keep", "mask", "drop"]).optional(),
  /** In which encoding this account's report files are, where it is not UTF-8: `windows-1252`, `shift_jis`. */
  encoding: () =>
    z.string().refine(isReportEncoding, "no encoding of a report: use utf-8, windows-1252 or shift_jis").optional(),
};

/**
 * The settings of merchant accounts. @param given the accounts that are to be checked, where they are known: see {@link objectFor}
 */
export const accountSchema = (given?: readonly unknown[]): PartsObject<typeof ACCOUNT> =>
  objectFor(ACCOUNT, given, ["region"]);

/** A bucket of S3-compatible storage for the bytes of reports. Credentials come from the AWS environment. */
const archive = once(() =>
  z.strictObject({
    bucket: z.string().min(1),
    /** Put before every name. */
    prefix: z.string().optional(),
    region: z.string().min(1).optional(),
    /** Address of other storage that speaks S3. */
    endpoint: z.url().optional(),
    forcePathStyle: z.boolean().optional(),
  }),
);

/** Somebody who wants to know: a program, or an address. */
const hook = once(() =>
  z
    .strictObject({
      name: z.string().min(1),
      /** Of what. Default: everything. */
      on: z.array(z.enum(EVENT_NAMES)).min(1).optional(),
      /** Program and arguments; it gets each event as JSON on its standard input. */
      command: z.array(z.string().min(1)).min(1).optional(),
      url: z.url().optional(),
      /** File with the key that a POST is signed with. */
      secretFile: z.string().min(1).optional(),
      timeoutSeconds: z.number().min(1).max(600).optional(),
      /** Days of failures after which it is told nothing more until somebody enables it. */
      disableAfterDays: z.number().min(1).max(30).optional(),
      /** The receiver may be on this machine or in a private network. */
      allowPrivateAddress: z.boolean().optional(),
    })
    .refine((one) => (one.command === undefined) !== (one.url === undefined), "a hook has either a command or a url")
    .refine((one) => one.url === undefined || one.secretFile !== undefined, "a hook with a url needs a secretFile"),
);

/** An export that workers carry out for every account. */
const scheduledExport = once(() =>
  z
    .strictObject({
      format: z.string().min(1),
      what: z.string().min(1).optional(),
      detail: z.enum(["settlement", "day", "month", "row"]).optional(),
      /** Accrue what is unsettled at each month's end, and reverse it. */
      accrual: z.boolean().optional(),
      /** Only this currency: some journals, such as Xero's and DATEV's, carry one alone. */
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, "three capital letters, such as EUR")
        .optional(),
      /** When, in UTC: `30 2 * * *`. Left out: when somebody queues it. */
      cron: z.string().min(9).optional(),
      folder: z.string().min(1).optional(),
      /** Write only the days that changed, with a manifest: see docs/lake.md. */
      incremental: z.boolean().optional(),
      /** Tables of an incremental export. Default: rows, settlements and exceptions. */
      tables: z.array(z.enum(EXPORTED)).min(1).optional(),
      /** A bucket in place of the folder, for an incremental export. */
      bucket: archive().optional(),
      /** Only these accounts. Default: all. */
      accounts: z.array(z.string().min(1)).min(1).optional(),
      /** Partitions of an incremental export, each with its accounts. Default: one, `all`. */
      groups: z
        .record(z.string().regex(/^[\w-]{1,64}$/, "letters, digits, _ and -"), z.array(z.string().min(1)))
        .optional(),
    })
    .refine(
      (one) => (one.folder === undefined) !== (one.bucket === undefined),
      "an export has either a folder or a bucket",
    )
    .refine(
      (one) =>
        one.incremental === true || (one.bucket === undefined && one.tables === undefined && one.groups === undefined),
      "bucket, tables and groups are for an export with incremental: true",
    )
    .refine(
      (one) => one.incremental !== true || ["parquet", "csv"].includes(one.format),
      "an incremental export has the format parquet or csv",
    )
    .refine(
      (one) => one.incremental !== true || (one.what === undefined && one.currency === undefined),
      "an incremental export has tables in place of what, and every currency",
    ),
);

const roles = once(() => z.partialRecord(z.enum(ACCOUNT_ROLES), z.string().min(1)));

/** Where postings go that fit what the rule says of them: see docs/journals.md. */
const accountRule = once(() =>
  z
    .strictObject({
      role: z.enum(ACCOUNT_ROLES).optional(),
      /** Type of the rows: `capture`, `refund`, `chargeback`, `a-to-z-guarantee-claim`, … */
      type: z.string().min(1).optional(),
      /** Name of the store, as the settlement report has it. */
      store: z.string().min(1).optional(),
      /** Merchant account, by its name in `accounts`. */
      merchant: z.string().min(1).optional(),
      /** Label of the VAT in the fees, as `feeTax` calls it. */
      tax: z.string().min(1).optional(),
      account: z.string().min(1).optional(),
      taxCode: z.string().min(1).optional(),
      /** KOST1 for DATEV, the class for QuickBooks, an option of the first tracking category for Xero. */
      costCentre: z.string().min(1).optional(),
      /** KOST2 for DATEV, the location for QuickBooks, an option of the second tracking category for Xero. */
      costUnit: z.string().min(1).optional(),
    })
    .refine(
      ({ account, taxCode, costCentre, costUnit }) =>
        [account, taxCode, costCentre, costUnit].some((given) => given !== undefined),
      "expected an account, a taxCode, a costCentre or a costUnit",
    )
    .refine(
      (rule) => rule.account === undefined || rule.role !== undefined,
      "an account needs the role that it is for",
    ),
);

/** Accounts and tax codes of the bookkeeping by role: for all merchant accounts, for single ones by their name, and by rules. */
const givenAccounts = once(() => ({
  accounts: roles().optional(),
  byAccount: z.record(z.string().min(1), roles()).optional(),
  taxCodes: roles().optional(),
  rules: z.array(accountRule()).optional(),
}));

/** What `apay.config.json` may hold. */
const configParts = (accounts?: readonly unknown[]) => ({
  $schema: () => z.string().optional(),
  accounts: () =>
    z
      .record(
        z.string().regex(/^[\w.-]+$/, "account names have letters, digits, '.', '_' and '-'"),
        accountSchema(accounts),
      )
      .optional(),
  /** Account of commands that need one when `--account` is not given. */
  defaultAccount: () => z.string().optional(),
  dataDir: () => z.string().min(1).optional(),
  databaseUrl: () => z.string().min(1).optional(),
  /** Time zone of days and months, such as `Asia/Tokyo`: of journals, periods and the dashboard. Default `UTC`. */
  timeZone: () => z.string().min(1).optional(),
  /** Keep the bytes of reports in a bucket instead of the folder `archive` in `dataDir`. */
  archive: () => archive().optional(),
  /** Receivers of the events of `apay sync --watch`: programs, and addresses that get a signed POST. */
  hooks: () => z.array(hook()).optional(),
  /** How the reconciler judges: see docs/reconcile-a-month.md. */
  reconcile: () => reconcileSchema().optional(),
  /** What takes two people: see docs/reconcile-a-month.md. */
  fourEyes: () =>
    z
      .strictObject({
        /** Amounts by currency, `{"EUR": "500.00"}`: a larger difference is written off when a second person does it too. */
        writeOffAbove: z.record(
          currencyCode(),
          z.string().regex(/^\d{1,12}(\.\d+)?$/, 'expected a decimal text such as "500.00"'),
        ),
      })
      .optional(),
  /** Exports that workers carry out: see docs/many-merchants.md */
  exports: () =>
    z.record(z.string().regex(/^[\w-]+$/, "names have letters, digits, '_' and '-'"), scheduledExport()).optional(),
  /** Accounts of your bookkeeping and settings of single formats: see docs/reconcile-a-month.md. */
  export: () =>
    z
      .strictObject({
        ...givenAccounts(),
        beancount: z.strictObject(givenAccounts()).optional(),
        hledger: z.strictObject(givenAccounts()).optional(),
        quickbooks: z.strictObject(givenAccounts()).optional(),
        datev: z
          .strictObject({
            ...givenAccounts(),
            consultant: z.int().min(1001).max(9_999_999).optional(),
            client: z.int().min(1).max(99_999).optional(),
            fiscalYearStart: z
              .string()
              .regex(/^\d\d-\d\d$/, "MM-DD")
              .optional(),
            chart: z.enum(["skr03", "skr04"]).optional(),
            accountDigits: z.int().min(4).max(8).optional(),
            /** Currency of the client's books: `EUR`. */
            currency: currencyCode().optional(),
            /** How much of a currency one unit of the client's was worth, from a day on. */
            rates: z
              .array(
                z.strictObject({
                  currency: currencyCode(),
                  from: day().optional(),
                  rate: z
                    .string()
                    .regex(
                      /^\d{1,4}(\.\d{1,6})?$/,
                      'expected a decimal text with at most six decimals, such as "0.8512"',
                    ),
                }),
              )
              .optional(),
          })
          .optional(),
        xero: z
          .strictObject({
            ...givenAccounts(),
            taxRate: z.string().min(1).optional(),
            /** Names of the tracking categories that cost centres and cost units are options of. */
            tracking: z.array(z.string().min(1)).min(1).max(2).optional(),
          })
          .optional(),
      })
      .optional(),
});

/** Shape of `apay.config.json`. @param given the contents that are to be checked, where they are known: see {@link objectFor} */
export function configSchema(given?: { readonly contents: unknown }): PartsObject<ReturnType<typeof configParts>> {
  if (given === undefined) return objectFor(configParts(), undefined);
  const { accounts } = (given.contents ?? {}) as { readonly accounts?: unknown };
  return objectFor(configParts(valuesIn(accounts)), [given.contents]);
}

/** What `apay.config.json` may hold. */
export type ConfigFile = z.infer<ReturnType<typeof configSchema>>;
/** One export of {@link ConfigFile}. */
export type ExportConfig = z.infer<ReturnType<typeof scheduledExport>>;
/** The bucket of {@link ConfigFile}. */
export type ArchiveConfig = z.infer<ReturnType<typeof archive>>;
/** One hook of {@link ConfigFile}. */
export type HookConfig = z.infer<ReturnType<typeof hook>>;
/** One account of {@link ConfigFile}. */
export type AccountConfig = z.infer<ReturnType<typeof accountSchema>>;
