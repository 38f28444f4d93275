/**
 * Control flow of a function as seen from one entry: nodes, dominators, loops.
 *
 * A body is entered at the beginning of its function, or in the middle: behind a call that has returned,
 * at a loop head, at an instruction that has waited. To enter in the middle of a loop would make it a
 * loop with two entries, or merge it with its neighbours. So the rest of each loop's round that is under
 * way is a copy of its own: a node is a block and the number of enclosing loops whose head has not been
 * reached since the entry (`partial`). When control comes to such a head, the count drops below that loop
 * and from there on the loops have their natural shape. What was reducible stays so.
 */
import { clausesOf, fallsThrough, targetsOf, walkOffsets } from "../src/bytecode/flow.ts";
import type { Instruction } from "../src/bytecode/instructions.ts";

export interface Entry {
  /** The instruction. */
  readonly at: number;
  /** It has been charged and has waited: only its effect is left. */
  readonly charged: boolean;
}

export interface Node {
  /** Position in `Graph.nodes`, which are in reverse postorder. */
  index: number;
  /** Instructions from `start` up to, not including, `end`; both are the length for the end of the function. */
  readonly start: number;
  readonly end: number;
  /** The first instruction has been charged and waited. */
  readonly charged: boolean;
  readonly successors: Node[];
  readonly predecessors: Node[];
  /** Immediate dominator; the entry's is itself. */
  dominator: Node;
  /** Head of the innermost loop around this node; the node itself if it is a head. */
  loop: Node | null;
  isHead: boolean;
  /** Of a head: the head of the loop around its loop. */
  outerLoop: Node | null;
  depth: number;
}

export interface Graph {
  readonly nodes: readonly Node[];
  readonly entry: Node;
  /** Every loop has one entry. Otherwise dominators and loops are not to be used. */
  readonly reducible: boolean;
  /** How deep loops are nested. */
  readonly deepest: number;
  /** The node that begins at an instruction and is reached from this one. */
  readonly successor: (from: Node, target: number) => Node;
}

export function isTerminator(instruction: Instruction): boolean {
  return (
    !fallsThrough(instruction) ||
    clausesOf(instruction) !== null ||
    instruction.op === "JUMP_IF_TRUE" ||
    instruction.op === "JUMP_IF_FALSE"
  );
}

/** The blocks of a function by the instruction they begin with: the end of each. */
class Blocks {
  readonly #leaders: Uint8Array;
  readonly length: number;

  constructor(
    readonly instructions: readonly Instruction[],
    entry: Entry,
  ) {
    this.length = instructions.length;
    this.#leaders = new Uint8Array(this.length + 2);
    this.#leaders[0] = 1;
    this.#leaders[entry.at] = 1;
    this.#leaders[this.length] = 1;
    if (entry.charged) this.#leaders[entry.at + 1] = 1;
    instructions.forEach((instruction, at) => {
      walkOffsets(instruction, (offset) => {
        this.#leaders[at + offset] = 1;
      });
      if (isTerminator(instruction)) this.#leaders[at + 1] = 1;
    });
  }

  endOf(start: number): number {
    if (start >= this.length) return this.length;
    let end = start + 1;
    while (end < this.length && this.#leaders[end] === 0) end++;
    return end;
  }

  /** Where control goes from the block that ends here. */
  targets(start: number, end: number): number[] {
    return start >= this.length ? [] : targetsOf(this.instructions[end - 1], end - 1);
  }
}

interface Spec {
  readonly start: number;
  readonly charged: boolean;
  readonly partial: number;
}

/** The nodes reachable from an entry. */
export function buildGraph(instructions: readonly Instruction[], entry: Entry): Graph {
  const blocks = new Blocks(instructions, entry);
  if (entry.at !== 0 || entry.charged) {
    const whole = new Builder(blocks, [], { at: 0, charged: false }).build();
    if (whole.reducible) {
      const around = loopsAround(whole, entry);
      if (around !== null) {
        const split = new Builder(blocks, around, entry).build();
        if (split.reducible) return split;
      }
    }
  }
  return new Builder(blocks, [], entry).build();
}

/** The loops in the middle of which an entry lies, outermost first, as sets of blocks; null if unreachable. */
function loopsAround(graph: Graph, entry: Entry): Loop[] | null {
  const at = graph.nodes.find((node) => node.start === entry.at);
  if (at === undefined) return null;
  const around: Loop[] = [];
  const innermost = at.isHead && !entry.charged ? at.outerLoop : at.loop;
  for (let head = innermost; head !== null; head = head.outerLoop) {
    const members = new Set<number>();
    for (const node of graph.nodes) {
      for (let loop = node.loop; loop !== null; loop = loop.outerLoop) if (loop === head) members.add(node.start);
    }
    around.unshift({ head: head.start, members });
  }
  return around;
}

interface Loop {
  readonly head: number;
  readonly members: ReadonlySet<number>;
}

class Builder {
  readonly #nodes = new Map<string, Node>();
  readonly #targets = new Map<Node, Map<number, Node>>();

