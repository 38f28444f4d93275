#!/usr/bin/env node
/** The command `ionc`. */
import { launch } from "./launch.ts";

launch("ionc");
