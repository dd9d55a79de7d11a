// Asks somebody else's programs whether credentials are genuine. Nothing is fetched:
// all documents come in by standard input, and any other address is an error.
//
// in:  {"documents": {address: JSON}, "credentials": [JSON], "now": ISO time}
// out: [{"verified": true} or {"verified": false, "why": [text]}]

import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as statusList from '@digitalbazaar/vc-bitstring-status-list';
import * as vc from '@digitalbazaar/vc';
import {text} from 'node:stream/consumers';

const asked = JSON.parse(await text(process.stdin));

async function documentLoader(address) {
  const whole = asked.documents[address] ?? asked.documents[address.split('#')[0]];
  if (whole === undefined) {
    throw new Error(`Not among the documents: ${address}`);
  }
  const method = whole.verificationMethod?.find(({id}) => id === address);
  const document = method
    ? {'@context': 'https://w3id.org/security/multikey/v1', ...method} : whole;
  return {contextUrl: null, documentUrl: address, document};
}

function reasons(error) {
  const errors = [error, ...(error?.errors ?? []), ...(error?.cause?.errors ?? [])];
  return errors.filter(Boolean).map(({message}) => message);
}

const suite = new DataIntegrityProof({cryptosuite});
const now = new Date(asked.now);

// The library would hold the list against the clock of this machine.
async function checkStatus({credential}) {
  const {document} =
    await documentLoader(credential.credentialStatus.statusListCredential);
  const list = await vc.verifyCredential(
    {credential: document, suite, documentLoader, now});
  if (!list.verified) {
    return list;
  }
  const found = await statusList.checkStatus({credential, documentLoader,
    suite, verifyBitstringStatusListCredential: false});
  const ended = found.verified && found.results.some(({status}) => status);
  return ended ? {verified: false, error: new Error('It has ended.')} : found;
}

async function verify(credential) {
  const {verified, error, statusResult} = await vc.verifyCredential({
    credential, suite, documentLoader, now,
    checkStatus: credential.credentialStatus && checkStatus,
  });
  return verified
    ? {verified} : {verified, why: reasons(error ?? statusResult?.error)};
}

const answers = [];
for (const credential of asked.credentials) {
  answers.push(await verify(credential));
}
process.stdout.write(JSON.stringify(answers));
