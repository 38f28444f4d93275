/** The documentation page of the pack `std`: introductions and examples from here, the functions from the comments of its classes. */
import { STANDARD_CLASSES } from "./index.ts";

const INTRODUCTION = `# The pack \`std\`

Servers, supervisors, pools of workers and event buses, made of processes like any others: preempted, compiled, limited as they are.
The pack is built in. A program asks for it with \`Dependencies: std\` in its manifest, \`.manifest "Dependencies" "std"\` in assembly,
and calls its functions as \`__function_ref:std!Class:function\`.

In JavaScript and TypeScript the classes are imported, \`import { Server } from "ion:std"\`, and their functions called,
\`Server.start(…)\`; an atom \`:reply\` is \`atom("reply")\` there, and a tuple \`(:reply, 1)\` is \`tuple(atom("reply"), 1)\`. The tour has
[servers](tour/07-state.md#servers) and [supervisors](tour/05-links-and-supervision.md#supervisors).

- Arguments at the end may be left out.
- With a \`name\` the process is registered as it starts, and whatever takes a process takes the name, too. A name that is taken
  is an error of the start.
- \`start\` and \`startLink\` give a process that is ready. If it cannot get ready they throw the reason, and nothing is left of it.
- Every example is a program that the tests run in both engines; behind \`; =>\` stands what main gives.
`;

interface Chapter {
  readonly introduction: string;
  readonly example: string;
}

