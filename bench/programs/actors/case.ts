import type { ProgramSizes } from "../case.ts";

/** What the actor suite knows of a program. */
export interface ActorCase {
  /** Also the name of its Erlang module, with underscores, as far as the first comma. */
  readonly name: string;
  readonly sizes: ProgramSizes;
  /** `main` takes the size and gives the result. */
  readonly source: string;
  /** What the time is divided by. */
  readonly unit: "message" | "process";
  readonly units: (size: number) => number;
  readonly result: (size: number) => number;
  /** The same with closures or generators and a queue, if that is natural. */
  readonly plain: ((size: number) => number) | null;
  readonly inErlang: boolean;
}
