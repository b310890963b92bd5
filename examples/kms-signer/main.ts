import { AmazonPay, findRegion } from "@amazon-pay-kit/sdk";
import { KMSClient } from "@aws-sdk/client-kms";
import { kmsSigner } from "./kms-signer.ts";
import { awsKey } from "./services/aws.ts";

const { AMAZON_PAY_REGION, AMAZON_PAY_PUBLIC_KEY_ID: publicKeyId, KMS_KEY_ID: keyId } = process.env;
const region = findRegion(AMAZON_PAY_REGION ?? "")?.region;
if (region === undefined || publicKeyId === undefined || keyId === undefined) {
  console.error(
    "Set AMAZON_PAY_REGION (na, eu or jp), AMAZON_PAY_PUBLIC_KEY_ID and KMS_KEY_ID; AWS credentials come from where the AWS SDK looks.",
  );
  process.exit(2);
}

const pay = new AmazonPay({ region, publicKeyId, signer: kmsSigner(awsKey(new KMSClient({}), keyId)) });
for await (const report of pay.reports.list({ pageSize: 10 })) console.log(report.reportId, report.reportType);
