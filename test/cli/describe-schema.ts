/** Writes the JSON schemas as Markdown: one bullet a field. Walks valibot's schema objects, which are plain data. */

interface Node {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Node>>;
  readonly item?: Node;
  readonly wrapped?: Node;
  readonly value?: Node;
  readonly literal?: unknown;
  readonly options?: readonly unknown[];
  readonly pipe?: readonly { readonly type: string; readonly description?: string }[];
}

/** Parts that appear in several documents are described once and referred to by name. */
export interface NamedParts {
  readonly [name: string]: unknown;
}

export function describeDocument(schema: unknown, parts: NamedParts): string {
  return fieldLines(schema as Node, parts, 0, schema as Node).join("\n");
}

function fieldLines(node: Node, parts: NamedParts, depth: number, root: Node): string[] {
  const shape = objectOf(node);
  if (shape === undefined || (partName(shape, parts) !== undefined && shape !== root)) return [];
  return Object.entries(shape.entries!).flatMap(([name, field]) => {
    const about = descriptionOf(field);
    const line = `${"  ".repeat(depth)}- \`${name}\`: ${typeOf(field, parts)}${about === "" ? "" : `. ${about}`}`;
    return [line, ...fieldLines(field, parts, depth + 1, root)];
  });
}

/** The object that a field holds, perhaps inside a list or null. */
function objectOf(node: Node): Node | undefined {
  if (node.entries !== undefined) return node;
  const inner = node.item ?? node.wrapped;
  return inner === undefined ? undefined : objectOf(inner);
}

function typeOf(node: Node, parts: NamedParts): string {
  const name = partName(node, parts);
  // As GitHub makes anchors of headings.
  if (name !== undefined) return `[${name}](#${name.replaceAll("/", "")})`;
  switch (node.type) {
    case "strict_object":
      return "object";
    case "array":
      return `list of ${typeOf(node.item!, parts)}`;
    case "nullable":
      return `${typeOf(node.wrapped!, parts)} or null`;
    case "record":
      return node.value!.type === "number"
        ? "object of numbers by name"
        : `object by name of ${typeOf(node.value!, parts)}`;
    case "union":
      return (node.options as readonly Node[]).map((option) => typeOf(option, parts)).join(" or ");
    case "literal":
      return JSON.stringify(node.literal);
    case "picklist":
      return node.options!.map((option) => JSON.stringify(option)).join(" or ");
    case "custom":
      return "object";
    case "unknown":
      return "any value";
    default:
      return node.pipe?.some(({ type }) => type === "integer") === true ? "whole number" : node.type;
  }
}

/** A part keeps its identity through `v.pipe(part, v.description(...))` by its entries. */
function partName(node: Node, parts: NamedParts): string | undefined {
  if (node.entries === undefined) return undefined;
  return Object.keys(parts).find((name) => (parts[name] as Node).entries === node.entries);
}

function descriptionOf({ pipe = [] }: Node): string {
  return pipe.findLast(({ type }) => type === "description")?.description ?? "";
}
