/**
 * Foreign functions: those that the host registers, and behind a `/` those of a library of the pack. What they take and give only
 * the program knows; a declaration of its own for a module says it:
 *
 * ```ts
 * declare module "ion:foreign/text" {
 *   export function sha256(text: string): string;
 * }
 * ```
 */
declare module "ion:foreign";
declare module "ion:foreign/*";
