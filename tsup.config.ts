import { defineConfig, type Options } from "tsup";

const common = {
  format: ["esm"] as const,
  target: "es2022",
  outDir: "dist",
  dts: false,
  splitting: true,
  clean: false,
  removeNodeProtocol: false,
  treeshake: false,
  esbuildOptions: (options: { minifyWhitespace?: boolean; minifySyntax?: boolean }) => {
    // Reading half as much is a fifth of the start of the tool. Names stay, for stacks and profiles.
    options.minifyWhitespace = true;
    options.minifySyntax = true;
  },
};

/** Tests of the command lines build these alone. */
export const commandLines: Options = {
  ...common,
  format: ["esm"],
  platform: "node",
  entry: {
    ionvm: "src/node/cli/ionvm.ts",
    iondis: "src/node/cli/iondis.ts",
  },
  // Nothing is looked for in node_modules, for a quick start.
  noExternal: [/.*/],
  // commander is CommonJS and asks for Node's modules by `require`, which ES modules lack.
  banner: {
    js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
  },
};

export default defineConfig([
  {
    ...common,
    format: ["esm"],
    platform: "node",
    entry: {
      node: "src/node/index.ts",
      "build-samples": "samples/build.ts",
      bench: "bench/main.ts",
      fuzz: "test/support/fuzz.ts",
    },
    // benchmark loads itself in its own way.
    external: ["benchmark"],
  },
  commandLines,
  {
    ...common,
    format: ["esm"],
    platform: "browser",
    splitting: false,
    entry: { browser: "src/index.ts" },
    noExternal: [/.*/],
  },
]);
