// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis.signature;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;
import org.hanota.api.Octets;
import org.hanota.gbcs.key.Certificate;
import org.hanota.headend.duis.Duis;
import org.hanota.headend.request.DuisMessage;
import org.hanota.keys.P256Signer;
import org.hanota.keys.Sha256;

/** Signs messages. [DUIS signature] */
public final class MessageSigner {
  private final P256Signer key;
  private final String issuerName;
  private final String serialNumber;

  /** Signs with {@code key}, which belongs to {@code certificate}. */
  public MessageSigner(P256Signer key, Certificate certificate) {
    XmlCertificate names = XmlCertificate.of(certificate);
    this.key = key;
    this.issuerName = names.x509().getIssuerX500Principal().getName(X500Principal.RFC2253);
    this.serialNumber = names.x509().getSerialNumber().toString();
  }

  /** {@code message} with its signature. */
  public Octets sign(DuisMessage message) {
    Octets unsigned = Canonical.of(Duis.write(message));
    String signedInfo = signedInfo(Sha256.of(unsigned));
    // In the message the namespace is declared by the element around it.
    String canonical =
        signedInfo.replaceFirst(">", " xmlns:ds=\"" + SignatureForm.NAMESPACE + "\">");
    Octets value = key.sign(octets(canonical)).octets();
    String text = new String(unsigned.toByteArray(), StandardCharsets.UTF_8);
    int end = text.lastIndexOf("</");
    return octets(text.substring(0, end) + signature(signedInfo, value) + text.substring(end));
  }

  private static String signedInfo(Octets digest) {
    return element(
        "SignedInfo",
        algorithm("CanonicalizationMethod", SignatureForm.CANONICALIZATION)
            + algorithm("SignatureMethod", SignatureForm.SIGNATURE)
            + "<ds:Reference URI=\"\">"
            + element("Transforms", algorithm("Transform", SignatureForm.ENVELOPED))
            + algorithm("DigestMethod", SignatureForm.DIGEST)
            + element("DigestValue", base64(digest))
            + "</ds:Reference>");
  }

  private String signature(String signedInfo, Octets value) {
    String issuerSerial =
        element("X509IssuerName", issuerName.replace("&", "&amp;").replace("<", "&lt;"))
            + element("X509SerialNumber", serialNumber);
    return "<ds:Signature xmlns:ds=\""
        + SignatureForm.NAMESPACE
        + "\">"
        + signedInfo
        + element("SignatureValue", base64(value))
        + element("KeyInfo", element("X509Data", element("X509IssuerSerial", issuerSerial)))
        + "</ds:Signature>";
  }

  private static String algorithm(String name, String algorithm) {
    return "<ds:" + name + " Algorithm=\"" + algorithm + "\"></ds:" + name + ">";
  }

  private static String element(String name, String content) {
    return "<ds:" + name + ">" + content + "</ds:" + name + ">";
  }

  private static String base64(Octets octets) {
    return Base64.getEncoder().encodeToString(octets.toByteArray());
  }

  private static Octets octets(String text) {
    return Octets.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
