/** Programs with processes in plain Node: the same text, with the shim of the samples for "ion:process". */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** What stands behind the program: who answers is told first, and then each answer. */
const SERVING = `
serving(self());
for (;;) answered(run(receive()));
`;

/**
 * A text that declares `run`, as one of a program without processes does: the shim, the program with generators for its
 * functions that wait, and one of its processes to ask.
 * @param source imports "ion:process" and declares `run`
 * @param folder where the samples are
 */
export async function shimmed(source: string, folder: string): Promise<string> {
  const { transform } = (await import(pathToFileURL(`${folder}/shim/transform.mjs`).href)) as {
    readonly transform: (text: string) => string;
  };
  const shim = readFileSync(`${folder}/shim/ion-process.mjs`, "utf8");
  const exported = [...shim.matchAll(/^export (?:const|function\*?) (\w+)/gm)].map(([, name]) => name);
  const program = transform(source + SERVING).replaceAll(
    /import (\{[^}]*\}) from "ion:process";/g,
    (_, names: string) => `const ${names.replaceAll(" as ", ": ")} = shim;`,
  );
  return `
    const shim = (() => {
      ${shim.replaceAll(/^export /gm, "")}
      return { ${exported.join(", ")} };
    })();
    let server;
    let answer;
    const serving = (process) => {
      server = process;
    };
    const answered = (value) => {
      answer = value;
    };
    {
      ${program}
    }
    const run = (size) => {
      answer = undefined;
      shim.run(() => shim.send(server, size));
      if (answer === undefined) throw new Error("the program has not answered");
      return answer;
    };`;
}
