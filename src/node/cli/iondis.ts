#!/usr/bin/env node
/** The command `iondis`. */
import { launch } from "./launch.ts";

launch("iondis");
