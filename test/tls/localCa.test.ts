/** Tests when the local CA and its server certificate are created, renewed and refused. The tests set the clock years ahead. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { connect } from "node:tls";
import { promisify } from "node:util";
import { AsnConvert } from "@peculiar/asn1-schema";
import { BasicConstraints, Certificate, id_ce_basicConstraints } from "@peculiar/asn1-x509";
import { StartRefused } from "../../server/shared/startRefused.ts";
import { makeServerCertificate } from "../../server/tls/certificates.ts";
import { loadLocalCredentials } from "../../server/tls/local.ts";
import { trustCommand } from "../../server/tls/trust.ts";
import { newKey } from "../support/certificates.ts";
import { temporaryFolder } from "../support/setting.ts";

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));
let folders = 0;
const newDataDir = () => join(folder, `data-${folders++}`);
const read = (dataDir: string, name: string) => readFileSync(join(dataDir, "tls", name), "utf8");
const day = 24 * 60 * 60 * 1000;
const now = new Date();
const later = (days: number) => new Date(now.getTime() + days * day);

describe("the server certificate", () => {
  test("the server certificate is signed by the local CA for servers with loopback names, and is valid for at most 398 days", async () => {
    const dataDir = newDataDir();
    const { cert, key } = await loadLocalCredentials(dataDir, "127.0.0.1", now);
    const [leaf, ca] = [new X509Certificate(cert), new X509Certificate(read(dataDir, "ca.pem"))];
    assert.ok(leaf.checkIssued(ca) && leaf.verify(ca.publicKey) && leaf.checkPrivateKey(createPrivateKey(key)));
    assert.ok(ca.ca && !leaf.ca);
    assert.deepEqual(leaf.keyUsage, ["1.3.6.1.5.5.7.3.1"]);
    assert.equal(leaf.subjectAltName, "DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1");
    assert.ok(leaf.validToDate.getTime() - leaf.validFromDate.getTime() <= 398 * day);
    assert.ok(ca.validToDate > later(3650));
  });
  test("the server certificate is used until 30 days before it expires, and is then renewed by the same CA", async () => {
    const dataDir = newDataDir();
    const first = await loadLocalCredentials(dataDir, "127.0.0.1", now);
    const ca = read(dataDir, "ca.pem");
    assert.deepEqual(await loadLocalCredentials(dataDir, "127.0.0.1", later(366)), first);
    const renewed = await loadLocalCredentials(dataDir, "127.0.0.1", later(368));
    assert.notEqual(renewed.cert, first.cert);
    assert.equal(read(dataDir, "cert.pem"), renewed.cert);
    assert.ok(new X509Certificate(renewed.cert).validToDate > later(760));
    assert.equal(read(dataDir, "ca.pem"), ca);
  });
  test("the server certificate is replaced if it is not valid yet, because the clock was wrong", async () => {
    const dataDir = newDataDir();
    await loadLocalCredentials(dataDir, "127.0.0.1", now);
    const ca = read(dataDir, "ca.pem");
    const early = await loadLocalCredentials(dataDir, "127.0.0.1", later(380));
    const renewed = await loadLocalCredentials(dataDir, "127.0.0.1", now);
    assert.notEqual(renewed.cert, early.cert);
    assert.ok(new X509Certificate(renewed.cert).validFromDate <= now);
    assert.equal(read(dataDir, "ca.pem"), ca);
  });
  for (const [host, alternative] of [
    ["0.0.0.0", "IP Address:0.0.0.0"],
    ["192.168.7.9", "IP Address:192.168.7.9"],
    ["::", "IP Address:0:0:0:0:0:0:0:0"],
    ["fe80::1%eth0", "IP Address:FE80:0:0:0:0:0:0:1"],
  ] as const) {
    test(`the server certificate is renewed by the same CA if HOST changes to ${host}`, async () => {
      const dataDir = newDataDir();
      await loadLocalCredentials(dataDir, "127.0.0.1", now);
      const ca = read(dataDir, "ca.pem");
      const { cert } = await loadLocalCredentials(dataDir, host, now);
      assert.ok(new X509Certificate(cert).subjectAltName?.endsWith(`, ${alternative}`));
      assert.equal((await loadLocalCredentials(dataDir, host, now)).cert, cert);
      assert.equal(read(dataDir, "ca.pem"), ca);
    });
  }
  test("the server certificate is replaced if it is damaged or signed by another CA", async () => {
    const dataDir = newDataDir();
    const key = createPrivateKey((await loadLocalCredentials(dataDir, "127.0.0.1", now)).key);
    const otherCertificate = makeServerCertificate(
      createPrivateKey(newKey()),
      key,
      ["localhost", "127.0.0.1", "::1"],
      now,
    );
    for (const text of ["garbage", otherCertificate]) {
      writeFileSync(join(dataDir, "tls", "cert.pem"), text);
      const { cert } = await loadLocalCredentials(dataDir, "127.0.0.1", now);
      assert.ok(new X509Certificate(cert).verify(new X509Certificate(read(dataDir, "ca.pem")).publicKey));
    }
  });
});

describe("the local CA", () => {
  test("signs only for this machine, private networks, and the HOST for which it was created", async () => {
    const dataDir = newDataDir();
    await loadLocalCredentials(dataDir, "Service.Example", now);
    await loadLocalCredentials(dataDir, "10.1.2.3", now);
    await loadLocalCredentials(dataDir, "service.example", now);
    for (const host of ["other.example", "203.0.113.5", "2001:db8::1"]) {
      await assert.rejects(loadLocalCredentials(dataDir, host, now), (error) => {
        assert.ok(error instanceof StartRefused);
        assert.ok(
          error.message.includes(`is not allowed to sign a certificate for HOST '${host}'. Set TLS_CERT and TLS_KEY`),
          error.message,
        );
        return true;
      });
    }
    // Clients enforce these name constraints, so a stolen CA key is of little use.
    const [authorityKey, key] = [createPrivateKey(read(dataDir, "ca-key.pem")), newKey()];
    for (const [name, refusal] of [
      ["other.example", "permitted subtree violation"],
      ["service.example", undefined],
    ] as const) {
      const cert = makeServerCertificate(authorityKey, createPrivateKey(key), [name], new Date());
      assert.equal(await refusalOf(cert, key, read(dataDir, "ca.pem"), name), refusal);
    }
  });
  test("signs for the IPv6 address in HOST for which it was created, but for no other address of its network", async () => {
    const dataDir = newDataDir();
    await loadLocalCredentials(dataDir, "2001:db8::1", now);
    const [authorityKey, key] = [createPrivateKey(read(dataDir, "ca-key.pem")), newKey()];
    for (const [name, refusal] of [
      ["2001:db8::2", "permitted subtree violation"],
      ["2001:db8::1", undefined],
    ] as const) {
      const cert = makeServerCertificate(authorityKey, createPrivateKey(key), [name], new Date());
      assert.equal(await refusalOf(cert, key, read(dataDir, "ca.pem"), name), refusal);
    }
  });
  for (const name of ["plain", "two words", "it's", '"quoted" $HOME `x` \\']) {
    test(`the local CA is trusted with a shell command, even if its folder has the name ${name}`, async () => {
      const dataDir = join(folder, name);
      const script = `${trustCommand(dataDir)}; printf %s "$NODE_EXTRA_CA_CERTS|$CURL_CA_BUNDLE"`;
      const { stdout } = await promisify(execFile)("sh", ["-c", script]);
      const file = join(dataDir, "tls", "ca.pem");
      assert.equal(stdout, `${file}|${file}`);
    });
  }
  test("the local CA may sign certificates of servers, but not of other CAs", async () => {
    const dataDir = newDataDir();
    await loadLocalCredentials(dataDir, "127.0.0.1", now);
    const { raw } = new X509Certificate(read(dataDir, "ca.pem"));
    const { extensions = [] } = AsnConvert.parse(raw, Certificate).tbsCertificate;
    const found = [...extensions].find(({ extnID }) => extnID === id_ce_basicConstraints);
    assert.ok(found?.critical);
    const { cA, pathLenConstraint } = AsnConvert.parse(found.extnValue.buffer, BasicConstraints);
    assert.deepEqual([cA, pathLenConstraint], [true, 0]);
  });
  test("the local CA is created for any HOST at the first start, and later renews the certificate for this HOST", async () => {
    for (const host of ["2001:db8:0:0:1::", "203.0.113.5", "bücher.example"]) {
      const dataDir = newDataDir();
      const { cert } = await loadLocalCredentials(dataDir, host, now);
      assert.notEqual((await loadLocalCredentials(dataDir, host, later(380))).cert, cert);
    }
  });
  test("the local CA is refused if its folder cannot be created", async () => {
    const dataDir = newDataDir();
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, "tls"), "");
    await assert.rejects(
      loadLocalCredentials(dataDir, "127.0.0.1", now),
      /^StartRefused: The local CA .* \(ENOTDIR\)\.$/,
    );
  });
  test("the local CA is refused if it has expired, or if its key is missing or belongs to another certificate", async () => {
    const dataDir = newDataDir();
    await loadLocalCredentials(dataDir, "127.0.0.1", now);
    await assert.rejects(
      loadLocalCredentials(dataDir, "127.0.0.1", later(3653)),
      /: it has expired\. Delete .* to create a new CA\.$/,
    );
    writeFileSync(join(dataDir, "tls", "ca-key.pem"), newKey());
    await assert.rejects(loadLocalCredentials(dataDir, "127.0.0.1", now), /ca-key\.pem is not its key\. Delete /);
    rmSync(join(dataDir, "tls", "ca-key.pem"));
    await assert.rejects(loadLocalCredentials(dataDir, "127.0.0.1", now), /: its key .* is missing\. Delete /);
  });
});

/** Returns the reason why a client that trusts `ca` refuses this server, or `undefined` if the client accepts it. */
async function refusalOf(cert: string, key: string, ca: string, name: string): Promise<string | undefined> {
  const server = createServer({ cert, key }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = Object(server.address());
  const client = connect({ port, host: "127.0.0.1", ca, servername: name });
  try {
    await once(client, "secureConnect");
    return undefined;
  } catch (error) {
    return String(Object(error).message);
  } finally {
    client.destroy();
    server.close();
  }
}
