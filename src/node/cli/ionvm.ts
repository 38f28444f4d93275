#!/usr/bin/env node
/** The command `ionvm`. */
import { launch } from "./launch.ts";

launch("ionvm");
