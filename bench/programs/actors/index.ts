/** The programs of the actor suite that are measured in time a message or a process, in the order of its table. */
import type { ActorCase } from "./case.ts";
import { fanIn } from "./fan-in.ts";
import { pingPong } from "./ping-pong.ts";
import { ring } from "./ring.ts";
import { skynet } from "./skynet.ts";
import { spawn } from "./spawn.ts";

export const ACTORS: readonly ActorCase[] = [pingPong, ring, ...spawn, fanIn, skynet];