const CHAPTERS: { readonly [className: string]: Chapter } = {
  Server: {
    introduction: `A process with a state that answers requests, one after the other. What it does is in an Object of functions, the callbacks:

| callback | is given | and gives |
|---|---|---|
| \`call(request, from, state)\` | a request of \`Server:call\` | \`(:reply, value, state)\`; \`(:noreply, state)\` to answer later with \`Server:reply\`; \`(:stop, reason, value, state)\` or \`(:stop, reason, state)\` to end |
| \`cast(request, state)\` | a request of \`Server:cast\` | \`(:noreply, state)\` or \`(:stop, reason, state)\` |
| \`info(message, state)\` | any other message | as \`cast\`. Without this callback such messages are dropped |
| \`init(state)\` | what \`start\` was given | the first state. Without it, that is the first state |
| \`terminate(reason, state)\` | the reason for which it ends, unless by an exit signal \`:kill\` or an error of its own | nothing that matters. With this callback it traps exits, and ends with its parent |

An answer of another form ends the server with \`(:bad_answer, answer)\`. Callbacks are called as methods: \`this\` is the Object.`,
    example: `.manifest "Dependencies" "std"

.function main arity=0 regs=7
  LOAD_CONST r0, function:call
  LOAD_CONST r1, function:cast
  OBJECT_INIT r0, {call: r0, cast: r1}
  LOAD_CONST r1, 10                        ; the first state
  LOAD_CONST r2, :counter                  ; its name
  LOAD_CONST r3, :"__function_ref:std!Server:start"
  CALL r4, r3, [r0, r1, r2]
  LOAD_CONST r3, :"__function_ref:std!Server:cast"
  LOAD_CONST r5, 30
  CALL r6, r3, [r4, r5]
  LOAD_CONST r3, :"__function_ref:std!Server:call"
  LOAD_CONST r5, (:add, 2)
  CALL r6, r3, [r2, r5]
  RETURN r6
.end

.function call arity=3 regs=3              ; request, from, state
  MATCH r0, [((:add, @r3), +1)]
  ADD r4, r2, r3
  LOAD_CONST r5, :reply
  TUPLE_INIT r5, [r5, r4, r4]
  RETURN r5
.end

.function cast arity=2 regs=2              ; request, state
  ADD r2, r0, r1
  LOAD_CONST r3, :noreply
  TUPLE_INIT r3, [r3, r2]
  RETURN r3
.end
; => 42`,
  },
  Supervisor: {
    introduction: `A process that starts others and starts them again when they fail. A spec is an Object:

| property | meaning | if it is missing |
|---|---|---|
| \`children\` | an Array of children, in the order in which they start | \`[]\` |
| \`strategy\` | which start again when one has failed: \`:one_for_one\` that one, \`:one_for_all\` all, \`:rest_for_one\` that one and those behind it | \`:one_for_one\` |
| \`intensity\` | so many restarts … | 3 |
| \`period\` | … within so many milliseconds are borne; with one more the supervisor ends its children and itself, with \`(:intensity, id, reason)\` | 5000 |

and so is a child:

| property | meaning | if it is missing |
|---|---|---|
| \`id\` | any value that no other child has | |
| \`start\` | a function of one argument that starts the process and gives it, such as \`startLink\` of a class of this pack | |
| \`argument\` | what it gets | Undefined |
| \`restart\` | \`:permanent\`: always; \`:transient\`: unless its reason is \`:normal\` or \`:shutdown\`; \`:temporary\`: never | \`:permanent\` |
| \`shutdown\` | how many milliseconds it has to end after the exit signal \`:shutdown\`; then it is killed. \`:kill\`: at once | 5000 |

Children start in order and end in the opposite order. A child may be a supervisor: a tree.`,
    example: `.manifest "Dependencies" "std"

.function main arity=0 regs=10
  LOAD_CONST r0, function:echo
  LOAD_CONST r1, :echo
  OBJECT_INIT r0, {id: r1, start: r0}
  ARRAY_INIT r0, [r0]
  OBJECT_INIT r0, {strategy: :one_for_one, children: r0}
  LOAD_CONST r2, :"__function_ref:std!Supervisor:startLink"
  CALL r0, r2, [r0]
  LOAD_CONST r3, :"__function_ref:std!Server:call"
  LOAD_CONST r4, 0                         ; this request ends it
  TRY r5, failed
  CALL r5, r3, [r1, r4]
  END_TRY
failed:
  ; A supervisor answers when it has done what was to be done before.
  LOAD_CONST r6, :"__function_ref:std!Supervisor:children"
  CALL r7, r6, [r0]
  LOAD_CONST r4, 42
  CALL r8, r3, [r1, r4]
  TUPLE_INIT r9, [r5, r7, r8]
  RETURN r9
.end

.function echo arity=1 regs=4
  LOAD_CONST r1, function:call
  OBJECT_INIT r1, {call: r1}
  LOAD_CONST r2, :"__function_ref:std!Server:startLink"
  LOAD_CONST r3, :echo
  CALL r0, r2, [r1, r0, r3]
  RETURN r0
.end

.function call arity=3 regs=2
  JUMP_IF_FALSE r0, crash
  LOAD_CONST r3, :reply
  TUPLE_INIT r3, [r3, r0, r2]
  RETURN r3
crash:
  THROW r0
.end
; => ((:down, :echo, (:throw, 0)), [(:echo, [Process 4])], 42)`,
  },
  Pool: {
    introduction:
      "Some workers that do jobs for whoever asks. The function is called with one job and gives the result of it.",
    example: `.manifest "Dependencies" "std"

.function main arity=0 regs=6
  LOAD_CONST r0, :"__function_ref:std!Pool:startLink"
  LOAD_CONST r1, function:twice
  LOAD_CONST r2, 4
  CALL r3, r0, [r1, r2]
  LOAD_CONST r0, :"__function_ref:std!Pool:run"
  LOAD_CONST r4, 21
  CALL r5, r0, [r3, r4]
  RETURN r5
.end

.function twice arity=1 regs=0
  ADD r0, r0, r0
  RETURN r0
.end
; => 42`,
  },
  Bus: {
    introduction: "Events by topic, for whoever has subscribed. Topics are any values.",
    example: `.manifest "Dependencies" "std"

.function main arity=0 regs=7
  LOAD_CONST r0, :"__function_ref:std!Bus:startLink"
  CALL r0, r0, []
  LOAD_CONST r1, :"__function_ref:std!Bus:subscribe"
  LOAD_CONST r2, :weather
  CALL r3, r1, [r0, r2]
  LOAD_CONST r4, :"__function_ref:std!Bus:publish"
  LOAD_CONST r5, "rain"
  CALL r3, r4, [r0, r2, r5]
  RECEIVE r6
  RETURN r6
.end
; => (:event, :weather, "rain")`,
  },
};

/** The page, in Markdown. */
export function standardPackPage(): string {
  return [INTRODUCTION, ...STANDARD_CLASSES.map(section)].join("\n");
}

function section(text: string): string {
  const className = /^\.class (\w+)$/m.exec(text)![1];
  const { introduction, example } = CHAPTERS[className];
  return `## ${className}\n\n${introduction}\n\n${functionsOf(text).join("\n")}\n\n\`\`\`ionasm\n${example}\n\`\`\`\n`;
}

/** A line of the page for each comment `;; name(parameters): meaning`, which may go over several lines. */
function functionsOf(text: string): string[] {
  return [...text.matchAll(/(?:^;; .*\n)+/gm)].map(([comment]) => {
    const [, signature, meaning] = /^(\w+\(.*?\)): (.*)$/.exec(
      comment.trim().replace(/^;; /, "").replaceAll(/\n;; /g, " "),
    )!;
    return `- \`${signature}\` — ${meaning}`;
  });
}
