/** A program that only reads MWS reports. */
export { MwsReports } from "@amazon-pay-kit/sdk/mws";
