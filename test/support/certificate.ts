/**
 * A certificate for this machine, made as the tests run: Node makes keys but no certificates, and a machine of the tests has no
 * other tool for it. Browsers are told to trust it (`ignoreHTTPSErrors`).
 */
import {generateKeyPairSync, sign} from 'node:crypto';

/** Object identifiers, as X.690 encodes them. */
const ECDSA_WITH_SHA256 = '06082a8648ce3d040302';
const COMMON_NAME = '0603550403';

const DAY = 86_400_000;

/** @returns key and certificate in PEM, as `https.createServer` takes them; good for a day */
export function createCertificate(): {key: string; cert: string} {
  const {privateKey, publicKey} = generateKeyPairSync('ec', {namedCurve: 'prime256v1'});
  const algorithm = sequence(hex(ECDSA_WITH_SHA256));
  const name = sequence(element(0x31, sequence(hex(COMMON_NAME), element(0x0c, Buffer.from('localhost')))));
  // RFC 5280, section 4.1
  const content = sequence(
    element(0xa0, integer(2)),
    integer(Date.now() % 2 ** 30),
    algorithm,
    name,
    sequence(time(Date.now() - DAY), time(Date.now() + DAY)),
    name,
    publicKey.export({type: 'spki', format: 'der'}),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', content, privateKey)]);
  const certificate = sequence(content, algorithm, element(0x03, signature));
  return {
    key: privateKey.export({type: 'pkcs8', format: 'pem'}).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}

/** Tag, length, content: X.690, section 8.1. */
function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const {length} = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Buffer[]) => element(0x30, ...parts);
const hex = (text: string) => Buffer.from(text, 'hex');

/** @param value below 2 ** 31 */
function integer(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  // As few bytes as tell the sign.
  const start = [0, 1, 2].find((index) => bytes[index] !== 0 || (bytes[index + 1] as number) > 127) ?? 3;
  return element(0x02, bytes.subarray(start));
}

/** YYMMDDHHMMSSZ */
function time(unix: number): Buffer {
  const digits = new Date(unix).toISOString().replace(/\.\d+|[-:T]/g, '');
  return element(0x17, Buffer.from(digits.slice(2)));
}
