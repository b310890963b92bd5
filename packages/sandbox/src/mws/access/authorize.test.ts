import { describe, expect, it } from "vitest";
import type { Call } from "../../http/call.ts";
import { MwsError } from "../mws-error.ts";
import { readParameters } from "./read-parameters.ts";
import { verifySignature } from "./authorize.ts";

const call = (changes: Partial<Call>): Call => ({
  method: "GET",
  path: "/",
  query: "",
  headers: {},
  body: new Uint8Array(0),
  origin: "https://mws.amazonservices.com",
  loopback: true,
  ...changes,
});
const form = (text: string): Uint8Array => new TextEncoder().encode(text);
const verify = (of: Call, secret: string): void => verifySignature(of, readParameters(of), secret);

const AWS_SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const AWS_QUERY =
  "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Action=DescribeJobFlows&SignatureMethod=HmacSHA256&SignatureVersion=2" +
  "&Timestamp=2011-10-03T15%3A19%3A30&Version=2009-03-31";
const AWS = call({
  query: `${AWS_QUERY}&Signature=i91nKc4PWAt0JJIdXwz9HxZCJDdiy6cf%2FMj6vPxyYIs%3D`,
  headers: { host: "ElasticMapReduce.amazonaws.com" },
});

const MWS_FORM =
  "ReportTypeList.Type.10=x+y*~&ReportTypeList.Type.1=_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_" +
  "&Version=2009-01-01&AWSAccessKeyId=0GS7553JW74RRM612K02EXAMPLE&Action=GetReportRequestList" +
  "&Merchant=YOUR_SELLER_ID_HERE&ReportProcessingStatusList.Status.1=_DONE_" +
  "&RequestedFromDate=2015-06-12T00%3A00%3A00%2B00%3A00&SignatureMethod=HmacSHA256&SignatureVersion=2" +
  "&Timestamp=2015-06-25T00%3A00%3A20.067Z&Signature=xoMVeJBxVj6cj3EkX7X5ebx1N4bd41fseNnZWJdp2JE%3D";
const MWS = call({ method: "POST", path: "/Reports/2009-01-01", body: form(MWS_FORM) });

describe("Signature Version 2", () => {
  it("accepts AWS's published example, whatever the casing of the host", () => {
    expect(() => verify(AWS, AWS_SECRET)).not.toThrow();
  });

  it("accepts the form of the reference, in whatever order and encoding it comes", () => {
    expect(() => verify(MWS, "not-a-real-secret")).not.toThrow();
  });

  it("accepts a host with and without its port", () => {
    const local = { ...MWS, headers: { host: "mws.amazonservices.com:8543" } };
    expect(() => verify(local, "not-a-real-secret")).not.toThrow();
  });

  it.each([
    ["another secret", MWS, "another"],
    ["another host", { ...MWS, headers: { host: "mws-eu.amazonservices.com" } }, "not-a-real-secret"],
    ["another path", { ...MWS, path: "/" }, "not-a-real-secret"],
    ["another method", { ...MWS, method: "GET", query: MWS_FORM }, "not-a-real-secret"],
    ["a changed parameter", { ...MWS, body: form(MWS_FORM.replace("_DONE_", "_CANCELLED_")) }, "not-a-real-secret"],
    ["a short signature", { ...AWS, query: `${AWS_QUERY}&Signature=i91n` }, AWS_SECRET],
  ] as const)("refuses %s, and shows what should have been signed", (_what, of, secret) => {
    expect(() => verify(of, secret)).toThrow(MwsError);
    expect(() => verify(of, secret)).toThrow(/The string to sign was: (GET|POST)\n/);
  });

  it.each([
    [AWS_QUERY, "MissingParameter"],
    [`${AWS_QUERY.replace("SignatureVersion=2", "SignatureVersion=4")}&Signature=x`, "InvalidParameterValue"],
    [`${AWS_QUERY.replace("HmacSHA256", "HmacMD5")}&Signature=x`, "InvalidParameterValue"],
    [`${AWS_QUERY.replace("HmacSHA256", "constructor")}&Signature=x`, "InvalidParameterValue"],
  ])("refuses %s", (query, mwsCode) => {
    expect(() => verify(call({ query }), AWS_SECRET)).toThrow(expect.objectContaining({ mwsCode }) as Error);
  });

  it("never shows the seller's token", () => {
    const of = { ...AWS, query: `${AWS.query}&MWSAuthToken=amzn.mws.secret` };
    expect(() => verify(of, AWS_SECRET)).toThrow(/MWSAuthToken=\[hidden\]/);
    expect(() => verify(of, AWS_SECRET)).not.toThrow(/amzn.mws.secret/);
  });
});

describe("parameters", () => {
  it.each([["A=%zz"], ["A=%ff"], ["A=1&A=2"], [`${"A".repeat(70)}=1&${"A".repeat(70)}=2`]])("refuse %s", (query) => {
    expect(() => readParameters(call({ query }))).toThrow(MwsError);
  });

  it("refuse a flood", () => {
    const query = Array.from({ length: 1001 }, (_, index) => `P${index}=x`).join("&");
    expect(() => readParameters(call({ query }))).toThrow(/too many/);
  });
});
