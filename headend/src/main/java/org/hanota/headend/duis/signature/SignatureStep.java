// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis.signature;

/** The steps of checking who sent a message, in their order. [DUIS signature] */
public enum SignatureStep {
  /** A request comes from a user whose certificate is known. */
  USER("user known"),
  /** What must be signed is signed. */
  PRESENCE("signature present"),
  /** The signature is the last child of the message, alone, and has the one form that DUIS has. */
  FORM("form of the signature"),
  /** Issuer and serial number name a certificate that is known. */
  SIGNER("signer known"),
  /** The signer may sign such a message. */
  ROLE("signer may sign this"),
  /** The certificate is valid at the time of the message. */
  VALIDITY("certificate valid"),
  /** The message is the one that was digested. */
  DIGEST("digest"),
  /** The signer signed that digest. */
  VALUE("signature value"),
  /** The message is of now. */
  TIME("time of the message");

  private final String words;

  SignatureStep(String words) {
    this.words = words;
  }

  /** What is checked. */
  public String words() {
    return words;
  }
}
