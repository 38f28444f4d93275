/** Exit signals. */
import type { ProcessValue } from "../../values/process.ts";
import { Unit } from "../../values/value.ts";
import type { ForeignSpec } from "../registry.ts";

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
];
