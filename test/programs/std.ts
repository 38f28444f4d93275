/** The pack `std`: servers, supervisors, pools, buses. */
import type { Row } from "../support/run.ts";

const NEEDS = '\n.manifest "Dependencies" "std"\n';

function set(d: number, literal: string): string {
  return `LOAD_CONST r${d}, ${literal}\n`;
}
function lib(d: number, name: string, ...args: number[]): string {
  return `${set(36, `:"__stdlib:${name}"`)}CALL r${d}, r36, [${args.map((arg) => `r${arg}`).join(", ")}]\n`;
}
function std(d: number, name: string, ...args: number[]): string {
  return `${set(36, `:"__function_ref:std!${name}"`)}CALL r${d}, r36, [${args.map((arg) => `r${arg}`).join(", ")}]\n`;
}
function own(d: number, name: string, ...args: number[]): string {
  return `${set(36, `function:${name}`)}CALL r${d}, r36, [${args.map((arg) => `r${arg}`).join(", ")}]\n`;
}
const give = (...registers: number[]): string =>
  `TUPLE_INIT r0, [${registers.map((r) => `r${r}`).join(", ")}]\nRETURN r0\n`;
const failure = (d: number, call: string, label: string): string => `TRY r${d}, ${label}\n${call}END_TRY\n${label}:\n`;
const TRAP = set(35, "true") + lib(35, "TrapExit", 35);
/** The next message, or Undefined after 20 ms. */
const next = (d: number): string => `${set(37, "20")}RECEIVE_WITH_TIMEOUT r${d}, r37, r37\n`;

/** A server that counts: `:get`, `(:add, n)`, `:later`, `:crash`, `:stop`, `:silent`; casts add; other messages are counted double. */
const COUNTER = `
.function counter arity=0 regs=8
LOAD_CONST r0, function:counterCall
LOAD_CONST r1, function:counterCast
LOAD_CONST r2, function:counterInfo
LOAD_CONST r3, function:counterEnd
OBJECT_INIT r4, {call: r0, cast: r1, info: r2, terminate: r3}
RETURN r4
.end
.function counterCall arity=3 regs=8
MATCH r0, [(:get, get), ((:add, @r3), add), (:later, later), (:crash, crash), (:stop, stop), (:silent, silent), (:fail, fail)]
LOAD_CONST r3, :odd
RETURN r3
get:
LOAD_CONST r3, :reply
TUPLE_INIT r3, [r3, r2, r2]
RETURN r3
add:
ADD r4, r2, r3
LOAD_CONST r3, :reply
TUPLE_INIT r3, [r3, r2, r4]
RETURN r3
later:
LOAD_CONST r3, function:answer
SPAWN r3, r3, [r1, r2]
silent:
LOAD_CONST r3, :noreply
TUPLE_INIT r3, [r3, r2]
RETURN r3
fail:
LOAD_CONST r3, :"__function_ref:std!Server:fail"
LOAD_CONST r4, :refused
CALL r3, r3, [r1, r4]
JUMP silent
crash:
LOAD_CONST r3, :crashed
THROW r3
stop:
LOAD_CONST r3, :stop
LOAD_CONST r4, :asked
LOAD_CONST r5, :bye
TUPLE_INIT r3, [r3, r4, r5, r2]
RETURN r3
.end
.function answer arity=2 regs=4
LOAD_CONST r2, :"__function_ref:std!Server:reply"
CALL r2, r2, [r0, r1]
CALL r2, r2, [r0, r1]
.end
.function counterCast arity=2 regs=3
ADD r2, r0, r1
LOAD_CONST r3, :noreply
TUPLE_INIT r2, [r3, r2]
RETURN r2
.end
.function counterInfo arity=2 regs=3
ADD r2, r0, r1
ADD r2, r2, r0
LOAD_CONST r3, :noreply
TUPLE_INIT r2, [r3, r2]
RETURN r2
.end
.function counterEnd arity=2 regs=4
LOAD_CONST r2, :"__stdlib:PrintLn"
CALL r2, r2, [r0, r1]
.end
${NEEDS}`;

const START = `${own(1, "counter")}${set(2, "10")}${std(1, "Server:start", 1, 2)}`;
const stopped = std(30, "Server:stop", 1, 2);

