// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Locale;

/** What a verification does, in its order; a refusal names the step that failed. */
public enum VerificationStep {
  /** The header can be read and has nothing reserved. */
  HEADER,
  /** Manufacturer code, image type and file version are the expected ones. */
  IDENTITY,
  /** The total image size is the number of octets there are. */
  SIZE,
  /** What stands behind the header has the form that the verifier reads. */
  FORM,
  /** An integrity code is there and equals the hash. */
  INTEGRITY_CODE,
  /** A signature element is there and whole. [ZCL 11.7.1] */
  SIGNATURE_ELEMENT,
  /** The signer is one that the device trusts. */
  SIGNER,
  /** Signature and certificate belong to one suite. */
  SUITE,
  /** A certificate is there, well-formed, and its subject is the signer. */
  CERTIFICATE,
  /** The certificate's issuer is one that the device trusts. */
  ISSUER,
  /** The digest can be made: nothing stands behind the signature. */
  DIGEST,
  /** The signature belongs to digest and key. */
  SIGNATURE,
  /** A check of the manufacturer's own. */
  MANUFACTURER;

  /** The name in JSON: camel case. */
  public String label() {
    String[] words = name().toLowerCase(Locale.ROOT).split("_", -1);
    return words.length == 1
        ? words[0]
        : words[0] + Character.toUpperCase(words[1].charAt(0)) + words[1].substring(1);
  }
}
