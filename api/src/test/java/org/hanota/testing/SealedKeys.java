// SPDX-License-Identifier: Apache-2.0
package org.hanota.testing;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Map;
import javax.crypto.KeyAgreement;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A provider like one of PKCS#11: its private keys have neither an encoding nor a number, and only
 * its own {@code Signature} and {@code KeyAgreement} can use them.
 */
public final class SealedKeys extends Provider {
  private static final long serialVersionUID = 1L;

  /** A provider without keys. */
  public SealedKeys() {
    super("SealedKeys", "1", "keys that never leave");
    putService(new Own(this, "Signature", "SHA256withECDSAinP1363Format", Signing.class));
    putService(new Own(this, "KeyAgreement", "ECDH", Agreeing.class));
  }

  /** A new pair of keys on P-256 whose private half stays here. */
  public KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      return new KeyPair(pair.getPublic(), new Sealed(pair.getPrivate()));
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError("every Java platform has P-256", e);
    }
  }

  private static final class Own extends Provider.Service {
    private final Class<?> type;

    Own(Provider provider, String kind, String algorithm, Class<?> type) {
      super(provider, kind, algorithm, type.getName(), List.of(), Map.of());
      this.type = type;
    }

    @Override
    public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
      return type == Signing.class ? new Signing() : new Agreeing();
    }
  }

  /** What the application gets: a name for a key. */
  private static final class Sealed implements PrivateKey {
    private static final long serialVersionUID = 1L;

    private final transient PrivateKey key;

    Sealed(PrivateKey key) {
      this.key = key;
    }

    @Override
    public String getAlgorithm() {
      return "EC";
    }

    @Override
    public @Nullable String getFormat() {
      return null;
    }

    @Override
    public byte @Nullable [] getEncoded() {
      return null;
    }
  }

  private static PrivateKey opened(Key key) throws InvalidKeyException {
    if (key instanceof Sealed sealed) {
      return sealed.key;
    }
    throw new InvalidKeyException("a key of somebody else");
  }

  @SuppressWarnings("deprecation") // The old parameter methods of an SPI have to be there.
  private static final class Signing extends SignatureSpi {
    private final Signature signature;

    Signing() throws NoSuchAlgorithmException {
      signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    }

    @Override
    protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
      throw new InvalidKeyException("only signs");
    }

    @Override
    protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
      signature.initSign(opened(privateKey));
    }

    @Override
    protected void engineUpdate(byte b) throws SignatureException {
      signature.update(b);
    }

    @Override
    protected void engineUpdate(byte[] b, int off, int len) throws SignatureException {
      signature.update(b, off, len);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      return signature.sign();
    }

    @Override
    protected boolean engineVerify(byte[] sigBytes) throws SignatureException {
      throw new SignatureException("only signs");
    }

    @Override
    protected void engineSetParameter(String param, Object value) {
      throw new UnsupportedOperationException(param);
    }

    @Override
    protected Object engineGetParameter(String param) {
      throw new UnsupportedOperationException(param);
    }
  }

  private static final class Agreeing extends KeyAgreementSpi {
    private final KeyAgreement agreement;

    Agreeing() throws NoSuchAlgorithmException {
      agreement = KeyAgreement.getInstance("ECDH");
    }

    @Override
    protected void engineInit(Key key, SecureRandom random) throws InvalidKeyException {
      agreement.init(opened(key));
    }

    @Override
    protected void engineInit(Key key, AlgorithmParameterSpec params, SecureRandom random)
        throws InvalidKeyException {
      agreement.init(opened(key));
    }

    @Override
    protected @Nullable Key engineDoPhase(Key key, boolean lastPhase) throws InvalidKeyException {
      return agreement.doPhase(key, lastPhase);
    }

    @Override
    protected byte[] engineGenerateSecret() {
      return agreement.generateSecret();
    }

    @Override
    protected int engineGenerateSecret(byte[] sharedSecret, int offset) {
      throw new UnsupportedOperationException("whole secrets only");
    }

    @Override
    protected SecretKey engineGenerateSecret(String algorithm) {
      throw new UnsupportedOperationException(algorithm);
    }
  }
}
