import { AUTH_TOKEN_RULE, isAuthToken } from "./auth-token.ts";
import type { Clock } from "../clock/clock.ts";
import { systemClock } from "../clock/system.ts";
import { withoutDiagnosis, type DiagnoseSignature } from "../errors/diagnosis.ts";
import { withoutHints, type HintForRefusal } from "../diagnosis/refusal.ts";
import type { Suggestions } from "../diagnosis/suggestions.ts";
import { ConfigurationError, wrongOption } from "../errors/configuration-error.ts";
import { privateKeySigner } from "../keys/private-key.ts";
import type { Signer } from "../keys/signer.ts";
import { API_REGIONS, findApiRegion, type ApiRegion } from "../operations/api-regions.ts";
import { environmentOfKey } from "../operations/regions.ts";
import { isRecord } from "../operations/fields/check.ts";
import type { Random } from "../random/random.ts";
import { systemRandom } from "../random/system.ts";
import { ALGORITHMS, DEFAULT_ALGORITHM, type AlgorithmName } from "../operations/algorithms.ts";
import { LARGEST_ANSWER } from "../transport/answer-limit.ts";
import { defaultTransport } from "../transport/default.ts";
import type { Transport } from "../transport/transport.ts";
import { originOf } from "./base-url.ts";
import type { ConnectParts } from "./connect.ts";
import { observerOf, type Observer } from "./observer.ts";
import { refuseUnknownOptions } from "./option-names.ts";
import type { AmazonPayOptions } from "./options.ts";
import { isText } from "../kind.ts";

/** What may be quoted in an error: anything longer may be a key that went into the wrong option. */
const SHORT_WORD = /^[\w-]{1,20}$/;

/** How often and how long a call is tried. */
export interface Limits {
  readonly maxRetries: number;
  readonly timeoutMs: number;
  readonly totalTimeoutMs: number;
}

/** A client's options, checked and filled up. */
export interface Settings extends Limits {
  readonly region: ApiRegion;
  readonly publicKeyId: string;
  readonly signer: Signer;
  readonly algorithm: AlgorithmName;
  readonly environment: "live" | "sandbox";
  /** What stands before the path of an operation: `/v2`, `/live/v2` or `/sandbox/v2`. */
  readonly root: string;
  readonly origin: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly observer: Observer | undefined;
  readonly unknownFields: "allow" | "refuse";
  readonly maxAnswerBytes: number;
  /** For calls that name none of their own. */
  readonly authToken: string | undefined;
  /** Names the cause of a refused signature. */
  readonly diagnose: DiagnoseSignature;
  /** Names the probable cause of other refusals. */
  readonly hint: HintForRefusal;
  /** Finds what a misspelt name or value was probably meant to be. */
  readonly suggestions: Suggestions | undefined;
  /** How many attempts of the client are under way. */
  readonly traffic: { attempts: number };
}

/**
 * Checks a client's options and fills them up.
 *
 * @throws ConfigurationError that names the option; KeyError for the key
 */
