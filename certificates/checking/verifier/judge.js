// From a file to one answer: {finding, claims, ...}; the words are the page's.
import { latin1 } from "./bytes.js";
import { checkCredential, hasEnded, isAbout } from "./credential.js";
import { credentialIn, enclosedInPdf } from "./enclosed.js";
import { checkSeal } from "./seal.js";

const LARGEST = 10 * 1024 * 1024;

export async function judge(bytes, data) {
  if (!bytes.length) return { finding: "empty" };
  if (bytes.length > LARGEST) return { finding: "too_large" };
  if (latin1(bytes.subarray(0, 1024)).includes("%PDF-")) return judgePdf(bytes, data);
  const credential = await credentialIn(bytes).catch(() => null);
  if (!credential) return { finding: "not_ours" };
  const { finding } = await checkCredential(credential, trusted(data));
  if (credential.type?.includes("BitstringStatusListCredential")) {
    return { finding: finding === "intact" ? "list" : finding, list: credential };
  }
  return withStatus({ finding }, credential, data);
}

async function judgePdf(bytes, data) {
  const seal = await checkSeal(bytes, data.seals);
  if (!["intact", "development"].includes(seal.finding)) return { finding: seal.finding };
  const { credential, slip } = await enclosedInPdf(bytes).catch(() => ({}));
  const found = { ...seal, isPdf: true };
  if (!credential) return { ...found, finding: "no_credential" };
  const { finding } = await checkCredential(credential, trusted(data));
  const holder = slip && (await isAbout(credential, slip)) ? slip.name : "";
  // The seal vouches for the bytes; where this browser knows no Ed25519, for the credential, too.
  const isLess = finding !== "intact" && finding !== "unsupported";
  return withStatus({ ...found, finding: isLess ? finding : seal.finding, holder }, credential, data);
}

async function withStatus(answer, credential, data) {
  if (answer.finding !== "intact") return answer;
  const list = await newest(data, credential);
  const found = { ...answer, credential, list };
  if (list && (await hasEnded(credential, list))) return { ...found, finding: "ended" };
  const until = credential.validUntil && new Date(credential.validUntil);
  if (until && until < new Date()) return { ...found, finding: "expired", until };
  return found;
}

// A list counts only when it is signed like a credential.
async function newest(data, credential) {
  const address = credential.credentialStatus?.statusListCredential;
  const lists = data.lists.filter((one) => one.id === address);
  lists.sort((a, b) => new Date(b.validFrom) - new Date(a.validFrom));
  for (const list of lists) {
    const { finding } = await checkCredential(list, trusted(data));
    if (finding === "intact" || finding === "unsupported") return list;
  }
  return null;
}

const trusted = ({ credentials, profile }) => ({ keys: credentials, profile });
