/**
 * A tree of supervisors with workers, clients that ask them, and a killer.
 *
 * `main(supervisors, workers, clients, requests, rounds, kills)`: the workers are those of each supervisor, the requests those of each client; in each round the killer ends so many
 * random workers of one random supervisor. Gives `(answered, failed, odd, killed, alive)`: odd are answers to something else
 * and messages that are left over.
 */
export const TREE = `
.class Tree
.manifest "Dependencies" "std"

.function main arity=6 regs=30
  LOAD_CONST r6, 0
  LOAD_CONST r7, 1
  ARRAY_INIT r8, []
  LOAD_CONST r9, :"__stdlib:ArrayPush"
  LOAD_CONST r10, function:branch
families:
  OBJECT_INIT r11, {id: r6, start: r10, argument: r1}
  CALL r12, r9, [r8, r11]
  ADD r6, r6, r7
  LESS_THAN r12, r6, r0
  JUMP_IF_TRUE r12, families
  LOAD_CONST r11, :one_for_one
  OBJECT_INIT r11, {strategy: r11, children: r8}
  LOAD_CONST r12, :"__function_ref:std!Supervisor:start"
  CALL r13, r12, [r11]
  LOAD_CONST r12, :"__function_ref:std!Supervisor:children"
  CALL r14, r12, [r13]
  LOAD_CONST r15, function:killer
  LOAD_CONST r16, :"__vm:self"
  SPAWN r15, r15, [r14, r4, r5, r16]
  LOAD_CONST r6, 0
  LOAD_CONST r15, function:client
clients:
  MOD r17, r6, r0
  GET_PROP r17, r14, r17
  MATCH r17, [((_, @r17), +1)]
  SPAWN r18, r15, [r17, r6, r3, r16]
  ADD r6, r6, r7
  LESS_THAN r18, r6, r2
  JUMP_IF_TRUE r18, clients
  LOAD_CONST r18, 0
  LOAD_CONST r19, 0
  LOAD_CONST r20, 0
  LOAD_CONST r6, 0
  LOAD_CONST r21, Infinity
results:
  RECEIVE_MATCH r22, r21, [((:client, @r23, @r24, @r25), +1)]
  ADD r18, r18, r23
  ADD r19, r19, r24
  ADD r20, r20, r25
  ADD r6, r6, r7
  LESS_THAN r22, r6, r2
  JUMP_IF_TRUE r22, results
  RECEIVE_MATCH r22, r21, [((:killer, @r26), +1)]
  ; The same supervisors, each with all its workers.
  LOAD_CONST r12, :"__function_ref:std!Supervisor:children"
  CALL r22, r12, [r13]
  EQUAL r27, r22, r14
  LOAD_CONST r28, 0
  LOAD_CONST r6, 0
  LOAD_CONST r10, :length
alive:
  GET_PROP r23, r14, r6
  MATCH r23, [((_, @r23), +1)]
  CALL r23, r12, [r23]
  GET_PROP r24, r23, r10
  ADD r28, r28, r24
  ADD r6, r6, r7
  LESS_THAN r23, r6, r0
  JUMP_IF_TRUE r23, alive
  LOAD_CONST r23, :"__function_ref:std!Supervisor:stop"
  LOAD_CONST r24, :done
  CALL r23, r23, [r13, r24]
  TUPLE_INIT r0, [r18, r19, r20, r26, r28, r27, r23]
  RETURN r0
.end

; branch(workers): a supervisor of so many
.function branch arity=1 regs=12
  LOAD_CONST r1, 0
  LOAD_CONST r2, 1
  ARRAY_INIT r3, []
  LOAD_CONST r4, :"__stdlib:ArrayPush"
  LOAD_CONST r5, function:worker
again:
  OBJECT_INIT r6, {id: r1, start: r5}
  CALL r7, r4, [r3, r6]
  ADD r1, r1, r2
  LESS_THAN r7, r1, r0
  JUMP_IF_TRUE r7, again
  LOAD_CONST r6, :one_for_one
  LOAD_CONST r7, Infinity
  OBJECT_INIT r6, {strategy: r6, children: r3, intensity: r7}
  LOAD_CONST r7, :"__function_ref:std!Supervisor:startLink"
  CALL r7, r7, [r6]
  RETURN r7
.end

.function worker arity=1 regs=4
  LOAD_CONST r1, function:answer
  OBJECT_INIT r1, {call: r1}
  LOAD_CONST r2, 0
  LOAD_CONST r3, :"__function_ref:std!Server:startLink"
  CALL r3, r3, [r1, r2]
  RETURN r3
.end
.function answer arity=3 regs=4
  LOAD_CONST r3, 1
  ADD r2, r2, r3
  LOAD_CONST r3, :reply
  TUPLE_INIT r3, [r3, r0, r2]
  RETURN r3
.end

; killer(supervisors, rounds, kills, main)
.function killer arity=4 regs=30
  LOAD_CONST r4, 12345
  LOAD_CONST r5, 1
  LOAD_CONST r6, :length
  LOAD_CONST r7, function:random
  LOAD_CONST r8, :"__function_ref:std!Supervisor:children"
  LOAD_CONST r9, :"__stdlib:IsAlive"
  LOAD_CONST r10, :"__stdlib:Exit"
  LOAD_CONST r11, :kill
  LOAD_CONST r12, 0
  LOAD_CONST r13, 0
  LOAD_CONST r22, undefined
round:
  GET_PROP r14, r0, r6
  CALL r15, r7, [r4, r14]
  MATCH r15, [((@r4, @r15), +1)]
  GET_PROP r14, r0, r15
  MATCH r14, [((_, @r14), +1)]
  CALL r14, r8, [r14]
  LOAD_CONST r16, 0
kill:
  GET_PROP r17, r14, r6
  CALL r15, r7, [r4, r17]
  MATCH r15, [((@r4, @r15), +1)]
  GET_PROP r17, r14, r15
  MATCH r17, [((_, @r17), +1)]
  SAME r18, r17, r22
  JUMP_IF_TRUE r18, round               ; it has just ended
  CALL r18, r9, [r17]
  JUMP_IF_FALSE r18, kill
  CALL r18, r10, [r17, r11]
  ADD r13, r13, r5
  ADD r16, r16, r5
  LESS_THAN r18, r16, r2
  JUMP_IF_TRUE r18, kill
  ADD r12, r12, r5
  LESS_THAN r18, r12, r1
  JUMP_IF_TRUE r18, round
  LOAD_CONST r18, :killer
  TUPLE_INIT r18, [r18, r13]
  SEND r3, r18
.end

; random(seed, below) → (seed, number)
.function random arity=2 regs=6
  LOAD_CONST r2, 1103515245
  MUL r0, r0, r2
  LOAD_CONST r2, 12345
  ADD r0, r0, r2
  LOAD_CONST r2, 2147483648
  MOD r0, r0, r2
  LOAD_CONST r2, 65536
  DIV r3, r0, r2
  LOAD_CONST r2, :"__stdlib:Floor"
  CALL r3, r2, [r3]
  MOD r3, r3, r1
  TUPLE_INIT r2, [r0, r3]
  RETURN r2
.end

; client(supervisor, number, requests, main)
.function client arity=4 regs=30
  LOAD_CONST r4, 0
  LOAD_CONST r5, 1
  LOAD_CONST r6, 0
  LOAD_CONST r7, 0
  LOAD_CONST r8, 0
  LOAD_CONST r9, :"__function_ref:std!Supervisor:children"
  LOAD_CONST r10, :"__function_ref:std!Server:call"
  LOAD_CONST r11, :length
  LOAD_CONST r12, Infinity
  LOAD_CONST r19, undefined
  CALL r13, r9, [r0]
again:
  GET_PROP r14, r13, r11
  ADD r15, r4, r1
  MOD r15, r15, r14
  GET_PROP r15, r13, r15
  MATCH r15, [((_, @r15), +1)]
  SAME r16, r15, r19
  JUMP_IF_TRUE r16, refresh
  TUPLE_INIT r16, [r1, r4]
  TRY r17, failed
  CALL r18, r10, [r15, r16, r12]
  END_TRY
  MATCH r18, [((^r1, ^r4), answered)]
  ADD r8, r8, r5
  JUMP next
answered:
  ADD r6, r6, r5
  JUMP next
failed:
  ADD r7, r7, r5
  CALL r13, r9, [r0]
next:
  ADD r4, r4, r5
  LESS_THAN r14, r4, r2
  JUMP_IF_TRUE r14, again
  LOAD_CONST r14, 0
left:
  RECEIVE_MATCH r15, r14, [(_, over)]
  LOAD_CONST r14, :client
  TUPLE_INIT r14, [r14, r6, r7, r8]
  SEND r3, r14
  RETURN r14
over:
  ADD r8, r8, r5
  JUMP left
refresh:
  CALL r13, r9, [r0]
  JUMP again
.end
`;
