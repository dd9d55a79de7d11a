// Is this PDF, to its last byte, what we sealed? By bytes, as certificates/seal/seal_check.py does it.
import { concat, fromHex, hex, latin1, sha256 } from "./bytes.js";
import { isSignedBy, readCertificate, readSeal } from "./cms.js";

const SEAL = new RegExp(
  "<</Type /Sig/Filter /Adobe\\.PPKLite/SubFilter /ETSI\\.CAdES\\.detached" +
    "/M \\(D:(\\d{14})\\+00'00'\\)/Reason \\(([^()\\\\\\r\\n]*)\\)" +
    "/Reference \\[<</Type /SigRef/TransformMethod /DocMDP" +
    "/TransformParams <</Type /TransformParams/P 1/V /1\\.2>>>>\\]" +
    "/ByteRange \\[0 (\\d{10}) (\\d{10}) (\\d{10})\\]/Contents <([0-9a-f]+)>>>",
  "g",
);

// {finding, key, sealedAt, number}; `keys` are the published ones. Never throws.
export async function checkSeal(bytes, keys) {
  const text = latin1(bytes);
  if (!text.startsWith("%PDF-")) return { finding: "not_pdf" };
  if (/\/Encrypt\s+\d+\s+\d+\s+R/.test(text)) return { finding: "encrypted" };
  if (!text.includes("/ByteRange")) return { finding: "unsealed" };
  try {
    return await lookInto(bytes, text, keys);
  } catch {
    // Whatever cannot even be read is not what we sealed.
    return { finding: "altered" };
  }
}

async function lookInto(bytes, text, keys) {
  const places = [...text.matchAll(SEAL)];
  const known = keys.map((key) => ({ ...key, own: readCertificate(key.certificates[0]) }));
  if (places.length !== 1) {
    const isOurs = known.some(({ own }) => text.toLowerCase().includes(hex(own.bytes)));
    return { finding: isOurs ? "altered" : "foreign" };
  }
  const [place] = places;
  const [start, end, rest] = [3, 4, 5].map((group) => Number(place[group]));
  // The seal covers everything but its own digits: nothing before, between or after is left out.
  const close = place.index + place[0].length - 2;
  const isWhole = start === close - place[6].length - 2 && end === close && end + rest === bytes.length;
  if (!isWhole) return { finding: "altered" };
  const seal = readSeal(fromHex(place[6]));
  const digest = await sha256(concat(bytes.subarray(0, start), bytes.subarray(end)));
  const key = known.find(({ own }) => seal.certificates.some((one) => hex(one) === hex(own.bytes)));
  if (!key) return { finding: "foreign" };
  if (!hasChainOf(seal, key) || !(await isSignedBy(seal, key.own, digest))) return { finding: "altered" };
  const sealedAt = instant(place[1]);
  const isLate = key.compromised_at && sealedAt >= new Date(key.compromised_at);
  const finding = isLate ? "compromised" : key.is_development ? "development" : "intact";
  return { finding, key, sealedAt, number: place[2] };
}

// The certificates beside the signature are those published with the key, and no other.
function hasChainOf(seal, key) {
  const published = key.certificates.map((one) => hex(readCertificate(one).bytes));
  return published.sort().join() === seal.certificates.map(hex).sort().join();
}

function instant(digits) {
  const [, ...parts] = digits.match(/(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/).map(Number);
  return new Date(Date.UTC(parts[0], parts[1] - 1, ...parts.slice(2)));
}
