import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    testTimeout: 30_000,
    // On two cores the default is one worker, and then everything takes twice as long.
    maxWorkers: Math.max(2, availableParallelism() - 1),
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
