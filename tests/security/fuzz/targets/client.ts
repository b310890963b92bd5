import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfigFile } from "../../../../packages/cli/src/config/read-file.ts";
import { CliError } from "../../../../packages/cli/src/errors.ts";
import { LedgerError } from "../../../../packages/ledger/src/errors.ts";
import { readCursor } from "../../../../packages/ledger/src/views/view.ts";
import { payloadText } from "../../../../packages/sdk/src/button/payload.ts";
import { AmazonPay } from "../../../../packages/sdk/src/amazon-pay.ts";
import { AmazonPayError } from "../../../../packages/sdk/src/errors/amazon-pay-error.ts";
import { readErrorBody } from "../../../../packages/sdk/src/errors/service-answer.ts";
import { privateKeySigner } from "../../../../packages/sdk/src/keys/private-key.ts";
import { publicKeyVerifier } from "../../../../packages/sdk/src/keys/public-key.ts";
import { readRsaKey } from "../../../../packages/sdk/src/keys/der.ts";
import { readErrorAnswer } from "../../../../packages/sdk/src/mws/answers/error-answer.ts";
import { readReportInfo } from "../../../../packages/sdk/src/mws/answers/report-info.ts";
import { readResult } from "../../../../packages/sdk/src/mws/answers/result.ts";
import { readXml } from "../../../../packages/sdk/src/mws/xml/read-xml.ts";
import { XmlError } from "../../../../packages/sdk/src/mws/xml/xml-error.ts";
import { parseRetryAfter } from "../../../../packages/sdk/src/retry/retry-after.ts";
import { parseAuthorization } from "../../../../packages/sdk/src/signing/authorization.ts";
import type { Target } from "../target.ts";
import { isOf, must, mustEqual, text, utf8 } from "./parts.ts";

const XML = utf8(
  '<?xml version="1.0"?><GetReportListResponse xmlns="http://mws.amazonaws.com/doc/2009-01-01/"><GetReportListResult><HasNext>false</HasNext><ReportInfo><ReportId>1</ReportId><ReportType>_GET_&amp;_</ReportType><ReportRequestId>2</ReportRequestId><AvailableDate>2026-01-05T00:00:00+00:00</AvailableDate><Acknowledged>false</Acknowledged></ReportInfo></GetReportListResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetReportListResponse>',
);
const AUTHORIZATION = utf8(
  "AMZN-PAY-RSASSA-PSS-V2 PublicKeyId=SANDBOX-AE1, SignedHeaders=accept;content-type;x-amz-pay-date, Signature=QUJD",
);
const PAYLOAD = utf8(
  '{"storeId":"amzn1.application-oa2-client.0","webCheckoutDetails":{"checkoutReviewReturnUrl":"https://shop.example/r"},"chargePermissionType":"OneTime"}',
);
const CONFIG = utf8(
  '{ "accounts": { "eu": { "region": "eu", "publicKeyId": "SANDBOX-AE1", "privateKeyFile": "key.pem" } } }',
);
const { privateKey: KEY, publicKey: PUBLIC } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PKCS8 = KEY.export({ type: "pkcs8", format: "pem" }) as string;
const MWS_ERROR = utf8(
  '<?xml version="1.0"?><ErrorResponse xmlns="http://mws.amazonaws.com/doc/2009-01-01/"><Error><Type>Sender</Type><Code>RequestThrottled</Code><Message>Request is throttled</Message></Error><RequestID>1</RequestID></ErrorResponse>',
);
const API_ERROR = utf8('{"reasonCode":"InvalidParameterValue","message":"The value is not valid"}');
const CURSOR = utf8(Buffer.from(JSON.stringify(["shop", 7])).toString("base64url"));
const OPTIONS = utf8(
  '{"region":"eu","publicKeyId":"SANDBOX-AE1","baseUrl":"https://localhost","maxRetries":2,"timeoutMs":1000,"algorithm":"AMZN-PAY-RSASSA-PSS-V2","unknownFields":"send"}',
);
const CHARGE = utf8(
  '{"chargePermissionId":"S01-1234567-1234567","chargeAmount":{"amount":"10.00","currencyCode":"USD"},"captureNow":true,"merchantMetadata":{"merchantReferenceId":"1001"}}',
);

let folder: string | undefined;
function configFile(bytes: Uint8Array): string {
  folder ??= mkdtempSync(join(tmpdir(), "apay-fuzz-"));
  const path = join(folder, "apay.config.json");
  writeFileSync(path, bytes);
  return path;
}

function json(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(text(bytes));
  } catch {
    return undefined;
  }
}

/** The service that takes everything: what a call sends has to be as it was given. */
const TAKES_ALL = async (): Promise<Response> => Response.json({ chargeId: "S01-1-1-C1" }, { status: 201 });

