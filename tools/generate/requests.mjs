/**
 * JSON schemas of requests, from the field tables that the client and the sandbox check by, with the prose of the types; and what the
 * two disagree about.
 */
import ts from "typescript";
import { described, orNull } from "./answers.mjs";
import { branchesOf, docOf, isMarkedText, isUnlisted, nameOf } from "./types.mjs";

/** Makes schemas of field tables and collects the named ones in `components`. */
export class RequestSchemas {
  /** Members about which table and type disagree, in words. */
  disagreements = [];
  #checker;
  #components;
  #names = new Map();

  constructor(checker, components) {
    this.#checker = checker;
    this.#components = components;
  }

  /** The members of a request's body; a named type becomes a component. */
  body(fields, type, where) {
    return this.#named(fields, type, where);
  }

  /** The members of a query, each as a schema. */
  query(fields, type, where) {
    return Object.entries(fields).map(([name, field]) => {
      const member = type === undefined ? undefined : this.#checker.getPropertyOfType(type, name);
      if (type !== undefined) this.#compareMember(name, field, member, where);
      return {
        name,
        field,
        schema: this.#kind(field, this.#typeOf(member), `${where}.${name}`),
        description: this.#doc(member),
      };
    });
  }

  #named(fields, type, where) {
    const name = type === undefined ? undefined : nameOf(type);
    if (name === undefined) return this.#object(fields, type, where);
    const known = this.#names.get(name);
    if (known === undefined) {
      this.#names.set(name, fields);
      this.#components[name] = described(
        this.#object(fields, type, name),
        docOf(type.aliasSymbol ?? type.symbol, this.#checker),
      );
    } else if (known !== fields && JSON.stringify(known) !== JSON.stringify(fields)) {
      // One type for two tables: written out where it stands.
      return this.#object(fields, type, where);
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  #object(fields, type, where) {
    const properties = {};
    const required = [];
    if (type !== undefined) {
      for (const member of this.#checker.getPropertiesOfType(type)) {
        if (fields[member.name] === undefined) this.disagreements.push(`${where}.${member.name}: only the type has it`);
      }
    }
    for (const [name, field] of Object.entries(fields)) {
      const member = type === undefined ? undefined : this.#checker.getPropertyOfType(type, name);
      if (type !== undefined) this.#compareMember(name, field, member, where);
      if (field.required === true) required.push(name);
      const kind = this.#kind(field, this.#typeOf(member), `${where}.${name}`);
      properties[name] = described(field.required === true ? kind : orNull(kind), this.#doc(member));
    }
    return { type: "object", additionalProperties: false, ...(required.length === 0 ? {} : { required }), properties };
  }

  #doc(member) {
    return member === undefined ? "" : docOf(member, this.#checker);
  }

  #typeOf(member) {
    if (member === undefined) return undefined;
    const branches = branchesOf(this.#checker.getTypeOfSymbol(member)).filter(
      (branch) => !(branch.flags & ts.TypeFlags.Null) && !isUnlisted(branch),
    );
    return branches;
  }

  #kind(field, branches, where) {
    const [single] = branches ?? [];
    switch (field.type) {
      case "any":
        return {};
      case "boolean":
        return { type: "boolean" };
      case "integer":
        return { type: ["integer", "string"], ...range(field), pattern: "^-?\\d{1,15}$" };
      case "timestamp":
        return { type: ["string", "integer"], format: "iso-8601-instant" };
      case "url":
        return { type: "string", format: "uri", ...(field.http === true ? {} : { "x-https": true }) };
      case "price":
        return price(field);
      case "text":
        return text(field);
      case "list": {
        const list = branches?.find((branch) => this.#checker.isArrayLikeType(branch));
        const items = list === undefined ? undefined : branchesOf(this.#checker.getTypeArguments(list)[0]);
        return { type: "array", items: this.#kind(field.items, items, `${where}[]`) };
      }
      case "map": {
        const entry = single === undefined ? undefined : this.#checker.getIndexInfosOfType(single)[0]?.type;
        return {
          type: "object",
          propertyNames: { pattern: field.names.source },
          additionalProperties: this.#kind(
            field.entries,
            entry === undefined ? undefined : branchesOf(entry),
            `${where}.*`,
          ),
        };
      }
      case "object":
        return this.#named(field.fields, single, where);
      default:
        throw new Error(`${where}: unknown kind ${field.type}`);
    }
  }

  /** Notes where a member's table row and its type disagree: presence, whether it is needed, kind, values. */
  #compareMember(name, field, member, where) {
    const path = `${where}.${name}`;
    const note = (words) => this.disagreements.push(`${path}: ${words}`);
    if (member === undefined) {
      note("only the table has it");
      return;
    }
    const optional = Boolean(member.flags & ts.SymbolFlags.Optional);
    if (optional === (field.required === true))
      note(`the table says ${field.required === true ? "required" : "optional"}, the type does not`);
    const branches = this.#typeOf(member);
    const kinds = new Set(branches.map((branch) => this.#kindName(branch)));
    const wanted = KINDS[field.type === "text" && field.separated === true ? "separated" : field.type];
    if (wanted !== undefined && ![...kinds].some((kind) => wanted.includes(kind))) {
      note(`the table has ${field.type}, the type ${[...kinds].join(" | ")}`);
    }
    if (field.type === "text" && field.values !== undefined) this.#compareValues(field.values, branches, note);
    if (field.type === "list" && field.items.type === "text" && field.items.values !== undefined) {
      const list = branches.find((branch) => this.#checker.isArrayLikeType(branch));
      if (list !== undefined)
        this.#compareValues(field.items.values, branchesOf(this.#checker.getTypeArguments(list)[0]), note);
    }
  }

  #compareValues(values, branches, note) {
    const literals = branches.filter((branch) => branch.isStringLiteral()).map((branch) => branch.value);
    const lacking = values.filter((value) => !literals.includes(value));
    const more = literals.filter((value) => !values.includes(value));
    if (lacking.length > 0) note(`the type lacks ${lacking.join(", ")}`);
    if (more.length > 0) note(`the table lacks ${more.join(", ")}`);
  }

  #kindName(branch) {
    if (isMarkedText(branch) || branch.flags & ts.TypeFlags.StringLike) return "text";
    if (branch.flags & ts.TypeFlags.NumberLike) return "number";
    if (branch.flags & ts.TypeFlags.BooleanLike) return "boolean";
    if (this.#checker.isArrayLikeType(branch)) return "list";
    if (branch.flags & ts.TypeFlags.Unknown) return "any";
    return "object";
  }
}

/** Which types fit a kind of field. */
const KINDS = {
  text: ["text"],
  separated: ["text", "list"],
  url: ["text"],
  timestamp: ["text"],
  boolean: ["boolean"],
  integer: ["number", "text"],
  price: ["object"],
  object: ["object"],
  map: ["object"],
  list: ["list"],
};

const range = ({ min, max }) => ({
  ...(min === undefined ? {} : { minimum: min }),
  ...(max === undefined ? {} : { maximum: max }),
});

function text({ max, pattern, values, separated }) {
  if (separated === true) return { type: "array", items: { type: "string", enum: [...values] } };
  return {
    type: "string",
    ...(max === undefined ? {} : { maxLength: max }),
    ...(pattern === undefined ? {} : { pattern: pattern.source }),
    ...(values === undefined ? {} : { enum: [...values] }),
  };
}

function price({ limits, positive }) {
  return {
    $ref: "#/components/schemas/AmountInput",
    ...(positive === true ? { "x-more-than-zero": true } : {}),
    ...(limits === undefined ? {} : { "x-maximum": { ...limits } }),
  };
}
