import { createRequire } from "node:module";

/** A JSON schema, as far as the document uses it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly (string | null)[];
  readonly anyOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: { readonly pattern: string };
  readonly items?: Schema;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly "x-https"?: boolean;
}

/** An operation of the document. */
export interface DocumentedOperation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly {
    readonly $ref?: string;
    readonly name?: string;
    readonly in?: string;
    readonly required?: boolean;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: { readonly content: { readonly "application/json": { readonly schema: Schema } } };
  readonly responses: Readonly<
    Record<string, { readonly content?: { readonly "application/json": { readonly schema: Schema } } }>
  >;
  readonly "x-reason-codes": readonly string[];
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Omit<DocumentedOperation, "method" | "path">>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** The published document, read as a program that has installed the sdk reads it. */
const DOCUMENT = createRequire(import.meta.url)("@amazon-pay-kit/sdk/openapi.json") as Document;

/** Every operation of the document. */
export const DOCUMENTED: readonly DocumentedOperation[] = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
);

/** A schema without references at its top; of alternatives the first that is not null. */
export function resolved(schema: Schema): Schema {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace("#/components/schemas/", "");
    const target = DOCUMENT.components.schemas[name];
    if (target === undefined) throw new Error(`the document has no schema ${name}`);
    return resolved({ ...target, ...without(schema, "$ref") });
  }
  const [first] = (schema.anyOf ?? []).filter((branch) => branch.type !== "null");
  return first === undefined ? schema : resolved({ ...first, ...without(schema, "anyOf") });
}

const without = (schema: Schema, name: keyof Schema): Schema =>
  Object.fromEntries(Object.entries(schema).filter(([member]) => member !== name));

/** Types that a schema allows. */
export const typesOf = ({ type }: Schema): readonly string[] => (typeof type === "string" ? [type] : (type ?? []));

/** What of a value does not fit its schema, as paths with words; nothing where all fits. */
export function misfits(schema: Schema, value: unknown, path = ""): string[] {
  if (schema.anyOf !== undefined) {
    const tries = schema.anyOf.map((branch) => misfits(branch, value, path));
    return tries.some((found) => found.length === 0) ? [] : (tries[0] ?? []);
  }
  if (schema.$ref !== undefined) return misfits(resolved(schema), value, path);
  const types = typesOf(schema);
  if (
    types.length > 0 &&
    !types.includes(typeOf(value)) &&
    !(typeOf(value) === "integer" && types.includes("number"))
  ) {
    return [`${path} is ${typeOf(value)}, not ${types.join(" or ")}`];
  }
  if (schema.enum !== undefined && !schema.enum.includes(value as string)) return [`${path} is not one of its values`];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => misfits(schema.items ?? {}, item, `${path}[${index}]`));
  }
  if (typeof value !== "object" || value === null) return [];
  const members = value as Readonly<Record<string, unknown>>;
  const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(members, name));
  const unknown =
    schema.properties === undefined
      ? []
      : Object.keys(members).filter((name) => schema.properties?.[name] === undefined);
  return [
    ...missing.map((name) => `${path}.${name} is missing`),
    ...unknown.map((name) => `${path}.${name} is not documented`),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
      Object.hasOwn(members, name) ? misfits(member, members[name], `${path}.${name}`) : [],
    ),
  ];
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}
