import type { ComputeCase } from "./case.ts";

/** Makes and counts trees: few that are as deep as the size says, many small ones; one stays all the time. */
export const binaryTrees: ComputeCase = {
  name: "binary trees",
  dominatedBy: "data",
  sizes: { test: 4, quick: 9, full: 12 },
  source: `
.function main arity=1 regs=10
  LOAD_CONST r1, :"__function_ref:make"
  LOAD_CONST r2, :"__function_ref:count"
  CALL r3, r1, [r0]
  LOAD_CONST r4, 0
  LOAD_CONST r5, 4
  LOAD_CONST r6, 1
depths:
  LESS_EQUAL r7, r5, r0
  JUMP_IF_FALSE r7, done
  SUB r8, r0, r5
  LOAD_CONST r9, 4
  ADD r8, r8, r9
  SHL r8, r6, r8
  LOAD_CONST r9, 0
trees:
  LESS_THAN r7, r9, r8
  JUMP_IF_FALSE r7, next
  CALL r10, r1, [r5]
  CALL r10, r2, [r10]
  ADD r4, r4, r10
  ADD r9, r9, r6
  JUMP trees
next:
  LOAD_CONST r9, 2
  ADD r5, r5, r9
  JUMP depths
done:
  CALL r10, r2, [r3]
  ADD r4, r4, r10
  RETURN r4
.end

; make(depth)
.function make arity=1 regs=5
  LOAD_CONST r1, 0
  GREATER_THAN r2, r0, r1
  JUMP_IF_TRUE r2, inner
  OBJECT_INIT r1, {left: (), right: ()}
  RETURN r1
inner:
  LOAD_CONST r1, 1
  SUB r2, r0, r1
  LOAD_CONST r3, :"__function_ref:make"
  CALL r4, r3, [r2]
  CALL r5, r3, [r2]
  OBJECT_INIT r1, {left: r4, right: r5}
  RETURN r1
.end

; count(tree)
.function count arity=1 regs=5
  LOAD_CONST r1, 1
  LOAD_CONST r2, :left
  GET_PROP r3, r0, r2
  JUMP_IF_TRUE r3, inner
  RETURN r1
inner:
  LOAD_CONST r4, :"__function_ref:count"
  CALL r3, r4, [r3]
  LOAD_CONST r2, :right
  GET_PROP r5, r0, r2
  CALL r5, r4, [r5]
  ADD r1, r1, r3
  ADD r1, r1, r5
  RETURN r1
.end`,
  plain: () => {
    class Tree {
      readonly left: Tree | null;
      readonly right: Tree | null;
      constructor(left: Tree | null, right: Tree | null) {
        this.left = left;
        this.right = right;
      }
    }
    const make = (depth: number): Tree =>
      depth > 0 ? new Tree(make(depth - 1), make(depth - 1)) : new Tree(null, null);
    const count = (tree: Tree): number => (tree.left ? 1 + count(tree.left) + count(tree.right as Tree) : 1);
    return (size) => {
      const stays = make(size);
      let sum = 0;
      for (let depth = 4; depth <= size; depth += 2) {
        const trees = 1 << (size - depth + 4);
        for (let i = 0; i < trees; i++) sum += count(make(depth));
      }
      return sum + count(stays);
    };
  },
};
