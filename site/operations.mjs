/** Pages of the API: one an operation and one a schema of the OpenAPI document. */

const cell = (text) => String(text).replaceAll("|", "\\|").replaceAll("\n", " ");
const code = (text) => `\`${text}\``;
const list = (values) => values.map((value) => code(value === null ? "null" : value)).join(", ");
const schemaName = (ref) => ref.slice(ref.lastIndexOf("/") + 1);
const link = (ref) => `[${schemaName(ref)}](/api/schemas/${schemaName(ref)})`;

/** A schema in a few words: its type, or a link to its page. */
function typeOf(schema) {
  if (schema.$ref !== undefined) return link(schema.$ref);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) return branches.map(typeOf).join(" or ");
  const types = [schema.type ?? "any"].flat().filter((type) => type !== "null");
  const nullable = [schema.type].flat().includes("null") ? " or null" : "";
  if (types.includes("array")) return `array of ${typeOf(schema.items ?? {})}${nullable}`;
  return `${types.join(" or ")}${nullable}`;
}

/** What a value must be, beyond its type. */
function limitsOf(schema) {
  const limits = [];
  const add = (given, text) => {
    if (given !== undefined) limits.push(text(given));
  };
  add(schema.enum, (values) => `one of ${list(values.filter((value) => value !== null))}`);
  add(schema["x-extensible-enum"], (values) => `known: ${list(values)}`);
  add(schema.const, (value) => `always ${code(value)}`);
  add(schema.minLength, (length) => `at least ${length} characters`);
  add(schema.maxLength, (length) => `at most ${length} characters`);
  add(schema.minItems, (count) => `at least ${count} entries`);
  add(schema.maxItems, (count) => `at most ${count} entries`);
  add(schema.minimum, (value) => `at least ${value}`);
  add(schema.maximum, (value) => `at most ${value}`);
  add(schema.format, (format) => `format ${code(format)}`);
  add(schema.pattern, (pattern) => `matches ${code(pattern)}`);
  if (schema["x-https"]) limits.push("HTTPS");
  if (schema["x-more-than-zero"]) limits.push("more than zero");
  const text = limits.join("; ");
  return text === "" ? "" : `${text[0].toUpperCase()}${text.slice(1)}.`;
}

/** Rows of a schema's members, those of unnamed objects inside with their path. */
function membersOf(schema, prefix = "") {
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const path = `${prefix}${name}`;
    const needed = schema.required?.includes(name) ? "yes" : "";
    const about = [member.description, limitsOf(member)].filter(Boolean).join(" ");
    const row = `| ${code(path)} | ${cell(typeOf(member))} | ${needed} | ${cell(about)} |`;
    const inner = member.items?.properties ? membersOf(member.items, `${path}[].`) : membersOf(member, `${path}.`);
    return [row, ...inner];
  });
}

function memberTable(schema) {
  const rows = membersOf(schema);
  return rows.length === 0 ? [] : ["| Member | Type | Required | Meaning |", "|---|---|---|---|", ...rows, ""];
}

const deref = (api, parameter) =>
  parameter.$ref === undefined ? parameter : api.components.parameters[schemaName(parameter.$ref)];

const IDEMPOTENCY = {
  required:
    "A header `x-amz-pay-idempotency-key` is required: sending the request again with the same key has no second effect.",
  optional: "A header `x-amz-pay-idempotency-key` may be sent.",
  none: "An idempotency key has no effect.",
};

function operationPage(api, path, method, operation) {
  const parameters = (operation.parameters ?? []).map((parameter) => deref(api, parameter));
  const body = operation.requestBody?.content?.["application/json"]?.schema;
  const throttle = Object.entries(operation["x-throttle"] ?? {});
  return [
    `# ${operation.operationId}`,
    "",
    `**${method.toUpperCase()}** ${code(`/v2${path}`)}`,
    "",
    operation.description ?? `${operation.summary}.`,
    "",
    IDEMPOTENCY[operation["x-idempotency"]] ?? "",
    "",
    ...(throttle.length === 0
      ? []
      : [
          `Calls that may come at once, and calls a second that may follow: ${throttle
            .map(([where, { burst, perSecond }]) => `${where} ${burst} and ${perSecond}`)
            .join("; ")}.`,
          "",
        ]),
    ...(operation["x-source"] === undefined ? [] : [`Source: [Amazon's page](${operation["x-source"]}).`, ""]),
    ...(parameters.length === 0
      ? []
      : [
          "## Parameters",
          "",
          "| Name | In | Type | Required | Meaning |",
          "|---|---|---|---|---|",
          ...parameters.map(
            ({ name, in: place, schema = {}, required, description = "" }) =>
              `| ${code(name)} | ${place} | ${cell(typeOf(schema))} | ${required ? "yes" : ""} | ${cell(
                [description, limitsOf(schema)].filter(Boolean).join(" "),
              )} |`,
          ),
          "",
        ]),
    ...(body === undefined ? [] : ["## Body", "", typeOf(body), "", ...memberTable(resolved(api, body))]),
    ...(operation["x-rules"] === undefined
      ? []
      : [
          "## Rules between members",
          "",
          ...operation["x-rules"].map(({ name, description }) => `- ${code(name)}: ${description}`),
          "",
        ]),
    "## Answers",
    "",
    "| Status | Body | Meaning |",
    "|---|---|---|",
    ...Object.entries(operation.responses).map(([status, { description, content }]) => {
      const schema = content?.["application/json"]?.schema;
      return `| ${status} | ${schema === undefined ? "" : cell(typeOf(schema))} | ${cell(description)} |`;
    }),
    "",
    ...(operation["x-reason-codes"] === undefined
      ? []
      : ["## Reason codes of refusals", "", list(operation["x-reason-codes"]), ""]),
  ].join("\n");
}

const resolved = (api, schema) =>
  schema.$ref === undefined ? schema : api.components.schemas[schemaName(schema.$ref)];

const METHODS = ["get", "post", "put", "patch", "delete"];

/** Operations of a document, by tag, in the document's order. */
export function operationsByTag(api) {
  const tags = new Map(api.tags.map(({ name }) => [name, []]));
  for (const [path, item] of Object.entries(api.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation !== undefined) tags.get(operation.tags[0]).push({ path, method, operation });
    }
  }
  return tags;
}

/** Path and text of each page of the API. */
export function* operationPages(api) {
  const tags = operationsByTag(api);
  const index = [
    `# ${api.info.title}`,
    "",
    api.info.description,
    "",
    '<a href="../openapi.json">The document</a>, OpenAPI 3.1.',
    "",
  ];
  for (const { name, description } of api.tags) {
    index.push(`## ${name}`, "", description, "", "| | | |", "|---|---|---|");
    for (const { path, method, operation } of tags.get(name)) {
      index.push(
        `| [${operation.operationId}](/api/${operation.operationId}) | ${method.toUpperCase()} ${code(path)} | ${cell(operation.summary ?? "")} |`,
      );
      yield [`api/${operation.operationId}.md`, operationPage(api, path, method, operation)];
    }
    index.push("");
  }
  yield ["api/index.md", index.join("\n")];
  for (const [name, schema] of Object.entries(api.components.schemas)) {
    const head = [`# ${name}`, "", schema.description ?? "", ""];
    const plain = schema.properties === undefined ? [typeOf(schema), "", limitsOf(schema), ""] : [];
    yield [`api/schemas/${name}.md`, [...head, ...plain, ...memberTable(schema)].join("\n")];
  }
}
