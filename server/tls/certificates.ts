/**
 * Makes the certificates of the local CA (RFC 5280), because node:crypto can only read certificates. This module is
 * loaded only when a certificate has to be made.
 */
import { createHash, createPublicKey, type KeyObject, randomBytes, sign, X509Certificate } from "node:crypto";
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

/** The largest allowed difference between two clocks, such as those of a host and its virtual machine. */
const skewMilliseconds = 60 * 60 * 1000;

/**
 * Makes the certificate of a CA that may sign certificates of servers, but not of other CAs. It is valid for ten years.
 * @param key the CA's private key, P-256
 * @param permitted the DNS names that it may sign, including their subdomains, and addresses as CIDR blocks
 * @returns the certificate in PEM format
 */
export function makeAuthority(key: KeyObject, permitted: readonly string[], now: Date): string {
  const name = authorityName(key);
  const subtrees = permitted.map((text) => new GeneralSubtree({ base: toGeneralName(text) }));
  return signCertificate(key, {
    issuer: name,
    subject: name,
    validity: validityFrom(now, 3652),
    subjectPublicKeyInfo: publicKeyOf(key),
    extensions: new Extensions([
      makeExtension(id_ce_basicConstraints, new BasicConstraints({ cA: true, pathLenConstraint: 0 }), true),
      makeExtension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.keyCertSign), true),
      makeExtension(
        id_ce_nameConstraints,
        new NameConstraints({ permittedSubtrees: new GeneralSubtrees(subtrees) }),
        true,
      ),
      makeExtension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdOf(key))),
    ]),
  });
}

/**
 * Makes a server's certificate. It is valid for 397 days, because clients such as Apple's accept at most 398.
 * @param names DNS names and addresses of the server
 * @returns the certificate in PEM format
 */
export function makeServerCertificate(
  authorityKey: KeyObject,
  key: KeyObject,
  names: readonly string[],
  now: Date,
): string {
  const authority = new AuthorityKeyIdentifier({ keyIdentifier: new SubjectKeyIdentifier(keyIdOf(authorityKey)) });
  return signCertificate(authorityKey, {
    issuer: authorityName(authorityKey),
    subject: distinguishedName("apple-enrollment"),
    validity: validityFrom(now, 397),
    subjectPublicKeyInfo: publicKeyOf(key),
    extensions: new Extensions([
      makeExtension(id_ce_basicConstraints, new BasicConstraints({ cA: false }), true),
      makeExtension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature), true),
      makeExtension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth])),
      makeExtension(id_ce_subjectAltName, new SubjectAlternativeName(names.map(toGeneralName))),
      makeExtension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdOf(key))),
      makeExtension(id_ce_authorityKeyIdentifier, authority),
    ]),
  });
}

/** Returns the names and CIDR blocks that a CA may sign. @param der the CA's certificate in DER format */
export function permittedBy(der: Uint8Array): readonly string[] {
  const { extensions } = AsnConvert.parse(der, Certificate).tbsCertificate;
  const found = extensions?.find(({ extnID }) => extnID === id_ce_nameConstraints);
  if (found === undefined) return [];
  const { permittedSubtrees } = AsnConvert.parse(found.extnValue.buffer, NameConstraints);
  return (permittedSubtrees ?? []).map(({ base }) => base.dNSName ?? base.iPAddress ?? "");
}

type CertificateContent = Required<
  Pick<TBSCertificate, "issuer" | "subject" | "validity" | "subjectPublicKeyInfo" | "extensions">
>;

function signCertificate(key: KeyObject, content: CertificateContent): string {
  // ecdsa-with-SHA256 (RFC 5758, 3.2)
  const signature = new AlgorithmIdentifier({ algorithm: "1.2.840.10045.4.3.2" });
  const tbsCertificate = new TBSCertificate({ ...content, version: Version.v3, serialNumber: newSerial(), signature });
  const signatureValue = sign("sha256", new Uint8Array(AsnConvert.serialize(tbsCertificate)), key);
  const der = AsnConvert.serialize(
    new Certificate({ tbsCertificate, signatureAlgorithm: signature, signatureValue: toArrayBuffer(signatureValue) }),
  );
  return new X509Certificate(Buffer.from(der)).toString();
}

function makeExtension(extnID: string, value: object, critical = false): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

function toGeneralName(text: string): GeneralName {
  const [address = ""] = text.split("/");
  return new GeneralName(isIP(address) === 0 ? { dNSName: text } : { iPAddress: text });
}

/** Makes a unique name for each CA, because trust stores look up a CA by its name. */
function authorityName(key: KeyObject): Name {
  return distinguishedName(`apple-enrollment local CA ${keyIdOf(key).toString("hex", 0, 4)}`);
}

function distinguishedName(commonName: string): Name {
  const value = new AttributeValue({ utf8String: commonName });
  return new Name([new RelativeDistinguishedName([new AttributeTypeAndValue({ type: "2.5.4.3", value })])]);
}

function validityFrom(now: Date, days: number): Validity {
  return new Validity({
    notBefore: new Date(now.getTime() - skewMilliseconds),
    notAfter: new Date(now.getTime() + days * dayMilliseconds),
  });
}

/** A random positive number of at most 20 bytes (RFC 5280, 4.1.2.2). */
function newSerial(): ArrayBuffer {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return toArrayBuffer(bytes);
}

function publicKeyOf(key: KeyObject): SubjectPublicKeyInfo {
  return AsnConvert.parse(createPublicKey(key).export({ type: "spki", format: "der" }), SubjectPublicKeyInfo);
}

/** Returns the key identifier: the leftmost 160 bits of the public key's SHA-256 hash (RFC 7093, 2). */
function keyIdOf(key: KeyObject): Buffer {
  const { subjectPublicKey } = publicKeyOf(key);
  return createHash("sha256").update(new Uint8Array(subjectPublicKey)).digest().subarray(0, 20);
}

/** Copies the bytes, because a Buffer may use only a part of its ArrayBuffer. */
function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
