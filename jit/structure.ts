/**
 * Where each node of a reducible graph stands in nested statements.
 *
 * The tree of dominators is the nesting: a node stands inside the node that dominates it. A node with
 * several ways in stands behind a labelled block that holds everything that leads to it, and `break`
 * leaves that block; a loop is `for (;;)` around its head's subtree, and `continue` goes round (Ramsey,
 * "Beyond Relooper", 2022). What leaves a loop stands behind the loop and not in it, so that V8 sees the
 * loops as they are.
 */
import type { Graph, Node } from "./cfg.ts";

export class Placement {
  /** Stand behind a labelled block inside the node, by node. */
  readonly #inside = new Map<Node, Node[]>();
  /** Stand behind the loop whose head the node is. */
  readonly #behind = new Map<Node, Node[]>();
  /** Are reached by `break`; all others stand where the one way to them comes from. */
  readonly #labelled = new Set<Node>();

  constructor(graph: Graph) {
    for (const node of graph.nodes) {
      if (node !== graph.entry) this.#place(node);
    }
  }

  /** In the order in which they stand. */
  inside(node: Node): readonly Node[] {
    return this.#inside.get(node) ?? [];
  }

  behind(head: Node): readonly Node[] {
    return this.#behind.get(head) ?? [];
  }

  isLabelled(node: Node): boolean {
    return this.#labelled.has(node);
  }

  #place(node: Node): void {
    const { dominator } = node;
    const around = node.isHead ? node.outerLoop : node.loop;
    let left: Node | null = null;
    for (let loop = dominator.loop; loop !== around && loop !== null; loop = loop.outerLoop) left = loop;
    const ways = node.predecessors.filter((before) => before.index < node.index).length;
    if (left !== null) this.#add(this.#behind, left, node);
    else if (ways > 1) this.#add(this.#inside, dominator, node);
  }

  #add(lists: Map<Node, Node[]>, at: Node, node: Node): void {
    this.#labelled.add(node);
    const list = lists.get(at);
    if (list === undefined) lists.set(at, [node]);
    else list.push(node);
  }
}
