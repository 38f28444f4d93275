/** Processes that wait: `main` takes how many, and how many messages each one answers before. */
export const IDLE = `
.function main arity=2 regs=10
  LOAD_CONST r2, :"__function_ref:server"
  LOAD_CONST r3, 0
  LOAD_CONST r4, 1
  LOAD_CONST r5, :self
again:
  SPAWN r6, r2, [r5]
  LOAD_CONST r7, 0
ask:
  LESS_THAN r8, r7, r1
  JUMP_IF_FALSE r8, next
  SEND r6, r7
  RECEIVE r9
  ADD r7, r7, r4
  JUMP ask
next:
  ADD r3, r3, r4
  LESS_THAN r8, r3, r0
  JUMP_IF_TRUE r8, again
  RETURN r3
.end
; server(client): answers with the sum of what came so far, squares added
.function server arity=1 regs=5
  LOAD_CONST r1, 0
  LOAD_CONST r4, 1000003
again:
  RECEIVE r2
  MUL r3, r2, r2
  ADD r1, r1, r3
  MOD r1, r1, r4
  SEND r0, r1
  JUMP again
.end`;