  constructor(
    readonly blocks: Blocks,
    readonly around: readonly Loop[],
    readonly from: Entry,
  ) {}

  build(): Graph {
    const { at, charged } = this.from;
    const partialOf = new Map<Node, number>();
    const open: Node[] = [];
    const reach = (spec: Spec): Node => {
      const key = `${spec.start} ${spec.charged} ${spec.partial}`;
      let node = this.#nodes.get(key);
      if (node === undefined) {
        node = this.#node(spec);
        this.#nodes.set(key, node);
        partialOf.set(node, spec.partial);
        open.push(node);
      }
      return node;
    };
    const entry = reach({ start: at, charged, partial: this.around.length });
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      const targets = new Map<number, Node>();
      this.#targets.set(node, targets);
      const next = this.blocks.targets(node.start, node.end);
      for (const target of next) {
        const partial = this.#partialAt(target, partialOf.get(node)!);
        const successor = reach({ start: target, charged: false, partial });
        // Two ways from one node count as two.
        successor.predecessors.push(node);
        if (targets.has(target)) continue;
        targets.set(target, successor);
        node.successors.push(successor);
      }
    }
    return analyse(entry, (node, target) => this.#targets.get(node)!.get(target)!);
  }

  #partialAt(target: number, partial: number): number {
    for (let i = 0; i < partial; i++) if (this.around[i].head === target) return i;
    let left = partial;
    while (left > 0 && !this.around[left - 1].members.has(target)) left--;
    return left;
  }

  #node({ start, charged }: Spec): Node {
    const end = charged ? start + 1 : this.blocks.endOf(start);
    const node = { index: -1, start, end, charged, successors: [], predecessors: [], loop: null, isHead: false };
    const made = { ...node, outerLoop: null, depth: 0, dominator: undefined as unknown as Node };
    made.dominator = made;
    return made;
  }
}

/** Numbers the nodes, and finds dominators (Cooper, Harvey, Kennedy 2001) and natural loops. */
function analyse(entry: Node, successor: Graph["successor"]): Graph {
  const nodes = reversePostorder(entry);
  nodes.forEach((node, i) => {
    node.index = i;
  });
  for (let changed = true; changed; ) {
    changed = false;
    for (const node of nodes) {
      if (node === entry) continue;
      let found: Node | null = null;
      for (const before of node.predecessors) {
        // Not yet reached in this numbering: its dominator is still itself.
        if (before !== entry && before.dominator === before) continue;
        found = found === null ? before : common(found, before);
      }
      if (found !== null && node.dominator !== found) {
        node.dominator = found;
        changed = true;
      }
    }
  }
  let reducible = true;
  for (const node of nodes) {
    for (const head of node.successors) {
      if (head.index > node.index) continue;
      if (dominates(head, node)) head.isHead = true;
      else reducible = false;
    }
  }
  return { nodes, entry, reducible, deepest: reducible ? findLoops(nodes) : 0, successor };
}

function reversePostorder(entry: Node): Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>([entry]);
  const open: { readonly node: Node; next: number }[] = [{ node: entry, next: 0 }];
  while (open.length > 0) {
    const top = open[open.length - 1];
    // The last successor first, so that what falls through comes early in the reversed order.
    const successor = top.node.successors[top.node.successors.length - 1 - top.next];
    top.next++;
    if (successor === undefined) {
      order.push(top.node);
      open.pop();
    } else if (!seen.has(successor)) {
      seen.add(successor);
      open.push({ node: successor, next: 0 });
    }
  }
  return order.reverse();
}

function common(a: Node, b: Node): Node {
  let x = a;
  let y = b;
  while (x !== y) {
    while (x.index > y.index) x = x.dominator;
    while (y.index > x.index) y = y.dominator;
  }
  return x;
}

export function dominates(a: Node, b: Node): boolean {
  let node = b;
  while (node.index > a.index) node = node.dominator;
  return node === a;
}

/** Heads come in reverse postorder, outer before inner, so an inner loop overwrites what an outer one said. */
function findLoops(nodes: readonly Node[]): number {
  let deepest = 0;
  for (const head of nodes) {
    if (!head.isHead) continue;
    head.outerLoop = head.loop;
    head.depth = (head.outerLoop?.depth ?? 0) + 1;
    deepest = Math.max(deepest, head.depth);
    if (deepest > DEEPEST_LOOPS) return deepest;
    const members = new Set<Node>([head]);
    const open = head.predecessors.filter((node) => dominates(head, node));
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (members.has(node)) continue;
      members.add(node);
      open.push(...node.predecessors);
    }
    for (const node of members) node.loop = head;
  }
  return deepest;
}

/** Deeper nests stay interpreted: V8's own parser gives up somewhere above a thousand. */
export const DEEPEST_LOOPS = 100;