export const CLIENT_TARGETS: readonly Target[] = [
  { name: "mws-xml", seeds: [XML], read: async (bytes) => readXml(text(bytes)), refuses: isOf(XmlError) },
  {
    name: "mws-result",
    seeds: [XML],
    read: async (bytes) => {
      const result = readResult("GetReportList", text(bytes), { "x-mws-quota-max": "80.0" });
      for (const element of result.element.children) if (element.name === "ReportInfo") readReportInfo(result, element);
    },
    refuses: isOf(AmazonPayError),
  },
  {
    name: "mws-error",
    seeds: [MWS_ERROR],
    read: async (bytes) => readErrorAnswer(text(bytes), {}),
    refuses: () => false,
  },
  {
    name: "authorization",
    seeds: [AUTHORIZATION],
    read: async (bytes) => parseAuthorization(text(bytes)),
    refuses: isOf(AmazonPayError),
  },
  {
    name: "retry-after",
    seeds: [utf8("Sun, 06 Nov 1994 08:49:37 GMT"), utf8("120")],
    read: async (bytes) => parseRetryAfter(text(bytes), 0),
    refuses: () => false,
  },
  {
    name: "api-error",
    seeds: [API_ERROR],
    read: async (bytes) => readErrorBody(400, text(bytes)),
    refuses: () => false,
  },
  {
    name: "page-cursor",
    seeds: [CURSOR],
    read: async (bytes) => readCursor({ cursor: text(bytes) }, ["string", "number"]),
    refuses: isOf(LedgerError),
  },
  {
    name: "button-payload",
    seeds: [PAYLOAD],
    read: async (bytes) => {
      const { payloadJSON: signed } = payloadText(text(bytes), { unknownFields: "allow" });
      mustEqual("signed again", payloadText(signed, { unknownFields: "allow" }).payloadJSON, signed);
    },
    refuses: isOf(AmazonPayError),
  },
  {
    name: "private-key",
    // Made for each run: a key that lies in a repository sets off every alarm there is.
    seeds: [
      utf8(PKCS8),
      utf8(KEY.export({ type: "pkcs1", format: "pem" }) as string),
      utf8(`Bag Attributes\n  friendlyName: shop\n${PKCS8}behind it\n`),
      utf8(PKCS8.replaceAll("\n", "\\n")),
      utf8(PKCS8.replaceAll("\n", "\r\n  ")),
    ],
    read: async (bytes) => privateKeySigner(text(bytes)),
    refuses: isOf(AmazonPayError),
  },
  {
    name: "public-key",
    seeds: [
      utf8(PUBLIC.export({ type: "spki", format: "pem" }) as string),
      utf8(PUBLIC.export({ type: "pkcs1", format: "pem" }) as string),
    ],
    read: async (bytes) => publicKeyVerifier(text(bytes)),
    refuses: isOf(AmazonPayError),
  },
  {
    name: "key-der",
    seeds: [
      Uint8Array.from(KEY.export({ type: "pkcs8", format: "der" })),
      Uint8Array.from(KEY.export({ type: "pkcs1", format: "der" })),
      Uint8Array.from(PUBLIC.export({ type: "spki", format: "der" })),
    ],
    read: async (bytes) => {
      const { pkcs1, kind, modulusBits } = readRsaKey(bytes);
      must("a key has bits", modulusBits > 0);
      const key = { key: Buffer.from(pkcs1), format: "der", type: "pkcs1" } as const;
      try {
        if (kind === "private") createPrivateKey(key);
        else createPublicKey(key);
      } catch {
        // Which numbers make a key is the runtime's to say; it does so before anything is signed.
      }
    },
    refuses: isOf(AmazonPayError),
  },
  {
    name: "options",
    seeds: [OPTIONS],
    read: async (bytes) => {
      const given = json(bytes);
      const key = typeof given === "object" && given !== null && !("privateKey" in given) ? { privateKey: PKCS8 } : {};
      new AmazonPay({ ...(given as object), ...key } as never).close();
    },
    refuses: isOf(AmazonPayError),
  },
  {
    name: "charge",
    seeds: [CHARGE],
    read: async (bytes) => {
      const pay = new AmazonPay({ region: "na", publicKeyId: "SANDBOX-AE1", privateKey: PKCS8, fetch: TAKES_ALL });
      try {
        await pay.charges.create(json(bytes) as never);
      } finally {
        pay.close();
      }
    },
    refuses: isOf(AmazonPayError),
  },
  {
    name: "config",
    seeds: [CONFIG],
    read: async (bytes) => readConfigFile(configFile(bytes)),
    refuses: isOf(CliError),
  },
];
