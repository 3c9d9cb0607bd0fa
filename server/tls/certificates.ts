/**
 * The certificates of the local CA, as RFC 5280 wants them. Loaded only where one has to be made: node:crypto reads
 * certificates, but makes none.
 */
import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_serverAuth,
  KeyUsage,
  KeyUsageFlags,
  Name,
  NameConstraints,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from "@peculiar/asn1-x509";

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** What clocks that disagree, as those of a host and its virtual machines, may differ by. */
const skewMilliseconds = 60 * 60 * 1000;

/**
 * A CA that signs certificates of servers and no other CA's, for ten years.
 * @param key its private key, P-256
 * @param permitted the only names it may vouch for, and all below them; addresses as CIDR blocks
 * @returns PEM
 */
export function makeAuthority(key: KeyObject, permitted: readonly string[], now: Date): string {
  const name = authorityName(key);
  const subtrees = permitted.map((text) => new GeneralSubtree({ base: generalName(text) }));
  return signed(key, {
    issuer: name,
    subject: name,
    validity: validity(now, 3652),
    subjectPublicKeyInfo: publicKeyOf(key),
    extensions: new Extensions([
      extension(id_ce_basicConstraints, new BasicConstraints({ cA: true, pathLenConstraint: 0 }), true),
      extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.keyCertSign), true),
      extension(id_ce_nameConstraints, new NameConstraints({ permittedSubtrees: new GeneralSubtrees(subtrees) }), true),
      extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdOf(key))),
    ]),
  });
}

/**
 * A server's certificate. It lives 397 days: clients such as Apple's refuse more than 398.
 * @param names what it is valid for: DNS names and addresses
 * @returns PEM
 */
export function makeServerCertificate(
  authorityKey: KeyObject,
  key: KeyObject,
  names: readonly string[],
  now: Date,
): string {
  const authority = new AuthorityKeyIdentifier({ keyIdentifier: new SubjectKeyIdentifier(keyIdOf(authorityKey)) });
  return signed(authorityKey, {
    issuer: authorityName(authorityKey),
    subject: nameOf("apple-enrollment"),
    validity: validity(now, 397),
    subjectPublicKeyInfo: publicKeyOf(key),
    extensions: new Extensions([
      extension(id_ce_basicConstraints, new BasicConstraints({ cA: false }), true),
      extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature), true),
      extension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth])),
      extension(id_ce_subjectAltName, new SubjectAlternativeName(names.map(generalName))),
      extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdOf(key))),
      extension(id_ce_authorityKeyIdentifier, authority),
    ]),
  });
}

/** The names and CIDR blocks that a CA may vouch for. @param der its certificate */
export function permittedBy(der: Uint8Array): readonly string[] {
  const { extensions } = AsnConvert.parse(der, Certificate).tbsCertificate;
  const found = extensions?.find(({ extnID }) => extnID === id_ce_nameConstraints);
  if (found === undefined) return [];
  const { permittedSubtrees } = AsnConvert.parse(found.extnValue.buffer, NameConstraints);
  return (permittedSubtrees ?? []).map(({ base }) => base.dNSName ?? base.iPAddress ?? "");
}

type Content = Required<
  Pick<TBSCertificate, "issuer" | "subject" | "validity" | "subjectPublicKeyInfo" | "extensions">
>;

function signed(key: KeyObject, content: Content): string {
  // ecdsa-with-SHA256 (RFC 5758, 3.2)
  const signature = new AlgorithmIdentifier({ algorithm: "1.2.840.10045.4.3.2" });
  const tbsCertificate = new TBSCertificate({ ...content, version: Version.v3, serialNumber: newSerial(), signature });
  const signatureValue = sign("sha256", new Uint8Array(AsnConvert.serialize(tbsCertificate)), key);
  const der = AsnConvert.serialize(
    new Certificate({ tbsCertificate, signatureAlgorithm: signature, signatureValue: bufferOf(signatureValue) }),
  );
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

function extension(extnID: string, value: object, critical = false): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

function generalName(text: string): GeneralName {
  const [address = ""] = text.split("/");
  return new GeneralName(isIP(address) === 0 ? { dNSName: text } : { iPAddress: text });
}

/** Each CA has a name of its own: a store of several would else take one for the other. */
function authorityName(key: KeyObject): Name {
  return nameOf(`apple-enrollment local CA ${keyIdOf(key).toString("hex", 0, 4)}`);
}

function nameOf(commonName: string): Name {
  const value = new AttributeValue({ utf8String: commonName });
  return new Name([new RelativeDistinguishedName([new AttributeTypeAndValue({ type: "2.5.4.3", value })])]);
}

function validity(now: Date, days: number): Validity {
  return new Validity({
    notBefore: new Date(now.getTime() - skewMilliseconds),
    notAfter: new Date(now.getTime() + days * dayMilliseconds),
  });
}

/** A positive number of at most 20 bytes, not to be guessed (RFC 5280, 4.1.2.2). */
function newSerial(): ArrayBuffer {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return bufferOf(bytes);
}

function publicKeyOf(key: KeyObject): SubjectPublicKeyInfo {
  return AsnConvert.parse(createPublicKey(key).export({ type: "spki", format: "der" }), SubjectPublicKeyInfo);
}

/** RFC 7093, 2: the leftmost 160 bits of the SHA-256 of the public key. */
function keyIdOf(key: KeyObject): Buffer {
  const { subjectPublicKey } = publicKeyOf(key);
  return createHash("sha256").update(new Uint8Array(subjectPublicKey)).digest().subarray(0, 20);
}

/** Bytes in a buffer of their own: those of a Buffer may lie in a larger one. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
