/** All command lines by their names, as `launch.ts` finds them in the built script. */
import { ionvm } from "./commands.ts";
import { ionc } from "./compiling.ts";
import { iondis } from "./listing.ts";

export { runTool } from "./tool.ts";

export const TOOLS = { ionvm, iondis, ionc };
