#!/usr/bin/env node
/** The command `ionc`. */
import { ionc } from "./compiling.ts";
import { runTool } from "./tool.ts";

await runTool("ionc", ionc);
