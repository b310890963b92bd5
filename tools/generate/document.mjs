/** The API as an OpenAPI document: the base of `spec/api.yaml` with a path for each operation and a schema for each type. */
import { AnswerSchemas, described } from "./answers.mjs";
import { RequestSchemas } from "./requests.mjs";
import { readTypes } from "./types.mjs";

/** Headers of every request. */
const COMMON = ["Region", "Host", "Date"];

/**
 * Builds the document.
 *
 * @param base `spec/api.yaml`, parsed
 * @param sdk `{ OPERATIONS, constants, REASON_CODES }`: the operations table, its rows by the name of their constant, and reason codes by error
 * @returns the document, and what table and types disagree about
 */
export function buildDocument(base, { OPERATIONS, throttleOf, constants, REASON_CODES }) {
  const types = readTypes();
  const { wire, ...rest } = base;
  const schemas = { ...base.components.schemas };
  const requests = new RequestSchemas(types.checker, schemas);
  const answers = new AnswerSchemas(types.checker, schemas);
  const constantOf = new Map([...constants].map(([name, row]) => [row, name]));
  const paths = {};
  const usedTags = new Map();
  schemas.KnownCurrencyCode = described(
    answers.of(types.typeNamed("KnownCurrencyCode").type),
    types.typeNamed("KnownCurrencyCode").doc,
  );
  const answerOf = (name, given) => {
    if (!Object.hasOwn(wire.answers, name)) return given;
    return wire.answers[name] === null ? undefined : types.typeNamed(wire.answers[name]).type;
  };
  for (const row of OPERATIONS) {
    const method = types.methods.get(constantOf.get(row));
    if (method === undefined) throw new Error(`no method of a resource calls ${row.name}`);
    const tag = base.tags.find(({ name }) => name === method.tag);
    if (tag === undefined) throw new Error(`spec/api.yaml has no tag ${method.tag}`);
    usedTags.set(method.tag, method.tagDoc);
    const operation = operationOf(row, method, {
      requests,
      answers,
      rules: types.rules,
      throttle: throttleOf(row.name),
      REASON_CODES,
      source: tag.source,
      // What the client adds to an answer is no part of it.
      answer: answerOf(row.name, method.answer),
    });
    const place = (paths[row.path] ??= {});
    const verb = row.method.toLowerCase();
    place[verb] = place[verb] === undefined ? operation : sharing(place[verb], operation);
  }
  for (const [path, schema] of Object.entries(wire.members)) {
    const [name, member] = path.split(".");
    if (schemas[name]?.properties?.[member] === undefined) throw new Error(`spec/api.yaml: there is no member ${path}`);
    schemas[name].properties[member] = schema;
  }
  const unused = base.tags.filter(({ name }) => !usedTags.has(name)).map(({ name }) => name);
  if (unused.length > 0) throw new Error(`spec/api.yaml names tags that no operation has: ${unused.join(", ")}`);
  return {
    document: {
      ...rest,
      tags: base.tags.map(({ name, source }) => ({
        name,
        description: usedTags.get(name),
        externalDocs: { description: "Amazon's own page", url: source },
      })),
      paths,
      components: {
        ...base.components,
        schemas: Object.fromEntries(Object.entries(schemas).sort(([left], [right]) => (left < right ? -1 : 1))),
      },
    },
    disagreements: requests.disagreements,
  };
}

