// Bytes as text of several kinds, and back. Whatever cannot be read throws.
// One character a byte, so that places stay the same; only those below 128 are meant.
export const latin1 = (bytes) => new TextDecoder("latin1").decode(bytes);

export const utf8 = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

export const toBytes = (text) => new TextEncoder().encode(text);

export const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");

export function fromHex(digits) {
  if (digits.length % 2 || /[^0-9a-f]/.test(digits)) throw new Error("not hexadecimal");
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function fromBase64(text) {
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
}

const BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

// Multibase in base 58 (`z...`), as signatures and keys of credentials are written.
export function fromBase58(text) {
  if (!/^z[1-9A-HJ-NP-Za-km-z]{1,200}$/.test(text)) throw new Error("not base 58");
  let number = 0n;
  for (const digit of text.slice(1)) number = number * 58n + BigInt(BITCOIN.indexOf(digit));
  const zeros = text.slice(1).match(/^1*/)[0].length;
  const digits = number ? number.toString(16) : "";
  return concat(new Uint8Array(zeros), fromHex(digits.padStart(digits.length + (digits.length % 2), "0")));
}

export function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

// `kind` is "gzip" or "deflate" (zlib).
export async function inflate(bytes, kind) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(kind));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
