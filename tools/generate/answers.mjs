/** JSON schemas of answers, from the sdk's types. Named types become components. */
import ts from "typescript";
import { branchesOf, docOf, isMarkedText, isUnlisted, nameOf } from "./types.mjs";

/** Makes schemas of types and collects the named ones in `components`. */
export class AnswerSchemas {
  #checker;
  #components;

  constructor(checker, components) {
    this.#checker = checker;
    this.#components = components;
  }

  /** A type as a schema; a named object as a reference. */
  of(type) {
    const branches = branchesOf(type);
    const isNull = (branch) => Boolean(branch.flags & ts.TypeFlags.Null);
    const open = branches.some(isUnlisted);
    const rest = branches.filter((branch) => !isNull(branch) && !isUnlisted(branch));
    const schema = this.#of(rest, open);
    return branches.some(isNull) ? orNull(schema) : schema;
  }

  #of(branches, open) {
    const literals = branches.filter((branch) => branch.isStringLiteral());
    const others = branches.filter((branch) => !branch.isStringLiteral());
    if (literals.length > 0 && others.length === 0) {
      const values = literals.map((branch) => branch.value);
      return open ? { type: "string", "x-extensible-enum": values } : { type: "string", enum: values };
    }
    const kinds = others.map((branch) => this.#single(branch));
    const distinct = [...new Map(kinds.map((kind) => [JSON.stringify(kind), kind])).values()];
    if (distinct.length === 1) return distinct[0];
    if (distinct.length === 0) return {};
    return { anyOf: distinct };
  }

  #single(type) {
    if (isMarkedText(type) || type.flags & ts.TypeFlags.StringLike) return { type: "string" };
    if (type.flags & ts.TypeFlags.NumberLike) return { type: "number" };
    if (type.flags & ts.TypeFlags.BooleanLike) return { type: "boolean" };
    if (type.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any)) return {};
    if (this.#checker.isArrayType(type))
      return { type: "array", items: this.of(this.#checker.getTypeArguments(type)[0]) };
    const entries = this.#checker.getIndexInfosOfType(type)[0];
    if (entries !== undefined && this.#checker.getPropertiesOfType(type).length === 0) {
      return { type: "object", additionalProperties: this.of(entries.type) };
    }
    const name = nameOf(type);
    if (name === undefined) return this.#object(type);
    // A request's reading of the same thing has the same members; answers refer to their own.
    if (this.#components[name] === undefined) {
      this.#components[name] = {};
      const doc = type.aliasSymbol ?? type.symbol;
      this.#components[name] = described(this.#object(type), docOf(doc, this.#checker));
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  #object(type) {
    const properties = {};
    const required = [];
    for (const member of this.#checker.getPropertiesOfType(type)) {
      if (!(member.flags & ts.SymbolFlags.Optional)) required.push(member.name);
      properties[member.name] = described(this.of(this.#checker.getTypeOfSymbol(member)), docOf(member, this.#checker));
    }
    return { type: "object", ...(required.length === 0 ? {} : { required }), properties };
  }
}

/** A schema that may also be null. */
export function orNull(schema) {
  if (typeof schema.type === "string" && schema.enum === undefined) return { ...schema, type: [schema.type, "null"] };
  if (Array.isArray(schema.type)) return { ...schema, type: [...schema.type, "null"] };
  if (schema.enum !== undefined) return { ...schema, type: [schema.type, "null"], enum: [...schema.enum, null] };
  if (Object.keys(schema).length === 0) return schema;
  return { anyOf: [...(schema.anyOf ?? [schema]), { type: "null" }] };
}

/** A schema with prose. */
export const described = (schema, description) => (description === "" ? schema : { ...schema, description });
