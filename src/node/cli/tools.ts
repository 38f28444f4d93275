/** All command lines by their names, as `launch.ts` finds them in the built script. */
import { ionvm } from "./commands.ts";
import { ionc } from "./compiling.ts";
import { iondis } from "./listing.ts";
import { runTool } from "./tool.ts";

const TOOLS = { ionvm, iondis, ionc };

export type ToolName = keyof typeof TOOLS;

/** What the built script gives. */
export interface BuiltTools {
  /** Gets the arguments, gives the exit code. */
  readonly TOOLS: Readonly<Record<ToolName, (args: readonly string[]) => Promise<number>>>;
  readonly runTool: typeof runTool;
}

export { runTool, TOOLS };
