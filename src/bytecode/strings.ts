/**
 * Strings as files hold them: UTF-8, strictly; in version 2 a lone surrogate may stand in three bytes of
 * its own (WTF-8, https://simonsapin.github.io/wtf-8/). A byte order mark is a character.
 */

const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const ENCODER = new TextEncoder();

/** First byte of every surrogate in WTF-8; second bytes from here on make it one. */
const SURROGATE_LEAD = 0xed;
const SURROGATE_SECOND = 0xa0;
/** Bytes of a surrogate. */
const SURROGATE_LENGTH = 3;

/** The text, or null if the bytes are not valid. */
export function decodeText(bytes: Uint8Array, loose: boolean): string | null {
  try {
    return STRICT.decode(bytes);
  } catch {
    return loose ? decodeLoose(bytes) : null;
  }
}

/** Valid UTF-8 with lone surrogates between. A pair must not stand as two of them. */
function decodeLoose(bytes: Uint8Array): string | null {
  const parts: string[] = [];
  let start = 0;
  let afterHigh = false;
  try {
    for (let at = 0; at < bytes.length; at++) {
      if (bytes[at] !== SURROGATE_LEAD || !(bytes[at + 1] >= SURROGATE_SECOND)) continue;
      const third = bytes[at + 2];
      if (bytes[at + 1] > 0xbf || third === undefined || (third & 0xc0) !== 0x80) return null;
      const unit = 0xd000 | ((bytes[at + 1] & 0x3f) << 6) | (third & 0x3f);
      const isHigh = unit < 0xdc00;
      if (afterHigh && !isHigh && start === at) return null;
      parts.push(STRICT.decode(bytes.subarray(start, at)), String.fromCharCode(unit));
      afterHigh = isHigh;
      at += SURROGATE_LENGTH - 1;
      start = at + 1;
    }
    parts.push(STRICT.decode(bytes.subarray(start)));
  } catch {
    return null;
  }
  return parts.join("");
}

/** Does the text hold a surrogate without its other half? */
export function hasLoneSurrogate(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

/** UTF-8, with lone surrogates in three bytes. */
export function encodeText(text: string): Uint8Array {
  if (!hasLoneSurrogate(text)) return ENCODER.encode(text);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (const part of text.split(/(\p{Surrogate})/u)) {
    const unit = part.charCodeAt(0);
    const isLone = part.length === 1 && unit >= 0xd800 && unit <= 0xdfff;
    const chunk = isLone
      ? Uint8Array.of(SURROGATE_LEAD, 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f))
      : ENCODER.encode(part);
    chunks.push(chunk);
    length += chunk.length;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
