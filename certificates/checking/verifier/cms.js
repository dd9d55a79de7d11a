// A seal as ours is written: CMS SignedData, one signer, P-256 with SHA-256 (RFC 5652, PAdES B-B).
import { concat, fromBase64, hex, sha256 } from "./bytes.js";
import { opened, readBox } from "./der.js";

const [INTEGER, OCTETS, OID, SEQUENCE, SET] = [0x02, 0x04, 0x06, 0x30, 0x31];
const [FIRST, SECOND] = [0xa0, 0xa1];
const SIGNED_DATA = "06092a864886f70d010702";
const DATA = "06092a864886f70d010701";
const SHA256 = "300d06096086480165030402010500";
const ECDSA_SHA256 = "300a06082a8648ce3d040302";
const CONTENT_TYPE = "06092a864886f70d010903";
const MESSAGE_DIGEST = "06092a864886f70d010904";
const SIGNING_CERTIFICATE = "060b2a864886f70d010910022f";

// {own, certificates, info}; throws when anything is written in another way.
export function readSeal(bytes) {
  const box = readBox(bytes);
  if (bytes.subarray(box.size).some(Boolean)) throw new Error("something stands after the seal");
  const [kind, wrapped] = opened(box, SEQUENCE, OID, FIRST);
  is(kind, SIGNED_DATA);
  const [signed] = opened(wrapped, FIRST, SEQUENCE);
  const [version, digests, content, certificates, signers] = opened(
    signed, SEQUENCE, INTEGER, SET, SEQUENCE, FIRST, SET,
  );
  is(version, "020101");
  is(opened(digests, SET, SEQUENCE)[0], SHA256);
  is(opened(content, SEQUENCE, OID)[0], DATA);
  const [signer] = opened(signers, SET, SEQUENCE);
  return { certificates: opened(certificates, FIRST).map((one) => one.whole), ...readSigner(signer) };
}

function readSigner(signer) {
  const parts = opened(signer, SEQUENCE);
  const tags = [INTEGER, SEQUENCE, SEQUENCE, FIRST, SEQUENCE, OCTETS];
  if (parts.length > 6) tags.push(SECOND);
  const [version, name, digest, attributes, algorithm, signature] = opened(signer, SEQUENCE, ...tags);
  is(version, "020101");
  is(digest, SHA256);
  is(algorithm, ECDSA_SHA256);
  const [issuer, serial] = opened(name, SEQUENCE, SEQUENCE, INTEGER);
  return { issuer, serial, attributes, signature: signature.inside, isStamped: parts.length > 6 };
}

// Whose certificate it is, in base 64 as published: its name, number and public key.
export function readCertificate(text) {
  const bytes = fromBase64(text);
  const [body] = opened(readBox(bytes), SEQUENCE);
  const [, serial, , issuer, , , key] = opened(body, SEQUENCE);
  return { bytes, serial, issuer, key: key.whole };
}

// Did the key of this certificate sign exactly this digest, naming the certificate itself?
export async function isSignedBy(seal, certificate, digest) {
  if (hex(seal.issuer.whole) !== hex(certificate.issuer.whole)) return false;
  if (hex(seal.serial.whole) !== hex(certificate.serial.whole)) return false;
  const attributes = attributesOf(seal.attributes);
  if (hex(attributes.get(CONTENT_TYPE).whole) !== DATA) return false;
  if (hex(attributes.get(MESSAGE_DIGEST).inside) !== hex(digest)) return false;
  const print = hex(await sha256(certificate.bytes));
  if (signingCertificate(attributes.get(SIGNING_CERTIFICATE)) !== print) return false;
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("spki", certificate.key, algorithm, false, ["verify"]);
  // What was signed is the set of attributes under its own tag, not under the place's.
  const signed = concat(Uint8Array.of(SET), seal.attributes.whole.subarray(1));
  return crypto.subtle.verify(algorithm, key, rawSignature(seal.signature), signed);
}

function attributesOf(box) {
  const found = new Map();
  for (const one of opened(box, FIRST)) {
    const [kind, values] = opened(one, SEQUENCE, OID, SET);
    if (found.has(hex(kind.whole))) throw new Error("an attribute stands twice");
    found.set(hex(kind.whole), readBox(values.inside));
  }
  return found;
}

// ESS signing-certificate-v2: the fingerprint of the first certificate; SHA-256 is the default.
function signingCertificate(box) {
  const [list] = opened(box, SEQUENCE);
  const [first] = opened(list, SEQUENCE);
  const parts = opened(first, SEQUENCE);
  return hex((parts[0].tag === OCTETS ? parts[0] : parts[1]).inside);
}

// Two numbers of 32 bytes, as WebCrypto wants them.
function rawSignature(der) {
  const numbers = opened(readBox(der), SEQUENCE, INTEGER, INTEGER);
  const raw = numbers.map(({ inside }) => {
    const plain = inside[0] === 0 ? inside.subarray(1) : inside;
    return concat(new Uint8Array(32 - plain.length), plain);
  });
  return concat(...raw);
}

function is(box, digits) {
  if (hex(box.whole) !== digits) throw new Error("something else was expected");
}