/** Children that tell main, registered as `boss`, their name when they start, and end as they are told. */
const FAMILY = `
.function boss arity=0 regs=3
LOAD_CONST r0, :"__stdlib:Register"
LOAD_CONST r1, :boss
LOAD_CONST r2, :"__vm:self"
CALL r0, r0, [r1, r2]
.end
.function child arity=1 regs=4
LOAD_CONST r1, :"__stdlib:SpawnLink"
LOAD_CONST r2, function:live
CALL r1, r1, [r2, r0]
LOAD_CONST r3, :boss
TUPLE_INIT r0, [r0, r1]
SEND r3, r0
RETURN r1
.end
.function live arity=1 regs=4
RECEIVE r1
MATCH r1, [(:normal, normal)]
THROW r1
normal:
RETURN r1
.end
.function bad arity=1 regs=1
THROW r0
.end
.function none arity=1 regs=1
RETURN r0
.end
; spec(strategy, names)
.function spec arity=2 regs=14
LOAD_CONST r2, function:child
LOAD_CONST r3, 0
LOAD_CONST r4, 1
LOAD_CONST r5, :length
ARRAY_INIT r6, []
LOAD_CONST r7, :"__stdlib:ArrayPush"
again:
GET_PROP r8, r1, r5
LESS_THAN r8, r3, r8
JUMP_IF_FALSE r8, done
GET_PROP r9, r1, r3
OBJECT_INIT r10, {id: r9, start: r2, argument: r9}
CALL r11, r7, [r6, r10]
ADD r3, r3, r4
JUMP again
done:
OBJECT_INIT r8, {strategy: r0, children: r6}
RETURN r8
.end
; next(): the name of the child that has told last, or its process with its name
.function told arity=0 regs=4
LOAD_CONST r0, 50
RECEIVE_MATCH r1, r0, [((@r2, @r3), +1)]
RETURN r1
.end
${NEEDS}`;

/** main is `boss` and has a supervisor in r1 with these children; r11, r12, … are what they told at their start. */
function family(strategy: string, names: readonly string[], start = "start"): string {
  const told = names.map((_, i) => own(11 + i, "told")).join("");
  return `${own(1, "boss")}${set(1, `:${strategy}`)}${set(2, `[${names.map((name) => `:${name}`).join(", ")}]`)}${own(1, "spec", 1, 2)}${std(1, `Supervisor:${start}`, 1)}${told}`;
}
/** Ends the child whose start told what is in this register. */
function tell(register: number, message: string): string {
  return `MATCH r${register}, [((_, @r20), +1)]\n${set(21, message)}SEND r20, r21\n`;
}
/** The names in registers of tellings. */
function names(...registers: number[]): string {
  return registers.map((r) => `MATCH r${r}, [((@r${r}, _), +1)]\n`).join("");
}

/** A pool whose workers multiply by two; \`(:sleep, ms)\` takes time, \`:crash\` fails. */
const WORKERS = `
.function work arity=1 regs=4
MATCH r0, [(:crash, crash), ((:sleep, @r1), sleep)]
ADD r0, r0, r0
RETURN r0
sleep:
LOAD_CONST r2, :"__stdlib:Sleep"
CALL r2, r2, [r1]
RETURN r1
crash:
THROW r0
.end
; asks in a process of its own and tells main what came of it
.function ask arity=3 regs=6
TRY r3, failed
LOAD_CONST r4, :"__function_ref:std!Pool:run"
CALL r3, r4, [r0, r1]
END_TRY
failed:
TUPLE_INIT r3, [r1, r3]
SEND r2, r3
.end
${NEEDS}`;

