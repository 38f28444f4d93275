/**
 * What the classes of the pack share and nobody else sees: how a process of the pack begins and ends, and the loops that
 * such processes run.
 *
 * A process of the pack first waits for `(:begin, from)`. Once it is ready it answers, and only then is linked: who starts it
 * gets something to talk to, or the reason why not, and is not taken along by what fails while it starts.
 */
export const INTERNAL = `
.class Internal

; begin(process, reference, name): waits until the process that the caller has just started is ready
.function begin arity=3 regs=8
  LOAD_CONST r3, undefined
  SAME r4, r2, r3
  JUMP_IF_TRUE r4, named
  TRY r5, failed
  LOAD_CONST r4, :"__stdlib:Register"
  CALL r4, r4, [r2, r0]
  END_TRY
named:
  LOAD_CONST r4, :begin
  TUPLE_INIT r4, [r4, r1]
  SEND r0, r4
  LOAD_CONST r6, Infinity
  RECEIVE_MATCH r4, r6, [((:reply, ^r1, _), ready), ((:DOWN, ^r1, _, @r5), failed)]
ready:
  RETURN r0
failed:
  LOAD_CONST r4, :"__stdlib:Demonitor"
  CALL r4, r4, [r1]
  LOAD_CONST r4, :"__stdlib:Exit"
  LOAD_CONST r6, :kill
  CALL r4, r4, [r0, r6]
  THROW r5
.end

; enter(starter): the first thing a process of the pack does; gives (from, reference)
.function enter arity=1 regs=6
  LOAD_CONST r1, :"__stdlib:Monitor"
  CALL r1, r1, [r0]
  LOAD_CONST r2, Infinity
  RECEIVE_MATCH r3, r2, [((:begin, @r4), begun), ((:DOWN, ^r1, _, @r5), alone)]
alone:
  LOAD_CONST r3, :"__function_ref:leave"
  CALL r3, r3, [r5]
begun:
  TUPLE_INIT r3, [r4, r1]
  RETURN r3
.end

; ready(entered, starter, linked): it is ready; gives its parent, or Undefined
.function ready arity=3 regs=8
  MATCH r0, [((@r3, @r4), +1)]
  LOAD_CONST r5, :reply
  LOAD_CONST r6, ()
  TUPLE_INIT r5, [r5, r3, r6]
  LOAD_CONST r6, undefined
  JUMP_IF_FALSE r2, free
  LINK r1
  MOVE r6, r1
free:
  LOAD_CONST r7, :"__stdlib:Demonitor"
  CALL r7, r7, [r4]
  SEND r3, r5
  RETURN r6
.end

; drop(process, reason): an exit signal to a linked process, of whose end the caller hears nothing
.function drop arity=2 regs=6
  LOAD_CONST r2, :"__stdlib:Unlink"
  CALL r2, r2, [r0]
  LOAD_CONST r2, :"__stdlib:Exit"
  CALL r2, r2, [r0, r1]
  LOAD_CONST r2, 0
  RECEIVE_MATCH r3, r2, [((:EXIT, ^r0, _), +1)]
  RETURN r3
.end

; leave(reason): ends the calling process with this reason
.function leave arity=1 regs=4
  LOAD_CONST r1, :"__stdlib:TrapExit"
  LOAD_CONST r2, false
  CALL r1, r1, [r2]
  LOAD_CONST r1, :"__stdlib:Exit"
  LOAD_CONST r2, :"__vm:self"
  CALL r1, r1, [r2, r0]
.end

; trap(): exit signals become messages
.function trap arity=0 regs=2
  LOAD_CONST r0, :"__stdlib:TrapExit"
  LOAD_CONST r1, true
  CALL r0, r0, [r1]
.end

; option(object, key, otherwise): a property, or what stands for a missing one
.function option arity=3 regs=3
  GET_PROP r3, r0, r1
  LOAD_CONST r4, undefined
  SAME r4, r3, r4
  JUMP_IF_TRUE r4, missing
  RETURN r3
missing:
  RETURN r2
.end

; server(callbacks, state, starter, linked)
.function server arity=4 regs=20
  LOAD_CONST r4, :"__function_ref:enter"
  CALL r16, r4, [r2]
  MOVE r14, r3
  LOAD_CONST r19, undefined
  LOAD_CONST r18, Infinity
  LOAD_CONST r3, :terminate
  GET_PROP r17, r0, r3
  SAME r3, r17, r19
  NOT r17, r3                           ; does it want to know of its end?
  JUMP_IF_FALSE r17, deaf
  LOAD_CONST r3, :"__function_ref:trap"
  CALL r3, r3, []
deaf:
  LOAD_CONST r3, :init
  GET_PROP r3, r0, r3
  SAME r3, r3, r19
  JUMP_IF_TRUE r3, begun
  CALL_METHOD r1, r0, "init", [r1]
begun:
  LOAD_CONST r3, :info
  GET_PROP r3, r0, r3
  SAME r3, r3, r19
  NOT r15, r3                           ; does it take other messages?
  LOAD_CONST r3, :"__function_ref:ready"
  CALL r2, r3, [r16, r2, r14]           ; from here on its parent
again:
  RECEIVE_MATCH r3, r18, [((:call, @r4, @r5), call), ((:cast, @r5), cast), ((:stop, _, @r8), leave), ((:EXIT, ^r2, @r8), leave), (_, info)]
call:
  CALL_METHOD r6, r0, "call", [r5, r4, r1]
  MATCH r6, [((:reply, @r7, @r1), answer), ((:noreply, @r1), again), ((:stop, @r8, @r7, @r1), lastAnswer), ((:stop, @r8, @r1), leave)]
  JUMP wrong
answer:
  LOAD_CONST r8, :reply
  TUPLE_INIT r7, [r8, r4, r7]
  SEND r4, r7
  JUMP again
lastAnswer:
  LOAD_CONST r9, :reply
  TUPLE_INIT r7, [r9, r4, r7]
  SEND r4, r7
  JUMP leave
cast:
  CALL_METHOD r6, r0, "cast", [r5, r1]
  JUMP went
info:
  JUMP_IF_FALSE r15, again
  CALL_METHOD r6, r0, "info", [r3, r1]
went:
  MATCH r6, [((:noreply, @r1), again), ((:stop, @r8, @r1), leave)]
wrong:
  LOAD_CONST r8, :bad_answer
  TUPLE_INIT r8, [r8, r6]
leave:
  JUMP_IF_FALSE r17, left
  CALL_METHOD r6, r0, "terminate", [r8, r1]
left:
  LOAD_CONST r6, :"__function_ref:leave"
  CALL r6, r6, [r8]
.end

; start(child): starts a child of a supervisor and remembers its process
.function start arity=1 regs=8
  LOAD_CONST r1, :argument
  GET_PROP r1, r0, r1
  CALL_METHOD r2, r0, "start", [r1]
  LOAD_CONST r3, :process
  LOAD_CONST r4, :"__stdlib:TypeOf"
  CALL r5, r4, [r2]
  LOAD_CONST r6, :Process
  EQUAL r5, r5, r6
  JUMP_IF_FALSE r5, wrong
  ; Also one that was started without a link belongs to its supervisor.
  LINK r2
  SET_PROP r0, r3, r2
  RETURN r2
wrong:
  LOAD_CONST r5, :bad_start
  TUPLE_INIT r5, [r5, r2]
  THROW r5
.end

; end(child): ends the process of a child, which gets its time, and waits until it has ended
.function end arity=1 regs=12
  LOAD_CONST r1, :process
  GET_PROP r2, r0, r1
  LOAD_CONST r3, undefined
  SAME r4, r2, r3
  JUMP_IF_TRUE r4, ended
  SET_PROP r0, r1, r3
  LOAD_CONST r4, :"__stdlib:Monitor"
  CALL r5, r4, [r2]
  LOAD_CONST r6, :"__function_ref:option"
  LOAD_CONST r7, :shutdown
  LOAD_CONST r8, 5000
  CALL r8, r6, [r0, r7, r8]
  LOAD_CONST r9, :kill
  EQUAL r4, r8, r9
  JUMP_IF_TRUE r4, kill
  LOAD_CONST r4, :"__function_ref:drop"
  CALL r4, r4, [r2, r7]
  RECEIVE_MATCH r4, r8, [((:DOWN, ^r5, _, _), gone)]
kill:
  LOAD_CONST r4, :"__function_ref:drop"
  CALL r4, r4, [r2, r9]
  LOAD_CONST r8, Infinity
  RECEIVE_MATCH r4, r8, [((:DOWN, ^r5, _, _), gone)]
gone:
  ; What it was before it was dropped may have been said already.
  LOAD_CONST r8, 0
  RECEIVE_MATCH r4, r8, [((:EXIT, ^r2, _), +1)]
ended:
.end

; endFrom(children, first): ends the children from this one on, the last first
.function endFrom arity=2 regs=6
  LOAD_CONST r2, :length
  GET_PROP r2, r0, r2
  LOAD_CONST r3, 1
  LOAD_CONST r4, :"__function_ref:end"
again:
  SUB r2, r2, r3
  LESS_THAN r5, r2, r1
  JUMP_IF_TRUE r5, done
  GET_PROP r5, r0, r2
  CALL r5, r4, [r5]
  JUMP again
done:
.end

; startFrom(children, first, index, again): starts the children from this one on; the index of one that fails is put into
; the Object index. Again: not those that are started only once.
.function startFrom arity=4 regs=12
  LOAD_CONST r4, 1
  LOAD_CONST r5, :length
  LOAD_CONST r6, :index
  LOAD_CONST r7, :"__function_ref:start"
next:
  GET_PROP r8, r0, r5
  LESS_THAN r8, r1, r8
  JUMP_IF_FALSE r8, done
  SET_PROP r2, r6, r1
  GET_PROP r9, r0, r1
  ADD r1, r1, r4
  JUMP_IF_FALSE r3, start
  LOAD_CONST r8, :restart
  GET_PROP r8, r9, r8
  MATCH r8, [(:temporary, next)]
start:
  CALL r8, r7, [r9]
  JUMP next
done:
.end

; without(array, index): a fresh Array of all items but that one
.function without arity=2 regs=8
  ARRAY_INIT r2, []
  LOAD_CONST r3, 0
  LOAD_CONST r4, 1
  LOAD_CONST r5, :length
  GET_PROP r5, r0, r5
  LOAD_CONST r6, :"__stdlib:ArrayPush"
again:
  LESS_THAN r7, r3, r5
  JUMP_IF_FALSE r7, done
  EQUAL r7, r3, r1
  JUMP_IF_TRUE r7, next
  GET_PROP r7, r0, r3
  CALL r7, r6, [r2, r7]
next:
  ADD r3, r3, r4
  JUMP again
done:
  RETURN r2
.end

; indexOf(children, key, value): the index of the first child with this property, or -1
.function indexOf arity=3 regs=8
  LOAD_CONST r3, 0
  LOAD_CONST r4, 1
  LOAD_CONST r5, :length
  GET_PROP r5, r0, r5
again:
  LESS_THAN r6, r3, r5
  JUMP_IF_FALSE r6, missing
  GET_PROP r6, r0, r3
  GET_PROP r6, r6, r1
  EQUAL r6, r6, r2
  JUMP_IF_TRUE r6, found
  ADD r3, r3, r4
  JUMP again
found:
  RETURN r3
missing:
  LOAD_CONST r3, -1
  RETURN r3
.end

; tooMany(spec, times): notes a restart; true if there were more than allowed. times is an Object with an Array list
.function tooMany arity=2 regs=16
  LOAD_CONST r2, :"__function_ref:option"
  LOAD_CONST r3, :intensity
  LOAD_CONST r4, 3
  CALL r3, r2, [r0, r3, r4]
  LOAD_CONST r4, :period
  LOAD_CONST r5, 5000
  CALL r4, r2, [r0, r4, r5]
  LOAD_CONST r5, :"__stdlib:MonotonicTime"
  CALL r5, r5, []
  SUB r4, r5, r4                        ; what was before is forgotten
  LOAD_CONST r6, :list
  GET_PROP r7, r1, r6
  ARRAY_INIT r8, [r5]
  LOAD_CONST r9, 0
  LOAD_CONST r10, 1
  LOAD_CONST r11, :length
  GET_PROP r12, r7, r11
  LOAD_CONST r13, :"__stdlib:ArrayPush"
again:
  LESS_THAN r14, r9, r12
  JUMP_IF_FALSE r14, done
  GET_PROP r15, r7, r9
  LESS_THAN r14, r15, r4
  JUMP_IF_TRUE r14, done                ; the newest come first
  CALL r15, r13, [r8, r15]
  ADD r9, r9, r10
  JUMP again
done:
  SET_PROP r1, r6, r8
  GET_PROP r12, r8, r11
  LESS_THAN r14, r3, r12
  RETURN r14
.end

; recover(spec, children, index, reason, times): starts again what has to; throws (:intensity, id, reason)
.function recover arity=5 regs=30
  LOAD_CONST r5, :strategy
  GET_PROP r6, r0, r5
  LOAD_CONST r20, :process
  LOAD_CONST r21, undefined
  GET_PROP r22, r1, r2
  SET_PROP r22, r20, r21
  LOAD_CONST r7, :index
  OBJECT_INIT r8, {index: r2}
  LOAD_CONST r9, 0
again:
  LOAD_CONST r10, :"__function_ref:tooMany"
  CALL r10, r10, [r0, r4]
  JUMP_IF_TRUE r10, given_up
  LOAD_CONST r11, :one_for_all
  EQUAL r11, r6, r11
  JUMP_IF_TRUE r11, all
  LOAD_CONST r11, :rest_for_one
  EQUAL r11, r6, r11
  JUMP_IF_TRUE r11, rest
  TRY r3, failed
  GET_PROP r12, r1, r2
  LOAD_CONST r13, :"__function_ref:start"
  CALL r13, r13, [r12]
  END_TRY
  RETURN r13
all:
  LOAD_CONST r2, 0
rest:
  LOAD_CONST r13, :"__function_ref:endFrom"
  CALL r13, r13, [r1, r2]
  TRY r3, failed
  LOAD_CONST r13, :"__function_ref:startFrom"
  LOAD_CONST r14, true
  CALL r13, r13, [r1, r2, r8, r14]
  END_TRY
  RETURN r13
failed:
  GET_PROP r2, r8, r7
  JUMP again
given_up:
  GET_PROP r12, r1, r2
  LOAD_CONST r13, :id
  GET_PROP r13, r12, r13
  LOAD_CONST r12, :intensity
  TUPLE_INIT r12, [r12, r13, r3]
  THROW r12
.end

; supervisor(spec, starter, linked)
.function supervisor arity=3 regs=30
  MOVE r24, r2
  LOAD_CONST r2, :"__function_ref:enter"
  CALL r29, r2, [r1]
  LOAD_CONST r2, :"__function_ref:trap"
  CALL r2, r2, []
  LOAD_CONST r28, Infinity
  LOAD_CONST r27, 0
  LOAD_CONST r26, undefined
  ARRAY_INIT r3, []
  OBJECT_INIT r4, {list: r3}            ; times of restarts
  LOAD_CONST r2, :children
  ARRAY_INIT r3, []
  LOAD_CONST r5, :"__function_ref:option"
  CALL r3, r5, [r0, r2, r3]             ; the children
  OBJECT_INIT r25, {index: r27}
  TRY r6, failed
  LOAD_CONST r5, :"__function_ref:startFrom"
  LOAD_CONST r2, false
  CALL r5, r5, [r3, r27, r25, r2]
  END_TRY
  LOAD_CONST r2, :"__function_ref:ready"
  CALL r1, r2, [r29, r1, r24]           ; from here on its parent
again:
  RECEIVE_MATCH r2, r28, [((:EXIT, ^r1, @r6), leave), ((:EXIT, @r7, @r6), ended), ((:stop, _, @r6), leave), ((:call, @r8, @r9), call), (_, again)]
failed:
  LOAD_CONST r5, :index
  GET_PROP r5, r25, r5
  GET_PROP r5, r3, r5
  LOAD_CONST r7, :id
  GET_PROP r7, r5, r7
  LOAD_CONST r5, :start_failed
  TUPLE_INIT r6, [r5, r7, r6]
  JUMP leave
ended:
  LOAD_CONST r5, :"__function_ref:indexOf"
  LOAD_CONST r10, :process
  CALL r11, r5, [r3, r10, r7]
  LESS_THAN r5, r11, r27
  JUMP_IF_TRUE r5, again                ; it is nobody's child any more
  GET_PROP r12, r3, r11
  SET_PROP r12, r10, r26
  LOAD_CONST r5, :"__function_ref:option"
  LOAD_CONST r13, :restart
  LOAD_CONST r14, :permanent
  CALL r13, r5, [r12, r13, r14]
  EQUAL r5, r13, r14
  JUMP_IF_TRUE r5, recover
  LOAD_CONST r14, :temporary
  EQUAL r5, r13, r14
  JUMP_IF_TRUE r5, forget
  MATCH r6, [(:normal, again), (:shutdown, again), ((:shutdown, _), again)]
recover:
  TRY r6, leave
  LOAD_CONST r5, :"__function_ref:recover"
  CALL r5, r5, [r0, r3, r11, r6, r4]
  END_TRY
  JUMP again
forget:
  LOAD_CONST r5, :"__function_ref:without"
  CALL r3, r5, [r3, r11]
  JUMP again
call:
  MATCH r9, [(:children, list), ((:start, @r12), add), ((:end, @r12), remove)]
  LOAD_CONST r10, :bad_request
  TUPLE_INIT r10, [r10, r9]
  JUMP refuse
list:
  ARRAY_INIT r10, []
  LOAD_CONST r11, 0
  LOAD_CONST r12, 1
  LOAD_CONST r13, :length
  GET_PROP r13, r3, r13
  LOAD_CONST r14, :id
  LOAD_CONST r15, :process
  LOAD_CONST r16, :"__stdlib:ArrayPush"
one:
  LESS_THAN r5, r11, r13
  JUMP_IF_FALSE r5, reply
  GET_PROP r5, r3, r11
  GET_PROP r17, r5, r14
  GET_PROP r18, r5, r15
  TUPLE_INIT r5, [r17, r18]
  CALL r5, r16, [r10, r5]
  ADD r11, r11, r12
  JUMP one
add:
  TRY r10, refuse
  LOAD_CONST r5, :"__function_ref:start"
  CALL r10, r5, [r12]
  END_TRY
  LOAD_CONST r5, :"__stdlib:ArrayPush"
  CALL r5, r5, [r3, r12]
  JUMP reply
remove:
  LOAD_CONST r5, :"__function_ref:indexOf"
  LOAD_CONST r10, :id
  CALL r11, r5, [r3, r10, r12]
  LOAD_CONST r10, false
  LESS_THAN r5, r11, r27
  JUMP_IF_TRUE r5, reply
  GET_PROP r12, r3, r11
  LOAD_CONST r5, :"__function_ref:end"
  CALL r5, r5, [r12]
  LOAD_CONST r5, :"__function_ref:without"
  CALL r3, r5, [r3, r11]
  LOAD_CONST r10, true
reply:
  LOAD_CONST r5, :reply
  TUPLE_INIT r5, [r5, r8, r10]
  SEND r8, r5
  JUMP again
refuse:
  LOAD_CONST r5, :fail
  TUPLE_INIT r5, [r5, r8, r10]
  SEND r8, r5
  JUMP again
leave:
  LOAD_CONST r5, :"__function_ref:endFrom"
  CALL r5, r5, [r3, r27]
  LOAD_CONST r5, :"__function_ref:leave"
  CALL r5, r5, [r6]
.end

; worker(handler, pool, slot): of a pool; a job is answered first and then told to the pool
.function worker arity=3 regs=12
  LOAD_CONST r3, :reply
  LOAD_CONST r4, :idle
  TUPLE_INIT r4, [r4, r2]
again:
  RECEIVE r5
  MATCH r5, [((:job, @r6, @r7), job)]
  JUMP again
job:
  CALL r8, r0, [r7]
  TUPLE_INIT r8, [r3, r6, r8]
  SEND r6, r8
  SEND r1, r4
  JUMP again
.end

; pool(handler, size, starter, linked): workers by slot, and who waits for what they do; idle slots and jobs that wait are lists
; of pairs, jobs in two, the second one backwards.
.function pool arity=4 regs=30
  MOVE r20, r3
  LOAD_CONST r3, :"__function_ref:enter"
  CALL r29, r3, [r2]
  LOAD_CONST r3, :"__function_ref:trap"
  CALL r3, r3, []
  LOAD_CONST r28, Infinity
  LOAD_CONST r27, undefined
  LOAD_CONST r26, :job
  LOAD_CONST r25, :"__stdlib:SpawnLink"
  LOAD_CONST r24, :"__function_ref:worker"
  LOAD_CONST r23, :"__vm:self"
  LOAD_CONST r22, ()
  LOAD_CONST r21, 1
  ARRAY_INIT r3, []                     ; workers
  ARRAY_INIT r4, []                     ; who waits for them
  MOVE r5, r22                          ; idle slots
  MOVE r6, r22                          ; jobs, the first first
  MOVE r7, r22                          ; jobs, the last first
  LOAD_CONST r8, 0
fill:
  LESS_THAN r9, r8, r1
  JUMP_IF_FALSE r9, ready
  CALL r9, r25, [r24, r0, r23, r8]
  SET_PROP r3, r8, r9
  SET_PROP r4, r8, r27
  TUPLE_INIT r5, [r8, r5]
  ADD r8, r8, r21
  JUMP fill
ready:
  LOAD_CONST r9, :"__function_ref:ready"
  CALL r2, r9, [r29, r2, r20]           ; from here on its parent
again:
  RECEIVE_MATCH r8, r28, [((:call, @r9, @r10), call), ((:idle, @r11), idle), ((:EXIT, ^r2, @r12), leave), ((:EXIT, @r13, @r12), ended), ((:stop, _, @r12), leave), (_, again)]
call:
  MATCH r5, [((@r11, @r5), give)]
  TUPLE_INIT r8, [r9, r10]
  TUPLE_INIT r7, [r8, r7]
  JUMP again
give:
  GET_PROP r13, r3, r11
  SET_PROP r4, r11, r9
  TUPLE_INIT r8, [r26, r9, r10]
  SEND r13, r8
  JUMP again
idle:
  SET_PROP r4, r11, r27
next:
  MATCH r6, [(((@r9, @r10), @r6), give)]
  ; All jobs that came meanwhile, turned round.
turn:
  MATCH r7, [((@r8, @r7), turned)]
  MATCH r6, [((_, _), next)]
  TUPLE_INIT r5, [r11, r5]
  JUMP again
turned:
  TUPLE_INIT r6, [r8, r6]
  JUMP turn
ended:
  LOAD_CONST r11, 0
find:
  LESS_THAN r8, r11, r1
  JUMP_IF_FALSE r8, again
  GET_PROP r8, r3, r11
  SAME r8, r8, r13
  JUMP_IF_TRUE r8, replace
  ADD r11, r11, r21
  JUMP find
replace:
  CALL r8, r25, [r24, r0, r23, r11]
  SET_PROP r3, r11, r8
  GET_PROP r9, r4, r11
  SAME r8, r9, r27
  JUMP_IF_TRUE r8, again                ; it was idle, and so is the new one
  LOAD_CONST r10, :worker
  TUPLE_INIT r10, [r10, r12]
  LOAD_CONST r8, :fail
  TUPLE_INIT r8, [r8, r9, r10]
  SEND r9, r8
  JUMP idle
leave:
  LOAD_CONST r8, :"__function_ref:leave"
  CALL r8, r8, [r12]
.end

; bus(starter, linked): subscribers as (process, topic, reference) in an Array
.function bus arity=2 regs=24
  LOAD_CONST r2, :"__function_ref:enter"
  CALL r2, r2, [r0]
  LOAD_CONST r20, Infinity
  LOAD_CONST r21, undefined
  LOAD_CONST r22, 1
  ARRAY_INIT r3, []
  LOAD_CONST r4, :"__function_ref:ready"
  CALL r1, r4, [r2, r0, r1]
again:
  RECEIVE_MATCH r1, r20, [((:publish, @r4, @r5), publish), ((:call, @r6, (:subscribe, @r7, @r8)), subscribe), ((:call, @r6, (:unsubscribe, @r7, @r8)), unsubscribe), ((:DOWN, @r9, _, _), down), ((:stop, _, @r10), leave), (_, again)]
publish:
  LOAD_CONST r11, :event
  TUPLE_INIT r11, [r11, r4, r5]
  LOAD_CONST r12, 0
  LOAD_CONST r13, :length
  GET_PROP r13, r3, r13
each:
  LESS_THAN r14, r12, r13
  JUMP_IF_FALSE r14, again
  GET_PROP r14, r3, r12
  ADD r12, r12, r22
  MATCH r14, [((@r15, undefined, _), tell), ((@r15, ^r4, _), tell)]
  JUMP each
tell:
  SEND r15, r11
  JUMP each
subscribe:
  LOAD_CONST r11, :"__stdlib:Monitor"
  CALL r11, r11, [r7]
  TUPLE_INIT r11, [r7, r8, r11]
  LOAD_CONST r12, :"__stdlib:ArrayPush"
  CALL r12, r12, [r3, r11]
  LOAD_CONST r11, ()
reply:
  LOAD_CONST r12, :reply
  TUPLE_INIT r12, [r12, r6, r11]
  SEND r6, r12
  JUMP again
unsubscribe:
  LOAD_CONST r11, false
  LOAD_CONST r12, 0
look:
  LOAD_CONST r13, :length
  GET_PROP r13, r3, r13
  LESS_THAN r14, r12, r13
  JUMP_IF_FALSE r14, reply
  GET_PROP r14, r3, r12
  MATCH r14, [((^r7, ^r8, @r15), remove)]
  ADD r12, r12, r22
  JUMP look
remove:
  LOAD_CONST r14, :"__stdlib:Demonitor"
  CALL r14, r14, [r15]
  LOAD_CONST r14, :"__function_ref:without"
  CALL r3, r14, [r3, r12]
  LOAD_CONST r11, true
  JUMP look
down:
  LOAD_CONST r12, 0
seek:
  LOAD_CONST r13, :length
  GET_PROP r13, r3, r13
  LESS_THAN r14, r12, r13
  JUMP_IF_FALSE r14, again
  GET_PROP r14, r3, r12
  MATCH r14, [((_, _, ^r9), gone)]
  ADD r12, r12, r22
  JUMP seek
gone:
  LOAD_CONST r14, :"__function_ref:without"
  CALL r3, r14, [r3, r12]
  JUMP again
leave:
  LOAD_CONST r11, :"__function_ref:leave"
  CALL r11, r11, [r10]
.end
`;
