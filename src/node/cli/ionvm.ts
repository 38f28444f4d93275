#!/usr/bin/env node
/** The command `ionvm`. */
import { ionvm } from "./commands.ts";
import { runTool } from "./tool.ts";

await runTool("ionvm", ionvm);
