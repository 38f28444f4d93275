/**
 * Sessions in pages: blocks whose info string has a name behind the language are files, and in a block `console` commands
 * stand behind `$ `, each followed by what it prints. Each section of a page begins with an empty folder.
 */
export interface Command {
  readonly text: string;
  readonly prints: string;
}

/** A file that is written, or a command that is run. */
export type Step = { readonly file: string; readonly content: string } | Command;

export interface Session {
  readonly title: string;
  readonly steps: readonly Step[];
}

export function sessionsOf(page: string): Session[] {
  return page.split(/^## /m).flatMap((section): Session[] => {
    const steps = [...section.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)].flatMap(
      ([, language, file, content]): Step[] => {
        if (file !== undefined) return [{ file, content }];
        return language === "console" ? commandsOf(content) : [];
      },
    );
    return steps.some((step) => "text" in step) ? [{ title: section.slice(0, section.indexOf("\n")), steps }] : [];
  });
}

function commandsOf(block: string): Command[] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((one) => {
      const end = one.indexOf("\n");
      return { text: one.slice(0, end), prints: one.slice(end + 1) };
    });
}
