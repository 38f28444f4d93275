/** Walking over syntax trees whatever they are made of. */
import type { AnyNode } from "acorn";

/** Calls `visit` for each node below this one, its own children only. */
export function eachChild(node: AnyNode, visit: (child: AnyNode) => void): void {
  for (const key in node) {
    const part = (node as unknown as Record<string, unknown>)[key];
    if (part === null || typeof part !== "object") continue;
    if (Array.isArray(part)) {
      for (const item of part) if (isNode(item)) visit(item);
    } else if (isNode(part)) {
      visit(part);
    }
  }
}

export function isNode(part: unknown): part is AnyNode {
  return part !== null && typeof part === "object" && typeof (part as { type?: unknown }).type === "string";
}
