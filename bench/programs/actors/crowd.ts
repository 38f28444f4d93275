/** Many processes that compute at once, and one that does all their work alone: `main` and `alone` take how many, and the size. */
export const CROWD = `
.function main arity=2 regs=9
  LOAD_CONST r2, :"__function_ref:worker"
  LOAD_CONST r3, :self
  LOAD_CONST r4, 0
  LOAD_CONST r5, 1
start:
  SPAWN r6, r2, [r3, r1]
  ADD r4, r4, r5
  LESS_THAN r7, r4, r0
  JUMP_IF_TRUE r7, start
  LOAD_CONST r4, 0
  LOAD_CONST r8, 0
collect:
  RECEIVE r6
  ADD r8, r8, r6
  ADD r4, r4, r5
  LESS_THAN r7, r4, r0
  JUMP_IF_TRUE r7, collect
  RETURN r8
.end
.function worker arity=2 regs=2
  LOAD_CONST r2, :"__function_ref:work"
  CALL r2, r2, [r1]
  SEND r0, r2
  RETURN r2
.end
.function alone arity=2 regs=7
  LOAD_CONST r2, :"__function_ref:work"
  LOAD_CONST r3, 0
  LOAD_CONST r4, 0
  LOAD_CONST r5, 1
again:
  CALL r6, r2, [r1]
  ADD r3, r3, r6
  ADD r4, r4, r5
  LESS_THAN r7, r4, r0
  JUMP_IF_TRUE r7, again
  RETURN r3
.end
; work(size): calls and a loop
.function work arity=1 regs=6
  LOAD_CONST r1, :"__function_ref:fib"
  CALL r1, r1, [r0]
  LOAD_CONST r2, 1000
  MUL r2, r2, r0
  LOAD_CONST r3, 0
  LOAD_CONST r4, 1
  LOAD_CONST r5, 7
again:
  MOD r6, r3, r5
  ADD r1, r1, r6
  ADD r3, r3, r4
  LESS_THAN r6, r3, r2
  JUMP_IF_TRUE r6, again
  RETURN r1
.end
.function fib arity=1 regs=4
  LOAD_CONST r1, 2
  LESS_THAN r2, r0, r1
  JUMP_IF_FALSE r2, recurse
  RETURN r0
recurse:
  LOAD_CONST r1, :"__function_ref:fib"
  LOAD_CONST r2, 1
  SUB r3, r0, r2
  CALL r3, r1, [r3]
  LOAD_CONST r2, 2
  SUB r4, r0, r2
  CALL r4, r1, [r4]
  ADD r3, r3, r4
  RETURN r3
.end`;