function operationOf(row, method, { requests, answers, rules, throttle, REASON_CODES, source, answer: given }) {
  const where = row.name;
  const [summary = row.name] = /^.*?[.:](?=\s|$)/s.exec(method.doc) ?? [method.doc];
  const query =
    row.query === undefined
      ? []
      : requests.query(row.query(), row.body === undefined ? method.query : undefined, where);
  const body = row.body === undefined ? undefined : requests.body(row.body(), method.body, where);
  const answer = given === undefined || row.success.includes(204) ? undefined : answers.of(given);
  return {
    tags: [method.tag],
    operationId: row.name,
    summary: summary.replace(/[.:]$/, ""),
    ...described({}, method.doc),
    externalDocs: { url: source },
    "x-source": source,
    "x-idempotency": row.idempotency,
    ...(row.reference === undefined ? {} : { "x-idempotency-member": row.reference }),
    ...(throttle === undefined ? {} : { "x-throttle": throttle }),
    ...(row.rules === undefined ? {} : { "x-rules": row.rules.map((rule) => ruleOf(rule, rules)) }),
    "x-reason-codes": reasonsOf(row, method.throws, REASON_CODES),
    parameters: [
      ...[...row.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
        name,
        in: "path",
        required: true,
        description: `Id of the object: \`${name}\`.`,
        schema: { type: "string" },
      })),
      ...query.map(({ name, field, schema, description }) =>
        described(
          {
            name,
            in: "query",
            required: field.required === true,
            schema,
            ...(schema.type === "array" ? { style: "form", explode: false } : {}),
          },
          description,
        ),
      ),
      ...[
        ...COMMON,
        ...(row.idempotency === "none" ? [] : ["IdempotencyKey"]),
        ...(row.authToken === "unsupported" ? [] : ["AuthToken"]),
        ...(row.body !== undefined || row.method === "POST" ? ["SimulationCode"] : []),
      ].map((name) => ({ $ref: `#/components/parameters/${name}` })),
    ],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: Object.values(row.body()).some((field) => field.required === true),
            content: { "application/json": { schema: body } },
          },
        }),
    responses: {
      ...Object.fromEntries(row.success.map((status) => [String(status), success(status, answer)])),
      default: {
        description: "A refusal; its `reasonCode` is one of `x-reason-codes`, or a newer one.",
        content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
      },
    },
  };
}

const WORDS = {
  200: "Done.",
  201: "Created.",
  202: "Accepted: the outcome follows.",
  204: "Done; the answer has no body.",
  303: "Done before: `location` says where to go.",
};

function success(status, answer) {
  return {
    description: WORDS[status] ?? "Done.",
    headers: { "x-amz-pay-request-id": { description: "Id for Amazon's support.", schema: { type: "string" } } },
    ...(answer === undefined || status === 204 ? {} : { content: { "application/json": { schema: answer } } }),
  };
}

function ruleOf(rule, docs) {
  const doc = docs.get(rule.name);
  if (doc === undefined)
    throw new Error(`the rule ${rule.name || "without a name"} is not exported by operations/fields/rules.ts`);
  return { name: rule.name, description: doc.replace(/^Reference [\d., and]+[:.]?\s*/, "") };
}

/** Codes that every operation may name, and those of the errors that its method documents. */
function reasonsOf(row, throws, REASON_CODES) {
  const named = (error, situation) => (throws.includes(error) ? REASON_CODES[situation] : []);
  return [
    ...REASON_CODES["api.invalid-request"],
    ...(row.idempotency === "none" ? [] : REASON_CODES["api.idempotency"]),
    ...REASON_CODES["api.authentication"],
    ...REASON_CODES["api.signature"],
    ...(row.path.includes("{") || throws.includes("NotFoundError") ? REASON_CODES["api.not-found"] : []),
    ...named("AmountError", "api.amount"),
    ...named("StateError", "api.state"),
    ...named("DeclinedError", "api.declined"),
    ...REASON_CODES["api.throttled"],
    ...REASON_CODES["api.service"],
  ];
}

/** Two operations at one place: merchants' own, and solution providers'. The body tells them apart. */
function sharing(first, second) {
  const schemas = [first, second].map((operation) => operation.requestBody.content["application/json"].schema);
  return {
    ...first,
    description: `${first.description}\n\nOr: ${second.description}`,
    "x-alternatives": [first.operationId, second.operationId],
    requestBody: { ...first.requestBody, content: { "application/json": { schema: { anyOf: schemas } } } },
    responses: { ...second.responses, ...first.responses },
  };
}
