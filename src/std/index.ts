/**
 * The pack `std`: servers, supervisors, pools, event buses.
 *
 * It is assembly, so that it is preempted, profiled and compiled as programs are. What is written here is made a pack
 * when a program first needs it.
 */
import { assemble } from "../bytecode/assemble.ts";
import { PackBuilder } from "../pack/builder.ts";
import type { Pack } from "../pack/pack.ts";
import { BUS, POOL, SERVER, SUPERVISOR } from "./classes.ts";
import { INTERNAL } from "./internal.ts";

export const STANDARD_CLASSES = [SERVER, SUPERVISOR, POOL, BUS];

let made: Pack | null = null;

export function standardPack(): Pack {
  made ??= build();
  return made;
}

function build(): Pack {
  const exported = STANDARD_CLASSES.map((text) => assemble(text, { file: "std" }));
  const builder = new PackBuilder({
    name: "std",
    version: "1.0.0",
    description: "Servers, supervisors, pools of workers, event buses",
    exports: exported.map(({ className }) => className),
  });
  const internal = assemble(INTERNAL, { file: "std" });
  for (const { className, classFile } of [...exported, internal]) builder.addClass(className, classFile);
  return builder.build();
}
