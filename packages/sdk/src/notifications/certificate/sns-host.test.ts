import { describe, expect, it } from "vitest";
import { snsHost } from "./sns-host.ts";
import { checkCertificateUrl, checkSubscribeUrl } from "./url.ts";

const OTHERS = [
  "sns.s3-us-west-2.amazonaws.com",
  "sns.s3.amazonaws.com",
  "sns.s3-accelerate.amazonaws.com",
  "sns.s3-website-us-east-1.amazonaws.com",
  "sns.s3-fips-us-gov-west-1.amazonaws.com",
  "sns.s3express-use1-az4.amazonaws.com",
  "sns.execute-api.amazonaws.com",
  "sns.fips-us-east-1.amazonaws.com",
  "sns.elb-us-east-1.amazonaws.com",
  "sns.us-east-1.elb.amazonaws.com",
  "sns.us-east-1a.amazonaws.com",
  "sns.useast1.amazonaws.com",
  "sns.us-east-1.amazonaws.com.cn",
  "sns.cn-north-1.amazonaws.com",
  "sns-us-east-1.amazonaws.com",
  "sns.us-east-1.amazonaws.com.example.com",
  "xsns.us-east-1.amazonaws.com",
];

describe("hosts of SNS", () => {
  it.each([
    "us-east-1",
    "us-west-2",
    "eu-central-1",
    "ap-northeast-1",
    "ap-southeast-7",
    "ca-west-1",
    "mx-central-1",
    "us-gov-west-1",
    "eusc-de-east-1",
  ])("are those of a region: %s", (region) => {
    expect(snsHost(`sns.${region}.amazonaws.com`)).toEqual({ region, suffix: "amazonaws.com" });
  });

  it("are in China those of China", () => {
    expect(snsHost("sns.cn-northwest-1.amazonaws.com.cn")).toEqual({
      region: "cn-northwest-1",
      suffix: "amazonaws.com.cn",
    });
  });

  it.each(OTHERS)("are not %s, whether for a certificate or to confirm a subscription", (host) => {
    expect(snsHost(host)).toBeNull();
    expect(() => checkCertificateUrl(`https://${host}/SimpleNotificationService-x.pem`, [])).toThrow(/refused/);
    expect(() => checkSubscribeUrl(`https://${host}/?Action=ConfirmSubscription`, [])).toThrow(/refused/);
  });
});
