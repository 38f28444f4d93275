/** Bytes as text in assembly. `btoa` and `atob` work on strings of bytes; long ones go through them in pieces. */

/** Three bytes are four characters, so pieces of this many bytes fit together without padding. */
const PIECE_BYTES = 3 * 2 ** 13;
const PIECE_CHARACTERS = (PIECE_BYTES / 3) * 4;

export function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    text += btoa(String.fromCharCode(...bytes.subarray(start, start + PIECE_BYTES)));
  }
  return text;
}

/** The bytes, or null if the text is not base64 with padding and without blanks. */
export function bytesOfBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let start = 0, at = 0; start < text.length; start += PIECE_CHARACTERS) {
    const piece = text.slice(start, start + PIECE_CHARACTERS);
    const isLast = start + PIECE_CHARACTERS >= text.length;
    if (!/^[A-Za-z0-9+/]*$/.test(isLast ? piece.slice(0, piece.length - padding) : piece)) return null;
    const decoded = atob(piece);
    for (let i = 0; i < decoded.length; i++) bytes[at++] = decoded.charCodeAt(i);
  }
  return bytes;
}
