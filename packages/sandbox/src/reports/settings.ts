import type { WriteReportOptions } from "@amazon-pay-kit/reports";
import type { Engine } from "../engine/engine.ts";
import type { Merchant } from "../engine/objects/index.ts";

/** How a merchant's reports look and when they come. */
export interface ReportsSettings {
  /** Byte order mark. Default `auto`: settlements have one, others not, as in real files. */
  readonly bom: "auto" | "always" | "never";
  /** Default `lf`; what the live service sends is unknown. */
  readonly lineEnd: "lf" | "crlf";
  /** `"1,234.50"` instead of `"1234.50"`. Default `false`. */
  readonly thousands: boolean;
  /** Two decimals on yen, as seen in real files: `"1,234.00"`. Default `false`. */
  readonly padDecimals: boolean;
  /** Zeros as `"0"` (real files) or with the currency's digits. Default `bare`. */
  readonly zeros: "bare" | "digits";
  /** `2015-10-01T07:06:47 -0700` (real files) or without the space (the document). Default `true`. */
  readonly spaceBeforeOffset: boolean;
  /** Offset of the wall clock in the files, in minutes. Default by region: -420, 0, 540. */
  readonly offsetMinutes: number;
  /** Default `all`, as in real files. */
  readonly quoting: "all" | "minimal";
  /** Transaction reports repeat an object once per state, as real refund reports do. Default `true`. */
  readonly rowPerState: boolean;
  /** How documents are packed. Default `none`, which the API calls `N/A`. */
  readonly compression: "none" | "gzip" | "zip";
  /** Whether transaction reports are made every midnight. Default `true`. */
  readonly daily: boolean;
  /** How long after its period an automatic report is made. Default 73 minutes: reports appear at about 01:15. */
  readonly automaticAfterMinutes: number;
  /** Seconds until processing starts, and until it ends after that. Default 2 and 1. */
  readonly startsAfterSeconds: number;
  readonly endsAfterSeconds: number;
  /** Status of the refusal of a second schedule for one type, which is not documented. Default 400. */
  readonly scheduleConflictStatus: 400 | 409;
  /** Host in the namespace of MWS answers; both have been seen. Default `mws.amazonaws.com`. */
  readonly mwsNamespace: "mws.amazonaws.com" | "mws.amazonservices.com";
  /** MWS texts with blanks and line ends around them, as the document shows them. Default `false`. */
  readonly mwsBlanks: boolean;
}

interface KeptSettings {
  readonly merchantId: string;
  readonly changes: Partial<ReportsSettings>;
}

/** Offsets of the wall clocks: -0700 is that of real American files, the others are ours. */
const OFFSET_MINUTES: Readonly<Record<Merchant["region"], number>> = { na: -420, eu: 0, jp: 540 };

/** What holds for a region's merchants unless they say otherwise. */
export function defaultReportsSettings(region: Merchant["region"]): ReportsSettings {
  return {
    bom: "auto",
    lineEnd: "lf",
    thousands: false,
    padDecimals: false,
    zeros: "bare",
    spaceBeforeOffset: true,
    offsetMinutes: OFFSET_MINUTES[region],
    quoting: "all",
    rowPerState: true,
    compression: "none",
    daily: true,
    automaticAfterMinutes: 73,
    startsAfterSeconds: 2,
    endsAfterSeconds: 1,
    scheduleConflictStatus: 400,
    mwsNamespace: "mws.amazonaws.com",
    mwsBlanks: false,
  };
}

/** The settings of a merchant: the region's defaults with the merchant's own changes over them. */
export function reportsSettings(engine: Engine, merchantId: string): ReportsSettings {
  const region = engine.state.merchants.get(merchantId)?.region ?? "na";
  const kept = engine.state.extra<KeptSettings>("reportSettings").get(merchantId);
  return { ...defaultReportsSettings(region), ...kept?.changes };
}

/**
 * Changes some of a merchant's settings; reports that exist already stay as they are.
 *
 * @example configureReports(engine, merchantId, { lineEnd: "crlf", thousands: true })
 */
export function configureReports(engine: Engine, merchantId: string, changes: Partial<ReportsSettings>): void {
  const kept = engine.state.extra<KeptSettings>("reportSettings");
  kept.put(merchantId, { merchantId, changes: { ...kept.get(merchantId)?.changes, ...changes } });
}

/** The settings that concern the writing of files. */
export function writeOptions(settings: ReportsSettings): WriteReportOptions {
  const { lineEnd, thousands, padDecimals, zeros, spaceBeforeOffset, offsetMinutes, quoting } = settings;
  const bom = settings.bom === "auto" ? {} : { bom: settings.bom === "always" };
  return { ...bom, lineEnd, thousands, padDecimals, zeros, spaceBeforeOffset, offsetMinutes, quoting };
}
