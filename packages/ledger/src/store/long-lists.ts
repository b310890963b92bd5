import {
  type BinaryOperationNode,
  type KyselyPlugin,
  type OperationNode,
  OperationNodeTransformer,
  OperatorNode,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  RawNode,
  type RootOperationNode,
  type UnknownRow,
  ValueNode,
} from "kysely";
import type { DialectName } from "./schema/shape.ts";

/** Values that a list may have as parameters of their own: more of them go as one. */
const FEW: Readonly<Record<DialectName, number>> = { postgres: 32, sqlite: 1000 };

type Listed = string | number | bigint;

function isOneKind(values: readonly unknown[]): values is readonly Listed[] {
  const [first] = values;
  const kind = typeof first;
  if (kind === "string") return values.every((value) => typeof value === "string" && !value.includes("\0"));
  return (
    (kind === "number" || kind === "bigint") &&
    values.every((value) => typeof value === "bigint" || (typeof value === "number" && Number.isSafeInteger(value)))
  );
}

/** JSON that keeps integers beyond a number's range. */
function jsonOf(values: readonly Listed[]): string {
  return `[${values.map((value) => (typeof value === "string" ? JSON.stringify(value) : String(value))).join(",")}]`;
}

/** One parameter in the place of a list, with the words before and behind it. */
function asOne(dialect: DialectName, values: readonly Listed[], not: boolean): readonly [string, ValueNode, string] {
  return dialect === "postgres"
    ? [not ? "<> all(" : "= any(", ValueNode.create([...values]), ")"]
    : [`${not ? "not " : ""}in (select value from json_each(`, ValueNode.create(jsonOf(values)), "))"];
}

function isComma(node: OperationNode): boolean {
  return RawNode.is(node) && node.parameters.length === 0 && node.sqlFragments.join("").trim() === ",";
}

/** What `sql.join` makes of a list: values with commas between them. */
function joinedValues(node: OperationNode): readonly unknown[] | undefined {
  if (!RawNode.is(node) || node.sqlFragments.some((text) => text !== "")) return undefined;
  const values: unknown[] = [];
  for (const [at, part] of node.parameters.entries()) {
    if (at % 2 === 0 && ValueNode.is(part)) values.push(part.value);
    else if (at % 2 === 0 || !isComma(part)) return undefined;
  }
  return values;
}

const OPENING = /\b(not )?in \($/i;

class Shortener extends OperationNodeTransformer {
  readonly #dialect: DialectName;

  constructor(dialect: DialectName) {
    super();
    this.#dialect = dialect;
  }

  protected override transformBinaryOperation(node: BinaryOperationNode): BinaryOperationNode {
    const { operator, rightOperand } = node;
    const values = primitiveList(rightOperand);
    if (
      values === undefined ||
      !OperatorNode.is(operator) ||
      !/^(not )?in$/.test(operator.operator) ||
      values.length <= FEW[this.#dialect] ||
      !isOneKind(values)
    )
      return super.transformBinaryOperation(node);
    const [before, value, behind] = asOne(this.#dialect, values, operator.operator === "not in");
    return {
      ...node,
      leftOperand: this.transformNode(node.leftOperand),
      operator: RawNode.createWithSql(""),
      rightOperand: RawNode.create([before, behind], [value]),
    };
  }

  protected override transformRaw(node: RawNode): RawNode {
    const texts = [...node.sqlFragments];
    const parameters = [...node.parameters];
    for (const [at, parameter] of parameters.entries()) {
      const values = joinedValues(parameter);
      const opening = OPENING.exec(texts[at] ?? "");
      const after = texts[at + 1] ?? "";
      if (values === undefined || opening === null || !after.startsWith(")")) continue;
      if (values.length <= FEW[this.#dialect] || !isOneKind(values)) continue;
      const [before, value, behind] = asOne(this.#dialect, values, opening[1] !== undefined);
      texts[at] = `${(texts[at] ?? "").slice(0, opening.index)}${before}`;
      texts[at + 1] = `${behind}${after.slice(1)}`;
      parameters[at] = value;
    }
    return super.transformRaw({ ...node, sqlFragments: texts, parameters });
  }
}

function primitiveList(node: OperationNode): readonly unknown[] | undefined {
  return node.kind === "PrimitiveValueListNode" ? (node as OperationNode & { values: unknown[] }).values : undefined;
}

/** Whether anything in a query is a list that is too long: most have none, and are not copied. Rows to be inserted are no lists. */
function hasLongList(node: unknown, few: number): boolean {
  if (typeof node !== "object" || node === null) return false;
  if (Array.isArray(node)) return node.some((part) => hasLongList(part, few));
  const { kind } = node as OperationNode;
  if (kind === "ValuesNode" || kind === "ValueNode" || kind === "IdentifierNode") return false;
  if (kind === "PrimitiveValueListNode") return (primitiveList(node as OperationNode)?.length ?? 0) > few;
  if (RawNode.is(node as OperationNode) && (node as RawNode).parameters.length > few) return true;
  return Object.values(node).some((part) => hasLongList(part, few));
}

/**
 * Sends a long list as one parameter, an array on PostgreSQL and JSON on SQLite, in queries that are built and in those that are
 * written with `sql.join`. A parameter for each value ends at 65,535 on the one and 32,766 on the other, which a ledger of many
 * accounts is beyond; and ten thousand of them are parsed and planned anew with each page of a list.
 */
export class LongLists implements KyselyPlugin {
  readonly #shortener: Shortener;
  readonly #few: number;

  constructor(dialect: DialectName) {
    this.#shortener = new Shortener(dialect);
    this.#few = FEW[dialect];
  }

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    return hasLongList(node, this.#few) ? this.#shortener.transformNode(node, queryId) : node;
  }

  transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return Promise.resolve(result);
  }
}
