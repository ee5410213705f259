// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.ota;

import java.io.PrintStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.hanota.api.Octets;
import org.hanota.bench.SideBySide;
import org.hanota.keys.P256PrivateKey;
import org.hanota.keys.P256Signature;
import org.hanota.otaformat.CryptoSuite;
import org.hanota.otaformat.SuitePrivateKey;

/** P4: checking a signature, ours beside Bouncy Castle's curves called directly. */
public final class SignatureBench {
  private static final Octets SEED = Octets.fromHex("0102");

  private SignatureBench() {}

  /** Prints both numbers and their ratio for the three curves. */
  public static void main(String[] arguments) {
    run(System.out);
  }

  /** Measures and prints. */
  public static List<SideBySide.Result> run(PrintStream out) {
    List<SideBySide.Result> results = new ArrayList<>();
    results.add(p256());
    for (CryptoSuite suite : CryptoSuite.values()) {
      results.add(suite(suite));
    }
    results.forEach(out::println);
    return results;
  }

  private static SideBySide.Result p256() {
    P256PrivateKey key = P256PrivateKey.fromSeed(SEED);
    Octets hash = Octets.wrap(new byte[32]);
    P256Signature made = key.sign(Octets.EMPTY);
    return compare(
        "P-256",
        times -> count(times, () -> key.publicKey().verifyHash(hash, made)),
        key.publicKey().octets(),
        hash,
        made.octets());
  }

  private static SideBySide.Result suite(CryptoSuite suite) {
    SuitePrivateKey key = SuitePrivateKey.fromSeed(suite, SEED);
    Octets digest = Octets.wrap(new byte[16]);
    Octets signature = key.sign(Octets.fromHex("00112233445566778899AABBCCDDEEFF"));
    return compare(
        suite.curve(),
        times -> count(times, () -> key.publicKey().verify(digest, signature)),
        key.publicKey().encoded(),
        digest,
        signature);
  }

  private static SideBySide.Result compare(
      String curve, SideBySide.Work ours, Octets key, Octets digest, Octets signature) {
    X9ECParameters parameters = CustomNamedCurves.getByName(curve);
    ECDomainParameters domain = new ECDomainParameters(parameters);
    ECPublicKeyParameters direct =
        new ECPublicKeyParameters(domain.getCurve().decodePoint(key.toByteArray()), domain);
    int half = signature.length() / 2;
    BigInteger r = new BigInteger(1, signature.slice(0, half).toByteArray());
    BigInteger s = new BigInteger(1, signature.from(half).toByteArray());
    byte[] message = digest.toByteArray();
    return SideBySide.compare(
        "P4",
        curve + " verify (want 0.91)",
        ours,
        "Bouncy Castle CustomNamedCurves",
        times ->
            count(
                times,
                () -> {
                  ECDSASigner ecdsa = new ECDSASigner();
                  ecdsa.init(false, direct);
                  return ecdsa.verifySignature(message, r, s);
                }));
  }

  private interface Check {
    boolean holds();
  }

  private static long count(int times, Check check) {
    long held = 0;
    for (int i = 0; i < times; i++) {
      held += check.holds() ? 1 : 0;
    }
    return held;
  }
}
