import { constants, generateKeyPairSync, sign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What AWS KMS says when it refuses. */
type Refusal = "NotFoundException" | "DisabledException" | "KMSInternalException" | "InvalidKeyUsageException";

/** A key service on this machine. */
export interface StandIn {
  readonly endpoint: string;
  /** PEM of the key's public half: all that it gives away. */
  readonly publicKey: string;
  /** Signatures made so far. */
  readonly signatures: () => number;
  /** Refuses the next calls, once for each. */
  readonly refuse: (...with_: readonly Refusal[]) => void;
  readonly stop: () => Promise<void>;
}

interface SignRequest {
  readonly KeyId: string;
  readonly Message: string;
  readonly MessageType: string;
  readonly SigningAlgorithm: string;
}

/** Speaks as much of AWS KMS as signing needs: JSON 1.1 with `TrentService.Sign`. It holds one key, which it made itself. */
export async function startStandIn(keyId: string): Promise<StandIn> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const refusals: Refusal[] = [];
  let signatures = 0;

  const answerTo = (request: SignRequest): { status: number; body: object } => {
    const refusal =
      refusals.shift() ??
      (request.KeyId === keyId ? undefined : "NotFoundException") ??
      (request.SigningAlgorithm === "RSASSA_PSS_SHA_256" && request.MessageType === "RAW"
        ? undefined
        : "InvalidKeyUsageException");
    if (refusal !== undefined)
      return { status: refusal === "KMSInternalException" ? 500 : 400, body: { __type: refusal, message: refusal } };
    signatures += 1;
    const signature = sign("sha256", Buffer.from(request.Message, "base64"), {
      key: privateKey,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    });
    const { KeyId, SigningAlgorithm } = request;
    return { status: 200, body: { KeyId, SigningAlgorithm, Signature: signature.toString("base64") } };
  };

  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const known = incoming.headers["x-amz-target"] === "TrentService.Sign";
      const { status, body } = known
        ? answerTo(JSON.parse(Buffer.concat(chunks).toString()) as SignRequest)
        : { status: 400, body: { __type: "UnknownOperationException" } };
      outgoing.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publicKey: publicKey.export({ type: "spki", format: "pem" }) as string,
    signatures: () => signatures,
    refuse: (...more) => void refusals.push(...more),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
