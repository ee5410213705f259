// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis.signature;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.xml.crypto.OctetStreamData;
import javax.xml.crypto.dsig.TransformException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import org.hanota.api.Octets;

/** Exclusive canonicalization without comments. [DUIS signature] */
final class Canonical {
  private Canonical() {}

  /** The canonical form of a document that this project wrote. */
  static Octets of(Octets document) {
    try {
      OctetStreamData canonical =
          (OctetStreamData)
              XMLSignatureFactory.getInstance("DOM")
                  .newCanonicalizationMethod(
                      SignatureForm.CANONICALIZATION, (C14NMethodParameterSpec) null)
                  .transform(
                      new OctetStreamData(new ByteArrayInputStream(document.toByteArray())), null);
      return Octets.wrap(canonical.getOctetStream().readAllBytes());
    } catch (GeneralSecurityException | TransformException | IOException e) {
      throw new AssertionError("what we wrote has no canonical form", e);
    }
  }
}
