import type * as S3 from "@aws-sdk/client-s3";
import type { S3Client, S3ClientConfig } from "@aws-sdk/client-s3";
import { ArchiveError } from "../errors.ts";

/** The AWS client's module, which is not installed with the kit. */
export type S3Module = typeof S3;

/**
 * Loads the AWS client when an archive on S3 is opened, and not before: with its dependencies it is 26 packages and 22 MB,
 * which users of a folder archive need not install.
 *
 * @throws ArchiveError `archive.no-client`
 */
export async function s3Module(): Promise<S3Module> {
  try {
    return await import("@aws-sdk/client-s3");
  } catch (cause) {
    throw new ArchiveError(
      "archive.no-client",
      "an archive on S3 needs the AWS client, which is not installed: npm install @aws-sdk/client-s3",
      { cause },
    );
  }
}

/** How to reach the storage. What is left out comes from the AWS environment: variables, profiles, roles. */
export interface S3Reach {
  readonly region?: string | undefined;
  /** Address of other storage that speaks S3: `https://minio.internal:9000`. */
  readonly endpoint?: string | undefined;
  /** Put the bucket into the path instead of the host name. Default: with an `endpoint`, yes. */
  readonly forcePathStyle?: boolean | undefined;
  /**
   * Longest silence of a connection, and longest time to make one, in milliseconds; then the client tries again. Default 30,000.
   * The AWS client alone would wait for ever for storage that has stopped to answer.
   */
  readonly silenceMillis?: number | undefined;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

const SILENCE = 30_000;

/** A client that tries again on its own, with checksums wherever the storage knows them. */
export function s3Client({ S3Client: Client }: S3Module, reach: S3Reach): S3Client {
  const { region, endpoint, credentials, forcePathStyle = endpoint !== undefined, silenceMillis = SILENCE } = reach;
  const config: S3ClientConfig = {
    forcePathStyle,
    maxAttempts: 5,
    requestHandler: { connectionTimeout: silenceMillis, socketTimeout: silenceMillis },
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_SUPPORTED",
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  };
  return new Client(config);
}
