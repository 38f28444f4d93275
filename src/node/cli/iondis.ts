#!/usr/bin/env node
/** The command `iondis`. */
import { iondis } from "./listing.ts";
import { runTool } from "./tool.ts";

await runTool("iondis", iondis);
