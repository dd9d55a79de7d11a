// Is this credential, word for word, what a key of ours signed? Data Integrity, eddsa-rdfc-2022.
import { concat, fromBase58, inflate, fromBase64, sha256, hex, toBytes } from "./bytes.js";
import { canonical, canonicalProof } from "./profile.js";

// {finding, key}; `keys` are the published ones. Never throws.
export async function checkCredential(credential, { keys, profile }) {
  try {
    const { proof, ...document } = credential;
    const { proofValue, "@context": context, ...options } = proof;
    if (context && JSON.stringify(context) !== JSON.stringify(document["@context"])) throw new Error();
    const issuer = document.issuer.id ?? document.issuer;
    const [did, name] = options.verificationMethod.split("#");
    if (did !== issuer || options.cryptosuite !== "eddsa-rdfc-2022") throw new Error();
    const digest = await digestOf(document, options, profile);
    const key = keys.find((one) => one.public === name);
    if (!key) return { finding: "foreign" };
    if (!(await isSigned(name, fromBase58(proofValue), digest))) return { finding: "altered" };
    const finding = key.is_compromised ? "compromised" : key.is_development ? "development" : "intact";
    return { finding, key };
  } catch (error) {
    return { finding: error.name === "NotSupportedError" ? "unsupported" : "no_credential" };
  }
}

async function digestOf(document, options, profile) {
  const name = document.type.at(-1);
  if (!Object.hasOwn(profile.contexts, name)) throw new Error("not our type");
  const texts = [canonicalProof(options, profile), canonical(document, name, profile)];
  return concat(...(await Promise.all(texts.map((one) => sha256(toBytes(one))))));
}

async function isSigned(name, signature, data) {
  const multikey = fromBase58(name);
  if (multikey.length !== 34 || hex(multikey.subarray(0, 2)) !== "ed01") throw new Error("no such key");
  const key = await crypto.subtle.importKey("raw", multikey.subarray(2), "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", key, signature, data);
}

// Is the name on the slip the one that the credential holds only as a hash?
export async function isAbout(credential, { name, secret }) {
  const told = `${secret} ${name.trim().split(/\s+/).join(" ").normalize("NFC")}`;
  const found = credential.credentialSubject?.identifier?.[0]?.identityHash;
  return found === `sha256$${hex(await sha256(toBytes(told)))}`;
}

// Did it end, as far as this list knows? Null when the list is another one.
export async function hasEnded(credential, list) {
  const status = credential.credentialStatus;
  if (!status || status.statusListCredential !== list?.id) return null;
  const bits = await inflate(fromBase64(list.credentialSubject.encodedList.slice(1)), "gzip");
  const index = Number(status.statusListIndex);
  return Boolean(bits[index >> 3] & (0x80 >> index % 8));
}
