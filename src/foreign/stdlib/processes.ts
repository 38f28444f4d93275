/** Processes and what ties them: exit signals, links, monitors, names. */
import type { Atom } from "../../values/atom.ts";
import type { FunctionValue } from "../../values/function.ts";
import type { ProcessValue } from "../../values/process.ts";
import type { Reference } from "../../values/reference.ts";
import { Tuple, Undefined, Unit, type Value } from "../../values/value.ts";
import { type ForeignContext, type ForeignSpec, type Parameter, refusal } from "../spec.ts";

const PROCESS: Parameter = { name: "process", type: "Process" };
const NAME: Parameter = { name: "name", type: "Atom" };
const FUNCTION: Parameter = { name: "function", type: "Function" };
const ARGUMENTS: Parameter = { name: "arguments", type: "Any" };

function spawn(args: readonly Value[], { processes }: ForeignContext, tie: "link" | "monitor") {
  const callee = args[0] as FunctionValue;
  if (callee.code === null) throw refusal("Only a bytecode function can be spawned");
  return processes.spawn(callee, args.slice(1), tie);
}

export const PROCESSES: readonly ForeignSpec[] = [
  {
    name: "Exit",
    parameters: [
      { name: "process", type: "Process" },
      { name: "reason", type: "Any" },
    ],
    result: "Unit",
    description:
      "Sends a process, which may be the caller, an exit signal. It ends with this reason, unless the reason is `:normal` " +
      "(and the process another one than the caller) or it traps exits; `:kill` ends it in any case, with the reason `:killed`. " +
      "A process that has ended is left alone.",
    charge: "the values of the reason, which is copied",
    pure: false,
    run: (args, context) => {
      context.exit(args[0] as ProcessValue, args[1]);
      return Unit;
    },
  },
  {
    name: "TrapExit",
    parameters: [{ name: "on", type: "Boolean" }],
    result: "Boolean",
    description:
      "Sets whether exit signals reach the calling process as messages `(:EXIT, process, reason)` instead of ending it; gives " +
      "what was set before, false at first.",
    pure: false,
    run: (args, context) => context.trapExit(args[0] as boolean),
  },
  {
    name: "SpawnLink",
    parameters: [FUNCTION],
    rest: ARGUMENTS,
    result: "Process",
    description: "As `SPAWN`, with a link between the calling process and the new one. Fails for a foreign function.",
    charge: "the values that are copied",
    pure: false,
    run: (args, context) => spawn(args, context, "link").process,
  },
  {
    name: "SpawnMonitor",
    parameters: [FUNCTION],
    rest: ARGUMENTS,
    result: "Tuple",
    description:
      "As `SPAWN`, with a monitor on the new process: gives `(process, reference)`. Fails for a foreign function.",
    charge: "the values that are copied",
    pure: false,
    run: (args, context) => {
      const { process, reference } = spawn(args, context, "monitor");
      return new Tuple([process, reference!]);
    },
  },
  {
    name: "Unlink",
    parameters: [PROCESS],
    result: "Unit",
    description:
      "Undoes `LINK`: the end of one process is no signal for the other any more. Nothing if there is no link.",
    pure: false,
    run: (args, { processes }) => {
      processes.unlink(args[0] as ProcessValue);
      return Unit;
    },
  },
  {
    name: "Monitor",
    parameters: [PROCESS],
    result: "Reference",
    description:
      "When the process ends the caller gets the message `(:DOWN, reference, process, reason)`, once for each call of Monitor; " +
      "at once, with the reason it had, if it has ended already. Never for a monitor on oneself. While the monitor is active, " +
      "what is sent to the Reference reaches the caller and ends the monitor: so the Reference is where to send an answer, of " +
      "which there is one at most, and none after `Demonitor`.",
    charge: "the values of the reason, if the process has ended",
    pure: false,
    run: (args, { processes }) => processes.monitor(args[0] as ProcessValue),
  },
  {
    name: "Demonitor",
    parameters: [{ name: "reference", type: "Reference" }],
    result: "Boolean",
    description:
      "Ends a monitor of the caller. If its `:DOWN` message is in the mailbox already it is taken out: none comes after this. " +
      "Gives whether the monitor was still active; false, too, for a Reference of anything else.",
    charge: "the messages looked at",
    pure: false,
    run: (args, { processes }) => processes.demonitor(args[0] as Reference),
  },
  {
    name: "MakeRef",
    parameters: [],
    result: "Reference",
    description:
      "A fresh Reference, equal to nothing else. A receive that waits for a message with a Reference made since the message " +
      "before came does not look at what was in the mailbox earlier.",
    pure: false,
    run: (_, { processes }) => processes.makeReference(),
  },
  {
    name: "IsAlive",
    parameters: [PROCESS],
    result: "Boolean",
    description: "Has the process not ended yet?",
    pure: false,
    run: (args, { processes }) => processes.isAlive(args[0] as ProcessValue),
  },
  {
    name: "ProcessInfo",
    parameters: [PROCESS],
    result: "Any",
    description:
      "A fresh Object about a process, or Undefined if it has ended. `status`: `:running`, `:runnable` or `:waiting`; " +
      "`function` and `instruction`: where it stands; `mailbox`: the number of its messages; `reductions` since it began; " +
      "`links`: an Array of Processes; `trapsExits`; `name`: an Atom, or Undefined; `memory`: about how many bytes it holds.",
    charge: "the frames, and the values they and the mailbox hold",
    pure: false,
    needsFrames: true,
    run: (args, { processes }) => processes.info(args[0] as ProcessValue),
  },
  {
    name: "Register",
    parameters: [NAME, PROCESS],
    result: "Unit",
    description:
      "Gives a process a name, to which messages can be sent: `SEND` takes the Atom in the place of the Process, and does " +
      "nothing while nobody has the name. A process has one name, and loses it when it ends. Fails if the name is taken, " +
      "or the process has a name or has ended.",
    pure: false,
    run: (args, { processes }) => {
      const refused = processes.register(args[0] as Atom, args[1] as ProcessValue);
      if (refused !== null) throw refusal(refused);
      return Unit;
    },
  },
  {
    name: "Unregister",
    parameters: [NAME],
    result: "Boolean",
    description: "Takes a name from its process; gives whether there was one.",
    pure: false,
    run: (args, { processes }) => processes.unregister(args[0] as Atom),
  },
  {
    name: "WhereIs",
    parameters: [NAME],
    result: "Any",
    description: "The process with this name, or Undefined.",
    pure: false,
    run: (args, { processes }) => processes.whereIs(args[0] as Atom) ?? Undefined,
  },
];