export function settingsOf(options: AmazonPayOptions, parts: ConnectParts = {}): Settings {
  if (!isRecord(options)) {
    throw wrongOption("the client needs its options: an object with `region`, `publicKeyId` and `privateKey`");
  }
  refuseUnknownOptions(options, parts.suggestions?.option);
  const region = findApiRegion(String(options.region ?? ""));
  if (region === undefined) {
    const names = API_REGIONS.flatMap((row) => [row.region, ...row.aliases]).join(", ");
    const given = isText(options.region) && SHORT_WORD.test(options.region) ? `is "${options.region}": it ` : "";
    throw new ConfigurationError("config.region", `\`region\` ${given}must be one of ${names}`);
  }
  const publicKeyId: unknown = options.publicKeyId;
  if (isText(publicKeyId) && publicKeyId !== publicKeyId.trim()) {
    throw new ConfigurationError(
      "config.public-key-id",
      "`publicKeyId` begins or ends with white space, such as the line break of a file or a pasted secret: trim it",
    );
  }
  if (!isText(publicKeyId) || !/^[\w-]+$/.test(publicKeyId)) {
    throw new ConfigurationError(
      "config.public-key-id",
      /^["']/.test(String(publicKeyId))
        ? "`publicKeyId` has quotation marks around it: take them off"
        : "`publicKeyId` must be the id that Seller Central shows for the key pair, such as SANDBOX-AE…",
    );
  }
  const prefixed = environmentOfKey(publicKeyId);
  const environment = environmentFor(prefixed, options.environment);
  return {
    region,
    publicKeyId,
    signer: signerFor(options),
    algorithm: algorithmFor(options.algorithm),
    environment,
    // A prefixed key carries the environment, and then the path must not.
    root: prefixed === undefined ? `/${environment}/v2` : "/v2",
    origin: options.baseUrl === undefined ? `https://${region.apiHost}` : originOf(options.baseUrl),
    transport: options.transport ?? defaultTransport(options),
    ...limitsOf(options, { maxRetries: 3, timeoutMs: 30_000, totalTimeoutMs: 90_000 }),
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
    observer: observerOf(options.hooks, options.logger),
    maxAnswerBytes: wholeNumber("maxAnswerBytes", options.maxAnswerBytes ?? LARGEST_ANSWER, 1),
    unknownFields: options.unknownFields === "refuse" ? "refuse" : "allow",
    authToken: tokenOf(options.authToken),
    diagnose: parts.diagnose ?? withoutDiagnosis,
    hint: parts.hint ?? withoutHints,
    suggestions: parts.suggestions,
    traffic: { attempts: 0 },
  };
}

function tokenOf(given: unknown): string | undefined {
  if (given === undefined || isAuthToken(given)) return given;
  throw wrongOption(`\`authToken\` ${AUTH_TOKEN_RULE}`);
}

function environmentFor(prefixed: "live" | "sandbox" | undefined, given: unknown): "live" | "sandbox" {
  if (given !== undefined && given !== "live" && given !== "sandbox") {
    throw new ConfigurationError("config.environment", '`environment` must be "live" or "sandbox"');
  }
  if (prefixed === undefined && given === undefined) {
    throw new ConfigurationError(
      "config.environment",
      '`environment` is needed: this key id does not say by its prefix whether it is "live" or "sandbox"',
    );
  }
  if (prefixed !== undefined && given !== undefined && prefixed !== given) {
    throw new ConfigurationError(
      "config.environment",
      `\`environment\` is "${given}", but the key is a ${prefixed} key: leave \`environment\` out, or use another key`,
    );
  }
  return prefixed ?? given ?? "live";
}

function signerFor(options: AmazonPayOptions): Signer {
  const { signer, privateKey } = options as { signer?: unknown; privateKey?: unknown };
  if (signer !== undefined && privateKey !== undefined) {
    throw new ConfigurationError("config.signer", "`privateKey` and `signer` were both given: pass one of them");
  }
  if (signer === undefined) return privateKeySigner(options.privateKey as Parameters<typeof privateKeySigner>[0]);
  if (typeof (signer as Partial<Signer>).sign !== "function") {
    throw new ConfigurationError(
      "config.signer",
      "`signer` must have a method sign(message, algorithm) that gives the signature's bytes",
    );
  }
  return signer as Signer;
}

function algorithmFor(given: string | undefined): AlgorithmName {
  const row = ALGORITHMS.find((candidate) => candidate.name === (given ?? DEFAULT_ALGORITHM));
  if (row === undefined) {
    throw new ConfigurationError(
      "config.algorithm",
      `\`algorithm\` must be ${ALGORITHMS.map((candidate) => candidate.name).join(" or ")}`,
    );
  }
  return row.name;
}

function wholeNumber(name: string, value: number, least = 0): number {
  if (!Number.isSafeInteger(value) || value < least)
    throw new ConfigurationError("config.number", `\`${name}\` must be a whole number, ${least} or more`);
  return value;
}

function duration(name: string, value: number): number {
  if (typeof value !== "number" || !(value > 0)) {
    throw new ConfigurationError(
      "config.number",
      `\`${name}\` must be a number of milliseconds above 0, or Infinity for no limit`,
    );
  }
  return value;
}

/** The limits that were given, for the rest the others. @throws ConfigurationError `config.number` */
export function limitsOf(given: Partial<{ [Name in keyof Limits]: number | undefined }>, others: Limits): Limits {
  return {
    maxRetries: wholeNumber("maxRetries", given.maxRetries ?? others.maxRetries),
    timeoutMs: duration("timeoutMs", given.timeoutMs ?? others.timeoutMs),
    totalTimeoutMs: duration("totalTimeoutMs", given.totalTimeoutMs ?? others.totalTimeoutMs),
  };
}
