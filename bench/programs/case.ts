/** What the compute suite knows of a program. */

/** Small inputs for tests, smaller ones for a quick look, whole ones for numbers that are quoted. */
export interface ProgramSizes {
  readonly test: number;
  readonly quick: number;
  readonly full: number;
}

export interface ComputeCase {
  /** Also the name of its peers' files, with a hyphen for each space. */
  readonly name: string;
  /** What most of the time goes into, which decides some limits. */
  readonly dominatedBy: "loops" | "calls" | "data";
  readonly sizes: ProgramSizes;
  /** `main` takes the size and gives the result. Written as a competent compiler would. */
  readonly source: string;
  /**
   * Makes the natural JavaScript that does the same, once in a process, so that its classes and functions are made
   * once. Must stand alone: its text also runs in another process.
   */
  readonly plain: () => (size: number) => number;
}