export const ROWS: readonly Row[] = [
  // ---- Server
  {
    name: "a server answers, adds up, and takes other messages",
    source: `${START}${set(3, "(:add, 5)")}${std(4, "Server:call", 1, 3)}${set(3, "7")}${std(5, "Server:cast", 1, 3)}${set(3, "100")}SEND r1, r3
      ${set(3, ":get")}${std(6, "Server:call", 1, 3)}${give(4, 5, 6)}${COUNTER}`,
    expect: { result: "(10, (), 222)" },
  },
  {
    name: "a call that is answered later, by another process, once",
    source: `${START}${set(3, ":later")}${std(4, "Server:call", 1, 3)}${next(5)}${give(4, 5)}${COUNTER}`,
    expect: { result: "(10, undefined)" },
  },
  {
    name: "a call that is refused",
    source: `${START}${set(3, ":fail")}${failure(4, std(5, "Server:call", 1, 3), "refused")}${give(4)}${COUNTER}`,
    expect: { result: "(:refused,)" },
  },
  {
    name: "a call that is not answered in time; a late answer goes nowhere",
    source: `${START}${set(3, ":silent")}${set(6, "10")}${failure(4, std(5, "Server:call", 1, 3, 6), "late")}${set(3, "(:add, 1)")}
      ${std(5, "Server:call", 1, 3)}${next(6)}${give(4, 5, 6)}${COUNTER}`,
    expect: { result: "((:timeout, [Process 2]), 10, undefined)" },
  },
  {
    name: "a server that fails: its callers know, and it says why",
    source: `${START}${set(3, ":crash")}${failure(4, std(5, "Server:call", 1, 3), "failed")}${failure(5, std(6, "Server:call", 1, 3), "gone")}${give(4, 5)}${COUNTER}`,
    expect: {
      result: "((:down, [Process 2], (:throw, :crashed)), (:down, [Process 2], (:throw, :crashed)))",
      crashes: ["2: (:throw, :crashed)"],
    },
  },
  {
    name: "a server that ends itself answers and is told",
    source: `${START}${lib(7, "Monitor", 1)}${set(3, ":stop")}${std(4, "Server:call", 1, 3)}RECEIVE r5\n${give(4, 5)}${COUNTER}`,
    expect: { result: "(:bye, (:DOWN, [Reference 3], [Process 2], :asked))", stdout: "asked, 10\n" },
    racy: true,
  },
  {
    name: "a server that is stopped",
    source: `${START}${set(2, ":enough")}${stopped}${give(30)}${COUNTER}`,
    expect: { result: "(:enough,)", stdout: "enough, 10\n" },
  },
  {
    name: "an answer of a wrong form ends the server with it",
    source: `${START}${set(3, ":what")}${failure(4, std(5, "Server:call", 1, 3), "wrong")}${give(4)}${COUNTER}`,
    expect: {
      result: "((:down, [Process 2], (:bad_answer, :odd)),)",
      stdout: "bad_answer, odd, 10\n".replace("bad_answer, odd", "(bad_answer, odd)"),
    },
  },
  {
    name: "a server with a name",
    source: `${own(1, "counter")}${set(2, "10")}${set(3, ":counter")}${std(1, "Server:start", 1, 2, 3)}${set(4, ":get")}${std(5, "Server:call", 3, 4)}
      ${own(6, "counter")}${failure(7, std(6, "Server:start", 6, 2, 3), "taken")}${set(3, ":nobody")}${failure(8, std(6, "Server:call", 3, 4), "nobody")}
      ${set(9, ':"__vm:processes"')}${give(5, 7, 8, 9)}${COUNTER}`,
    expect: {
      result:
        '(10, (:ffi, "Register", "Runtime error: The name counter is taken by [Process 2]"), (:noproc, :nobody), 2)',
    },
  },
  {
    name: "a linked server ends with its parent and says so",
    source: `${set(1, "function:parent")}SPAWN r1, r1, []\nJOIN r1, r2\n${set(3, "20")}${lib(3, "Sleep", 3)}${set(4, ':"__vm:processes"')}${give(4)}
      .function parent arity=0 regs=40\n${own(1, "counter")}${set(2, "10")}${std(1, "Server:startLink", 1, 2)}${set(3, ":why")}THROW r3\n.end${COUNTER}`,
    expect: { result: "(1,)", stdout: "(throw, why), 10\n" },
  },
  {
    name: "a server that cannot begin: who starts it hears why, and lives",
    source: `${set(1, "function:bad")}OBJECT_INIT r1, {init: r1}\n${set(2, ":state")}${failure(3, std(4, "Server:startLink", 1, 2), "failed")}${next(5)}${give(3, 5)}
      .function bad arity=1 regs=0\nTHROW r0\n.end${NEEDS}`,
    expect: { result: "((:throw, :state), undefined)" },
  },

  // ---- Supervisor
  {
    name: "children start in order, and all are known",
    source: `${family("one_for_one", ["a", "b", "c"])}${std(2, "Supervisor:children", 1)}${names(11, 12, 13)}${give(11, 12, 13, 2)}${FAMILY}`,
    expect: { result: "(:a, :b, :c, [(:a, [Process 3]), (:b, [Process 4]), (:c, [Process 5])])" },
  },
  {
    name: "one for one: only the child that has failed starts again",
    source: `${family("one_for_one", ["a", "b", "c"])}${tell(12, ":why")}${own(14, "told")}${own(15, "told")}${names(14)}${give(14, 15)}${FAMILY}`,
    expect: { result: "(:b, undefined)", crashes: ["4: (:throw, :why)"] },
  },
  {
    name: "one for all: all end and start again, in order",
    source: `${family("one_for_all", ["a", "b", "c"])}${tell(12, ":why")}${own(14, "told")}${own(15, "told")}${own(16, "told")}${own(17, "told")}
      ${lib(18, "IsAlive", 20)}${names(14, 15, 16)}MATCH r11, [((_, @r11), +1)]\n${lib(11, "IsAlive", 11)}${give(14, 15, 16, 17, 11)}${FAMILY}`,
    expect: { result: "(:a, :b, :c, undefined, false)" },
  },
  {
    name: "rest for one: the child and those behind it start again",
    source: `${family("rest_for_one", ["a", "b", "c"])}${tell(12, ":why")}${own(14, "told")}${own(15, "told")}${own(16, "told")}
      ${names(14, 15)}MATCH r11, [((_, @r11), +1)]\n${lib(11, "IsAlive", 11)}${give(14, 15, 16, 11)}${FAMILY}`,
    expect: { result: "(:b, :c, undefined, true)" },
  },
  {
    name: "a child that always fails: after three times the supervisor gives up, and with it who is linked",
    source: `${TRAP}${family("one_for_one", ["a", "b"], "startLink")}${tell(11, ":one")}${own(11, "told")}${tell(11, ":two")}${own(11, "told")}${tell(11, ":three")}
      ${own(11, "told")}${tell(11, ":four")}RECEIVE r14\nMATCH r12, [((_, @r12), +1)]\n${lib(15, "IsAlive", 12)}${give(14, 15)}${FAMILY}`,
    expect: { result: "((:EXIT, [Process 2], (:intensity, :a, (:throw, :four))), false)" },
  },
  {
    name: "a child that fails now and then starts again for ever",
    source: `${own(1, "boss")}${set(1, ":one_for_one")}${set(2, "[:a]")}${own(1, "spec", 1, 2)}${set(3, ":period")}${set(4, "5")}SET_PROP r1, r3, r4
      ${std(1, "Supervisor:start", 1)}${set(25, "20")}${set(26, "1")}\nagain:\n${own(11, "told")}${tell(11, ":why")}${set(27, "3")}${lib(27, "Sleep", 27)}
      SUB r25, r25, r26\nJUMP_IF_TRUE r25, again\n${own(11, "told")}${names(11)}${give(11)}${FAMILY}`,
    expect: { result: "(:a,)" },
  },
  {
    name: "a child that cannot start: nobody starts",
    source: `${own(1, "boss")}${set(1, ":one_for_one")}${set(2, "[:a, :b]")}${own(1, "spec", 1, 2)}${set(3, ":children")}GET_PROP r3, r1, r3\n${set(4, "1")}GET_PROP r3, r3, r4
      ${set(4, "function:bad")}${set(5, ":start")}SET_PROP r3, r5, r4\n${failure(6, std(7, "Supervisor:startLink", 1), "failed")}${own(8, "told")}${names(8)}
      ${set(9, ':"__vm:processes"')}${give(6, 8, 9)}${FAMILY}`,
    expect: { result: "((:start_failed, :b, :b), :a, 1)" },
  },
  {
    name: "a start function that starts nothing",
    source: `${set(1, "function:none")}${set(2, ":a")}OBJECT_INIT r1, {id: r2, start: r1, argument: r2}\nARRAY_INIT r1, [r1]\n${set(2, ":one_for_one")}
      OBJECT_INIT r1, {strategy: r2, children: r1}\n${failure(3, std(4, "Supervisor:start", 1), "failed")}${give(3)}${FAMILY}`,
    expect: { result: "((:start_failed, :a, (:bad_start, :a)),)" },
  },
  {
    name: "transient and temporary children",
    source: `${own(1, "boss")}${set(1, ":one_for_one")}${set(2, "[:a, :b]")}${own(1, "spec", 1, 2)}${set(3, ":children")}GET_PROP r3, r1, r3\n${set(4, ":restart")}${set(5, "0")}
      GET_PROP r5, r3, r5\n${set(6, ":transient")}SET_PROP r5, r4, r6\n${set(5, "1")}GET_PROP r5, r3, r5\n${set(6, ":temporary")}SET_PROP r5, r4, r6
      ${std(1, "Supervisor:start", 1)}${own(11, "told")}${own(12, "told")}${tell(11, ":why")}${own(13, "told")}${tell(13, ":normal")}${tell(12, ":why")}
      ${own(14, "told")}${std(2, "Supervisor:children", 1)}${names(13)}${give(13, 14, 2)}${FAMILY}`,
    expect: { result: "(:a, undefined, [(:a, undefined)])" },
  },
  {
    name: "children come and go",
    source: `${family("one_for_one", ["a"])}${set(2, ":n")}${set(3, "function:child")}OBJECT_INIT r2, {id: r2, start: r3, argument: r2}\n${std(3, "Supervisor:startChild", 1, 2)}
      ${own(12, "told")}${set(4, ":a")}${std(5, "Supervisor:endChild", 1, 4)}${std(6, "Supervisor:endChild", 1, 4)}${std(7, "Supervisor:children", 1)}
      ${set(3, "function:bad")}OBJECT_INIT r2, {id: r4, start: r3, argument: r4}\n${failure(8, std(9, "Supervisor:startChild", 1, 2), "bad")}${give(5, 6, 7, 8)}${FAMILY}`,
    expect: { result: "(true, false, [(:n, [Process 4])], :a)" },
  },
  {
    name: "orderly shutdown: the last child first; who does not hear is killed",
    source: `${own(1, "counter")}${set(2, ":first")}OBJECT_INIT r3, {f: r1, s: r2}\n${set(5, "function:starts")}${set(6, ":a")}OBJECT_INIT r7, {id: r6, start: r5, argument: r3}
      ${set(2, ":last")}OBJECT_INIT r3, {f: r1, s: r2}\n${set(6, ":b")}OBJECT_INIT r8, {id: r6, start: r5, argument: r3}
      ${set(5, "function:startsDeaf")}${set(6, ":deaf")}${set(9, "5")}OBJECT_INIT r9, {id: r6, start: r5, shutdown: r9}
      ARRAY_INIT r7, [r7, r9, r8]\n${set(8, ":one_for_one")}OBJECT_INIT r7, {strategy: r8, children: r7}\n${std(1, "Supervisor:start", 7)}
      ${std(3, "Supervisor:children", 1)}${set(4, "1")}GET_PROP r3, r3, r4\nMATCH r3, [((_, @r3), +1)]\n${lib(4, "Monitor", 3)}
      ${lib(10, "MonotonicTime")}${set(2, ":done")}${std(2, "Supervisor:stop", 1, 2)}${lib(11, "MonotonicTime")}SUB r11, r11, r10\nRECEIVE r5\nMATCH r5, [((_, _, _, @r5), +1)]
      ${set(6, ':"__vm:processes"')}${give(2, 5, 6, 11)}
      .function starts arity=1 regs=8\nLOAD_CONST r1, :f\nGET_PROP r1, r0, r1\nLOAD_CONST r2, :s\nGET_PROP r2, r0, r2
      LOAD_CONST r3, :"__function_ref:std!Server:startLink"\nCALL r3, r3, [r1, r2]\nRETURN r3\n.end
      .function startsDeaf arity=1 regs=8\nLOAD_CONST r1, :"__stdlib:SpawnLink"\nLOAD_CONST r2, function:deaf\nCALL r1, r1, [r2]\nRETURN r1\n.end
      .function deaf arity=0 regs=3\nLOAD_CONST r0, :"__stdlib:TrapExit"\nLOAD_CONST r1, true\nCALL r0, r0, [r1]\nagain:\nRECEIVE r0\nJUMP again\n.end${COUNTER}`,
    expect: { result: "(:done, :killed, 1, 5)", stdout: "shutdown, last\nshutdown, first\n" },
  },
  {
    name: "supervisors below supervisors",
    source: `${own(1, "boss")}${set(1, ":one_for_one")}${set(2, "[:a]")}${own(1, "spec", 1, 2)}${set(2, ":inner")}${set(3, ':"__function_ref:std!Supervisor:startLink"')}
      OBJECT_INIT r1, {id: r2, start: r3, argument: r1}\nARRAY_INIT r1, [r1]\n${set(2, ":one_for_one")}OBJECT_INIT r1, {strategy: r2, children: r1}
      ${std(1, "Supervisor:start", 1)}${own(11, "told")}${tell(11, ":one")}${own(11, "told")}${tell(11, ":two")}${own(11, "told")}${tell(11, ":three")}${own(11, "told")}
      ${tell(11, ":four")}${own(12, "told")}${names(12)}${std(3, "Supervisor:children", 1)}${set(4, ":length")}GET_PROP r3, r3, r4\n${give(12, 3)}${FAMILY}`,
    expect: { result: "(:a, 1)" },
  },

  // ---- Pool
  {
    name: "a pool does jobs, also more than it has workers",
    source: `${set(1, "function:work")}${set(2, "2")}${std(1, "Pool:start", 1, 2)}${set(3, "function:ask")}${set(4, ':"__vm:self"')}
      ${[1, 2, 3, 4, 5].map((n) => `${set(5, String(n))}SPAWN r6, r3, [r1, r5, r4]\n`).join("")}
      ${[11, 12, 13, 14, 15].map((r) => `${set(7, "100")}RECEIVE_MATCH r8, r7, [((${r - 10}, @r${r}), +1)]\n`).join("")}${give(11, 12, 13, 14, 15)}${WORKERS}`,
    expect: { result: "(2, 4, 6, 8, 10)" },
  },
  {
    name: "jobs wait in order while all workers are busy",
    source: `${set(1, "function:work")}${set(2, "1")}${std(1, "Pool:start", 1, 2)}${set(3, "function:ask")}${set(4, ':"__vm:self"')}
      ${["(:sleep, 9)", "(:sleep, 1)", "3", "(:sleep, 2)"].map((job) => `${set(5, job)}SPAWN r6, r3, [r1, r5, r4]\n${set(7, "1")}${lib(7, "Sleep", 7)}`).join("")}
      RECEIVE r11\nRECEIVE r12\nRECEIVE r13\nRECEIVE r14\n${give(11, 12, 13, 14)}${WORKERS}`,
    expect: { result: "(((:sleep, 9), 9), ((:sleep, 1), 1), (3, 6), ((:sleep, 2), 2))" },
  },
  {
    name: "a worker that fails: its caller knows, another takes its place",
    source: `${set(1, "function:work")}${set(2, "1")}${std(1, "Pool:start", 1, 2)}${set(3, ":crash")}${failure(4, std(5, "Pool:run", 1, 3), "failed")}${set(3, "21")}
      ${std(5, "Pool:run", 1, 3)}${next(6)}${give(4, 5, 6)}${WORKERS}`,
    expect: { result: "((:worker, (:throw, :crash)), 42, undefined)", crashes: ["3: (:throw, :crash)"] },
  },
  {
    name: "a pool that is stopped takes its workers along",
    source: `${set(1, "function:work")}${set(2, "3")}${set(3, ":pool")}${std(1, "Pool:start", 1, 2, 3)}${set(4, ":over")}${std(5, "Pool:stop", 3, 4)}${set(6, ':"__vm:processes"')}
      ${failure(7, std(8, "Pool:run", 3, 4), "gone")}${give(5, 6, 7)}${WORKERS}`,
    expect: { result: "(:over, 1, (:noproc, :pool))" },
  },

  // ---- Bus
  {
    name: "events reach who has subscribed to their topic, or to all",
    source: `${std(1, "Bus:start")}${set(2, ":news")}${std(3, "Bus:subscribe", 1, 2)}${std(3, "Bus:subscribe", 1)}${set(4, "1")}${std(5, "Bus:publish", 1, 2, 4)}${set(6, ":other")}
      ${set(4, "2")}${std(5, "Bus:publish", 1, 6, 4)}RECEIVE r11\nRECEIVE r12\nRECEIVE r13\n${std(14, "Bus:unsubscribe", 1)}${std(15, "Bus:unsubscribe", 1)}
      ${std(5, "Bus:publish", 1, 6, 4)}${std(5, "Bus:publish", 1, 2, 4)}RECEIVE r16\n${next(17)}${give(11, 12, 13, 14, 15, 16, 17)}${NEEDS}`,
    expect: {
      result:
        "((:event, :news, 1), (:event, :news, 1), (:event, :other, 2), true, false, (:event, :news, 2), undefined)",
    },
  },
  {
    name: "a subscriber that ends is forgotten",
    source: `${std(1, "Bus:start")}${set(2, "function:listens")}${lib(2, "SpawnMonitor", 2, 1)}RECEIVE r3\n${std(4, "Bus:subscribe", 1)}${set(5, "1")}${std(6, "Bus:publish", 1, 5, 5)}
      RECEIVE r7\n${set(8, ":over")}${std(9, "Bus:stop", 1, 8)}${give(7, 9)}
      .function listens arity=1 regs=40\n${std(1, "Bus:subscribe", 0)}.end${NEEDS}`,
    expect: { result: "((:event, 1, 1), :over)" },
  },
];
