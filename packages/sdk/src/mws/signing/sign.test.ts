import { describe, expect, it } from "vitest";
import { mwsSignature, signedForm } from "./sign.ts";
import { mwsStringToSign } from "./string-to-sign.ts";

describe("Signature Version 2", () => {
  it("gives the signature of AWS's published example", async () => {
    const text = mwsStringToSign({
      method: "GET",
      endpoint: "https://elasticmapreduce.amazonaws.com",
      path: "/",
      parameters: {
        Version: "2009-03-31",
        Timestamp: "2011-10-03T15:19:30",
        SignatureVersion: "2",
        SignatureMethod: "HmacSHA256",
        AWSAccessKeyId: "AKIAIOSFODNN7EXAMPLE",
        Action: "DescribeJobFlows",
      },
    });
    const signature = await mwsSignature(text, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    expect(signature).toBe("i91nKc4PWAt0JJIdXwz9HxZCJDdiy6cf/Mj6vPxyYIs=");
  });

  it("gives the signature of the report list vector, sorted by bytes and with RFC 3986 encoding", async () => {
    const request = {
      method: "POST" as const,
      endpoint: "https://mws.amazonservices.com",
      path: "/Reports/2009-01-01",
      parameters: {
        "ReportTypeList.Type.10": "x y*~",
        "ReportTypeList.Type.1": "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_",
        "ReportProcessingStatusList.Status.1": "_DONE_",
        Action: "GetReportRequestList",
        AWSAccessKeyId: "0GS7553JW74RRM612K02EXAMPLE",
        Merchant: "YOUR_SELLER_ID_HERE",
        RequestedFromDate: "2015-06-12T00:00:00+00:00",
        SignatureMethod: "HmacSHA256",
        SignatureVersion: "2",
        Timestamp: "2015-06-25T00:00:20.067Z",
        Version: "2009-01-01",
      },
    };
    const form = await signedForm(request, "not-a-real-secret");
    expect(form.endsWith("&Signature=xoMVeJBxVj6cj3EkX7X5ebx1N4bd41fseNnZWJdp2JE%3D")).toBe(true);
    expect(form).toContain("&ReportTypeList.Type.10=x%20y%2A~&RequestedFromDate=2015-06-12T00%3A00%3A00%2B00%3A00&");
  });

  it("signs the host in lower case, with its port only when that is not the usual one", () => {
    const line = (endpoint: string) =>
      mwsStringToSign({ method: "POST", endpoint, path: "", parameters: { A: "" } }).split("\n");
    expect(line("https://MWS.AmazonServices.com:443")).toEqual(["POST", "mws.amazonservices.com", "/", "A="]);
    expect(line("https://localhost:8543")[1]).toBe("localhost:8543");
  });
});
