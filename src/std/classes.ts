/** The classes that programs see. The comment above a function is its documentation: docs/std.md is made of them. */

/** Starts a loop of Internal: the registers of its arguments, that of its name. */
function started(loop: string, args: readonly string[], name: string, linked: boolean): string {
  return `
  LOAD_CONST r10, :"__stdlib:SpawnMonitor"
  LOAD_CONST r11, :"__function_ref:Internal:${loop}"
  LOAD_CONST r12, :"__vm:self"
  LOAD_CONST r13, ${linked}
  CALL r10, r10, [${["r11", ...args, "r12", "r13"].join(", ")}]
  MATCH r10, [((@r11, @r12), +1)]
  LOAD_CONST r10, :"__function_ref:Internal:begin"
  CALL r10, r10, [r11, r12, ${name}]
  RETURN r10
.end`;
}

export const SERVER = `
.class Server

;; start(callbacks, state, name): Starts a server without a link and gives its Process once it is ready.
.function start arity=3 regs=13
${started("server", ["r0", "r1"], "r2", false)}

;; startLink(callbacks, state, name): The same with a link: what supervisors need.
.function startLink arity=3 regs=13
${started("server", ["r0", "r1"], "r2", true)}

;; call(server, request, milliseconds): Sends a request to a Process or a name and gives the answer. Without a time it waits for
;; 5 seconds. Throws \`(:timeout, server)\`, \`(:noproc, server)\` where nobody has the name, \`(:down, server, reason)\` if the
;; process ends or has ended, and what it answers with \`fail\`. An answer that comes too late is dropped.
.function call arity=3 regs=14
  LOAD_CONST r3, undefined
  SAME r4, r2, r3
  JUMP_IF_FALSE r4, timed
  LOAD_CONST r2, 5000
timed:
  MOVE r5, r0
  LOAD_CONST r4, :"__stdlib:TypeOf"
  CALL r6, r4, [r0]
  LOAD_CONST r7, :Process
  EQUAL r6, r6, r7
  JUMP_IF_TRUE r6, found
  LOAD_CONST r4, :"__stdlib:WhereIs"
  CALL r5, r4, [r0]
  SAME r4, r5, r3
  JUMP_IF_TRUE r4, nobody
found:
  LOAD_CONST r4, :"__stdlib:Monitor"
  CALL r6, r4, [r5]
  LOAD_CONST r7, :call
  TUPLE_INIT r7, [r7, r6, r1]
  SEND r5, r7
  RECEIVE_MATCH r7, r2, [((:reply, ^r6, @r8), replied), ((:fail, ^r6, @r8), failed), ((:DOWN, ^r6, _, @r8), down)]
  LOAD_CONST r4, :"__stdlib:Demonitor"
  CALL r4, r4, [r6]
  LOAD_CONST r7, :timeout
  TUPLE_INIT r7, [r7, r0]
  THROW r7
replied:
  RETURN r8
failed:
  THROW r8
down:
  LOAD_CONST r7, :down
  TUPLE_INIT r7, [r7, r0, r8]
  THROW r7
nobody:
  LOAD_CONST r7, :noproc
  TUPLE_INIT r7, [r7, r0]
  THROW r7
.end

;; cast(server, request): Sends a request that has no answer to a Process or a name.
.function cast arity=2 regs=2
  LOAD_CONST r2, :cast
  TUPLE_INIT r2, [r2, r1]
  SEND r0, r2
  LOAD_CONST r2, ()
  RETURN r2
.end

;; reply(from, value): Answers a call whose \`call\` gave \`(:noreply, state)\`, from whatever process.
.function reply arity=2 regs=2
  LOAD_CONST r2, :reply
  TUPLE_INIT r2, [r2, r0, r1]
  SEND r0, r2
  LOAD_CONST r2, ()
  RETURN r2
.end

;; fail(from, reason): The same, but the call throws the reason.
.function fail arity=2 regs=2
  LOAD_CONST r2, :fail
  TUPLE_INIT r2, [r2, r0, r1]
  SEND r0, r2
  LOAD_CONST r2, ()
  RETURN r2
.end

;; stop(server, reason, milliseconds): Asks a process of this pack to end with this reason, and waits until it has; gives the reason
;; it had. Throws \`(:timeout, server)\` and \`(:noproc, server)\`; without a time it waits for ever.
.function stop arity=3 regs=14
  LOAD_CONST r3, undefined
  SAME r4, r2, r3
  JUMP_IF_FALSE r4, timed
  LOAD_CONST r2, Infinity
timed:
  MOVE r5, r0
  LOAD_CONST r4, :"__stdlib:TypeOf"
  CALL r6, r4, [r0]
  LOAD_CONST r7, :Process
  EQUAL r6, r6, r7
  JUMP_IF_TRUE r6, found
  LOAD_CONST r4, :"__stdlib:WhereIs"
  CALL r5, r4, [r0]
  SAME r4, r5, r3
  JUMP_IF_TRUE r4, nobody
found:
  LOAD_CONST r4, :"__stdlib:Monitor"
  CALL r6, r4, [r5]
  LOAD_CONST r7, :stop
  TUPLE_INIT r7, [r7, r6, r1]
  SEND r5, r7
  RECEIVE_MATCH r7, r2, [((:DOWN, ^r6, _, @r8), down)]
  LOAD_CONST r4, :"__stdlib:Demonitor"
  CALL r4, r4, [r6]
  LOAD_CONST r7, :timeout
  TUPLE_INIT r7, [r7, r0]
  THROW r7
down:
  RETURN r8
nobody:
  LOAD_CONST r7, :noproc
  TUPLE_INIT r7, [r7, r0]
  THROW r7
.end
`;

