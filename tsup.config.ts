import { createHash } from "node:crypto";
import { cpSync, readFileSync } from "node:fs";
import { type AnyNode, parse, type VariableDeclaration, type VariableDeclarator } from "acorn";
import { defineConfig, type Options } from "tsup";
import { BUILD_CHARACTERS, SCRIPT_PARAMETERS } from "./src/node/cli/launch.ts";

type EsbuildPlugin = NonNullable<Options["esbuildPlugins"]>[number];

/**
 * The bundler makes variables of the constants of modules. V8 loads a variable and checks what it is at each use,
 * but takes a constant for granted, which makes all that runs programs a fifth faster: they become constants again.
 */
const constants = {
  name: "constants",
  renderChunk(code: string): { code: string } {
    const program = parse(code, { ecmaVersion: 2022, sourceType: "module", allowHashBang: true });
    const assigned = assignedNames(program);
    const isConstant = ({ id, init }: VariableDeclarator): boolean => {
      // An enumeration is made by a function that is given the variable.
      return init != null && id.type === "Identifier" && !assigned.has(id.name) && !mentions(init, id.name);
    };
    let made = "";
    let end = 0;
    for (const one of program.body) {
      if (one.type !== "VariableDeclaration" || one.kind !== "var") continue;
      made += code.slice(end, one.start) + declared(code, one, isConstant);
      end = one.end;
    }
    return { code: made + code.slice(end) };
  },
};

function declared(
  code: string,
  { declarations }: VariableDeclaration,
  isConstant: (one: VariableDeclarator) => boolean,
): string {
  return declarations.map((one) => `${isConstant(one) ? "const" : "var"} ${code.slice(one.start, one.end)};`).join("");
}

/** All names that are ever assigned to, in whatever scope. */
function assignedNames(program: AnyNode): Set<string> {
  const names = new Set<string>();
  const add = (target: AnyNode): void => {
    // What is assigned to is an element then, and not a variable.
    if (target.type === "MemberExpression") return;
    walk(target, (node) => node.type === "Identifier" && names.add(node.name));
  };
  walk(program, (node) => {
    if (node.type === "AssignmentExpression") add(node.left);
    else if (node.type === "UpdateExpression") add(node.argument);
    else if (node.type === "ForInStatement" || node.type === "ForOfStatement") add(node.left);
  });
  return names;
}

function mentions(node: AnyNode, name: string): boolean {
  let found = false;
  walk(node, (part) => {
    found ||= part.type === "Identifier" && part.name === name;
  });
  return found;
}

function walk(node: AnyNode, visit: (node: AnyNode) => unknown): void {
  visit(node);
  for (const part of Object.values(node)) {
    for (const child of Array.isArray(part) ? part : [part]) {
      if (typeof child?.type === "string") walk(child as AnyNode, visit);
    }
  }
}

const common = {
  format: ["esm"] as const,
  target: "es2022",
  outDir: "dist",
  dts: false,
  splitting: true,
  clean: false,
  removeNodeProtocol: false,
  treeshake: false,
  plugins: [constants],
  esbuildOptions: (options: { minifyWhitespace?: boolean; minifySyntax?: boolean }) => {
    // Reading half as much is a fifth of the start of the tool. Names stay, for stacks and profiles.
    options.minifyWhitespace = true;
    options.minifySyntax = true;
  },
};

/**
 * What the sources import when it is asked for is there from the beginning in one script: its functions are read from a
 * cache when they are called, and modules that come later would make variables of all constants.
 */
const EAGER: EsbuildPlugin = {
  name: "eager",
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/]node[\\/].*\.ts$/ }, ({ path }) => {
      const wanted: string[] = [];
      const code = readFileSync(path, "utf8")
        .replace(/\bawait import\(("[^"]+")\)/g, (_, name) => {
          wanted.push(name);
          return `await eager${wanted.length}`;
        })
        .replace(/\bawait import\(/g, `await ${SCRIPT_PARAMETERS.importModule}(`);
      const imports = wanted.map((name, i) => `import * as eager${i + 1} from ${name};\n`);
      return { contents: imports.join("") + code, loader: "ts" };
    });
  },
};

/** A function that gets what a module has, and behind it the number of the build. */
const script = {
  name: "script",
  renderChunk(code: string): { code: string } {
    // It is read as such, which is quicker.
    if (/[^\0-\x7f]/.test(code)) throw new Error("the script of the command lines is not ASCII: escape it");
    const build = createHash("sha256").update(code).digest("hex").slice(0, BUILD_CHARACTERS);
    return { code: `(function (${Object.values(SCRIPT_PARAMETERS).join(", ")}) {${code}\n})//${build}` };
  },
};

const LAUNCHERS = ["ionvm", "iondis", "ionc", "code-cache"];

// Node starts a script a tenth sooner than a module.
const asScript: Options = { ...common, format: ["cjs"], platform: "node", splitting: false };

/** What the command lines run is one script with its cache (src/node/cli/launch.ts). Their tests build these alone. */
export const commandLines: readonly Options[] = [
  {
    ...asScript,
    entry: Object.fromEntries(LAUNCHERS.map((name) => [name, `src/node/cli/${name}.ts`])),
    banner: { js: 'const launcherUrl = require("node:url").pathToFileURL(__filename).href;' },
    define: { "import.meta.url": "launcherUrl" },
  },
  {
    ...asScript,
    entry: { tools: "src/node/cli/tools.ts" },
    // Nothing is looked for in node_modules, for a quick start.
    noExternal: [/.*/],
    define: { "import.meta.url": SCRIPT_PARAMETERS.url },
    // That for Node opens threads for what we do not use.
    esbuildOptions: (options) => {
      common.esbuildOptions(options);
      options.alias = { fflate: "fflate/browser" };
    },
    esbuildPlugins: [EAGER],
    plugins: [constants, script],
  },
];

/** Python finds its files beside the others. */
async function copyPython(): Promise<void> {
  cpSync("src/node/ffi/python", "dist/python", { recursive: true });
}

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
      "fuzz-js": "test/js/fuzz.ts",
      "module-host": "src/node/ffi/module-host.ts",
      "native-host": "src/node/ffi/native-host.ts",
    },
    // benchmark loads itself in its own way.
    external: ["benchmark", "koffi"],
    onSuccess: copyPython,
  },
  ...commandLines,
  {
    ...common,
    format: ["esm"],
    platform: "browser",
    splitting: false,
    entry: { browser: "src/index.ts" },
    noExternal: [/.*/],
  },
]);
