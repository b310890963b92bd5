import { parseAuthorization } from "@amazon-pay-kit/sdk/signing";
import { isApiPath } from "../../api/choose-operation.ts";
import type { SandboxEvent } from "../../events/event.ts";
import { hiddenNote } from "./sdk-code.ts";

/** Headers that curl makes itself, or that belong to one connection. */
const OWN = new Set([
  "accept-encoding",
  "authorization",
  "connection",
  "content-length",
  "host",
  "keep-alive",
  "transfer-encoding",
  "user-agent",
  "x-amz-pay-date",
]);

const SALTS: Readonly<Record<string, number>> = {
  __proto__: null as never,
  "AMZN-PAY-RSASSA-PSS": 20,
  "AMZN-PAY-RSASSA-PSS-V2": 32,
};

/**
 * The call as a script for a shell. A call of API v2 is signed by the script with openssl, so that it can be sent at any
 * time and changed; the signature that was sent is of no use any more in a few minutes.
 *
 * @param origin where the sandbox is
 */
export function curlCode(event: SandboxEvent, origin: string): string {
  const { request } = event;
  const text =
    request.body === null ? "" : typeof request.body === "string" ? request.body : JSON.stringify(request.body);
  const headers = Object.entries(request.headers).filter(([name]) => !OWN.has(name));
  return isApiPath(request.path) ? signed(event, origin, headers, text) : plain(event, origin, headers, text);
}

type Headers = readonly (readonly [string, string])[];

function plain({ request }: SandboxEvent, origin: string, headers: Headers, body: string): string {
  const target = `${origin}${request.path}${request.query === "" ? "" : `?${request.query}`}`;
  return [
    hiddenNote([target, body, ...headers.map(([, value]) => value)], "#"),
    `curl -i -X ${request.method} ${quoted(target)}`,
    ...headers.map(([name, value]) => ` \\\n  -H ${quoted(`${name}: ${value}`)}`),
    ...(body === "" ? [] : [` \\\n  --data-binary ${quoted(body)}`]),
    "\n",
  ].join("");
}

function signed(event: SandboxEvent, origin: string, headers: Headers, body: string): string {
  const { request, signature } = event;
  const { algorithm, publicKeyId, names } = signerOf(event);
  // The service's own form of path and query is the one to sign, whatever was sent.
  const [, path = request.path, query = request.query] = signature?.canonicalRequest?.split("\n") ?? [];
  const values = new Map([...headers, ["x-amz-pay-date", "$date"] as const]);
  const listed = names.filter((name) => values.has(name)).sort();
  const lines = listed.map(
    (name) => `${name}:${name === "x-amz-pay-date" ? "$date" : escaped(values.get(name) ?? "")}`,
  );
  return [
    "#!/usr/bin/env bash\n",
    "# Signs the call and sends it; needs openssl and curl. PRIVATE_KEY names the file with the private key of\n",
    `# ${publicKeyId}. The sandbox's own keys: GET ${origin}/_sandbox/merchants, for example with\n`,
    `# curl -s ${origin}/_sandbox/merchants | jq -r '.merchants[].keys[] | select(.publicKeyId=="${publicKeyId}").privateKey'\n`,
    hiddenNote([request.path, request.query, body], "#"),
    "set -eu\n",
    `PRIVATE_KEY="\${PRIVATE_KEY:-private-key.pem}"\n`,
    `body=${quoted(body)}\n`,
    "date=$(date -u +%Y%m%dT%H%M%SZ)\n",
    "hash() { printf '%s' \"$1\" | openssl dgst -sha256 -r | cut -d ' ' -f 1; }\n",
    `canonical="${request.method}\n${escaped(path)}\n${escaped(query)}\n${lines.join("\n")}\n\n${listed.join(";")}\n$(hash "$body")"\n`,
    `signature=$(printf '%s\\n%s' ${algorithm} "$(hash "$canonical")" |\n`,
    '  openssl dgst -sha256 -sign "$PRIVATE_KEY" -sigopt rsa_padding_mode:pss ' +
      `-sigopt rsa_pss_saltlen:${SALTS[algorithm] ?? 32} -sigopt rsa_mgf1_md:sha256 | openssl base64 -A)\n`,
    `curl -i -X ${request.method} ${quoted(`${origin}${request.path}${request.query === "" ? "" : `?${request.query}`}`)}`,
    ...headers.map(([name, value]) => ` \\\n  -H ${quoted(`${name}: ${value}`)}`),
    ` \\\n  -H "x-amz-pay-date: $date"`,
    ` \\\n  -H "authorization: ${algorithm} PublicKeyId=${publicKeyId}, SignedHeaders=${listed.join(";")}, Signature=$signature"`,
    ...(body === "" ? [] : [' \\\n  --data-binary "$body"']),
    "\n",
  ].join("");
}

const REQUIRED = [
  "accept",
  "content-type",
  "x-amz-pay-date",
  "x-amz-pay-host",
  "x-amz-pay-idempotency-key",
  "x-amz-pay-region",
];

/** Whose key signs, and what; where the call's own header does not say it, what the documentation asks for. */
function signerOf({ request }: SandboxEvent) {
  try {
    const { algorithm, publicKeyId, signedHeaders } = parseAuthorization(request.headers["authorization"] ?? "");
    return {
      algorithm,
      publicKeyId,
      names: [...new Set([...signedHeaders.toLowerCase().split(";"), "x-amz-pay-date"])],
    };
  } catch {
    return { algorithm: "AMZN-PAY-RSASSA-PSS-V2", publicKeyId: "YOUR-PUBLIC-KEY-ID", names: REQUIRED };
  }
}

/** Within single quotes nothing means anything to a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Within double quotes these do. */
const escaped = (text: string): string => text.replaceAll(/[\\"$`]/g, "\\$&");