/** A function that calls the process with a request, with its second argument in it if there is one, and waits for ever. */
function request(name: string, arity: 1 | 2, what: string): string {
  return `
.function ${name} arity=${arity} regs=8
  LOAD_CONST r5, :${what}
  ${arity === 1 ? "" : "TUPLE_INIT r5, [r5, r1]"}
  LOAD_CONST r6, Infinity
  LOAD_CONST r4, :"__function_ref:Server:call"
  CALL r4, r4, [r0, r5, r6]
  RETURN r4
.end`;
}

export const SUPERVISOR = `
.class Supervisor

;; start(spec, name): Starts a supervisor and then its children, in order; gives its Process when all have started. Throws
;; \`(:start_failed, id, reason)\` if one cannot: then all have ended again.
.function start arity=2 regs=13
${started("supervisor", ["r0"], "r1", false)}

;; startLink(spec, name): The same with a link.
.function startLink arity=2 regs=13
${started("supervisor", ["r0"], "r1", true)}

;; children(supervisor): An Array of \`(id, process)\`, in the order of their start; the process of one that has ended and is not
;; started again is Undefined.
${request("children", 1, "children")}

;; startChild(supervisor, child): Starts one more child and gives its Process; throws what starting it threw.
${request("startChild", 2, "start")}

;; endChild(supervisor, id): Ends a child, which gets its time, and forgets it. Gives whether there was one.
${request("endChild", 2, "end")}

;; stop(supervisor, reason): Ends the children, the last first, and then the supervisor; waits until it has.
.function stop arity=2 regs=4
  LOAD_CONST r2, :"__function_ref:Server:stop"
  CALL r2, r2, [r0, r1]
  RETURN r2
.end
`;

export const POOL = `
.class Pool

;; start(handler, size, name): Starts so many workers, each of which applies the function to one job after the other, and gives the
;; Process that stands for them.
.function start arity=3 regs=13
${started("pool", ["r0", "r1"], "r2", false)}

;; startLink(handler, size, name): The same with a link.
.function startLink arity=3 regs=13
${started("pool", ["r0", "r1"], "r2", true)}

;; run(pool, job, milliseconds): Has a worker do a job and gives the result; jobs wait in order while all workers are busy. Throws
;; what \`Server:call\` throws, and \`(:worker, reason)\` if the worker ends instead; another one takes its place.
.function run arity=3 regs=4
  LOAD_CONST r3, :"__function_ref:Server:call"
  CALL r3, r3, [r0, r1, r2]
  RETURN r3
.end

;; stop(pool, reason): Ends the pool with its workers; waits until it has.
.function stop arity=2 regs=4
  LOAD_CONST r2, :"__function_ref:Server:stop"
  CALL r2, r2, [r0, r1]
  RETURN r2
.end
`;

export const BUS = `
.class Bus

;; start(name): Starts an event bus.
.function start arity=1 regs=13
${started("bus", [], "r0", false)}

;; startLink(name): The same with a link.
.function startLink arity=1 regs=13
${started("bus", [], "r0", true)}

;; subscribe(bus, topic): From now on the calling process gets \`(:event, topic, value)\` for each event of this topic; without a topic,
;; for every event.
.function subscribe arity=2 regs=8
  LOAD_CONST r3, :subscribe
  LOAD_CONST r4, :"__vm:self"
  TUPLE_INIT r3, [r3, r4, r1]
  LOAD_CONST r4, :"__function_ref:Server:call"
  LOAD_CONST r5, Infinity
  CALL r4, r4, [r0, r3, r5]
  RETURN r4
.end

;; unsubscribe(bus, topic): Undoes it; gives whether there was such a subscription. A process that ends need not.
.function unsubscribe arity=2 regs=8
  LOAD_CONST r3, :unsubscribe
  LOAD_CONST r4, :"__vm:self"
  TUPLE_INIT r3, [r3, r4, r1]
  LOAD_CONST r4, :"__function_ref:Server:call"
  LOAD_CONST r5, Infinity
  CALL r4, r4, [r0, r3, r5]
  RETURN r4
.end

;; publish(bus, topic, value): Sends an event to all who have subscribed to it; does not wait.
.function publish arity=3 regs=4
  LOAD_CONST r3, :publish
  TUPLE_INIT r3, [r3, r1, r2]
  SEND r0, r3
  LOAD_CONST r3, ()
  RETURN r3
.end

;; stop(bus, reason): Ends the bus; waits until it has.
.function stop arity=2 regs=4
  LOAD_CONST r2, :"__function_ref:Server:stop"
  CALL r2, r2, [r0, r1]
  RETURN r2
.end
`;
