import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes minutes begins first, so that no worker is left alone with it. */
const LONGEST = [
  "test/programs.test.ts",
  "test/survival.test.ts",
  "test/differential.test.ts",
  "test/jit/emitted.test.ts",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => LONGEST.findIndex((file) => moduleId.endsWith(file));
    const [long, others] = [true, false].map((isLong) => files.filter((file) => rank(file) >= 0 === isLong));
    return [...long.sort((a, b) => rank(a) - rank(b)), ...(await super.sort(others))];
  }
}

export default defineConfig({
  test: {
    // Half a minute alone may be more than one on a busy machine.
    testTimeout: 120_000,
    // On two cores the default is one worker, and then everything takes twice as long.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: "library", include: ["test/**/*.test.ts"], exclude: ["test/cli/**"] } },
      // The command lines are tested as users start them: built.
      {
        extends: true,
        test: { name: "cli", include: ["test/cli/**/*.test.ts"], globalSetup: "test/support/build.ts" },
      },
    ],
  },
});
