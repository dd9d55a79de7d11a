// The credential and the slip with the holder's name, out of whatever file they came in.
import { hex, inflate, latin1, utf8 } from "./bytes.js";

const EMBEDDED = /<<\/Type \/EmbeddedFile[^\r\n]*>>\s*stream\r?\n/g;
const PNG = "89504e470d0a1a0a";

// What lies in a PDF whose seal holds; JSON that is neither of the two is passed over.
export async function enclosedInPdf(bytes) {
  const text = latin1(bytes);
  const found = {};
  for (const match of text.matchAll(EMBEDDED)) {
    const start = match.index + match[0].length;
    const length = Number(match[0].match(/\/Length (\d+)/)[1]);
    const stream = bytes.subarray(start, start + length);
    const data = match[0].includes("/FlateDecode") ? await inflate(stream, "deflate") : stream;
    sort(parsed(utf8(data)), found);
  }
  return found;
}

function sort(json, found) {
  if (json?.["@context"]) found.credential = json;
  else if (json?.secret && json?.name) found.slip = json;
}

// A credential as JSON, in a picture (PNG, chunk iTXt) or in an SVG. Null when there is none.
export async function credentialIn(bytes) {
  if (hex(bytes.subarray(0, 8)) === PNG) return parsed(await inPng(bytes));
  const plain = utf8(bytes);
  if (/^\s*<(\?xml|svg)/.test(plain)) return parsed(inSvg(plain));
  return parsed(plain);
}

async function inPng(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const data = bytes.subarray(at + 8, at + 8 + view.getUint32(at));
    const [keyword] = latin1(data).split("\0", 1);
    if (latin1(bytes.subarray(at + 4, at + 8)) !== "iTXt" || keyword !== "openbadgecredential") continue;
    const isPacked = data[keyword.length + 1] === 1;
    let start = keyword.length + 3;
    // Past the language and the translated keyword.
    for (const _text of [1, 2]) start = data.indexOf(0, start) + 1;
    const packed = data.subarray(start);
    return utf8(isPacked ? await inflate(packed, "deflate") : packed);
  }
  return "";
}

function inSvg(text) {
  const page = new DOMParser().parseFromString(text, "image/svg+xml");
  const [found] = page.getElementsByTagNameNS("https://purl.imsglobal.org/ob/v3p0", "credential");
  return found?.textContent ?? "";
}

function parsed(text) {
  try {
    const json = JSON.parse(text);
    return json && typeof json === "object" ? json : null;
  } catch {
    return null;
  }
}
