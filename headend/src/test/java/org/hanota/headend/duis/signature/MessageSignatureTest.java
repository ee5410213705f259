// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.headend.duis.signature.Verdict.Refused;
import org.hanota.headend.duis.signature.Verdict.Verified;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DuisMessage;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest.ActivateFirmware;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody.ResponseMessage;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ResponseContent.GbcsPayload;
import org.hanota.headend.request.ServiceReference;
import org.hanota.testing.Skipped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is signed here verifies, and nothing that was changed does. */
class MessageSignatureTest {
  private static final Eui64 SUPPLIER = Eui64.parse("A1B2C30000000001");
  private static final Eui64 OTHER = Eui64.parse("A1B2C30000000009");
  private static final Eui64 DCC = Eui64.parse("A1B2C30000000002");
  private static final Eui64 METER = Eui64.parse("0011223344556601");
  private static final Instant NOW = Instant.parse("2026-11-29T06:30:00.250Z");
  private static final TestPki PKI = TestPki.ofSeed(16);
  private static final Credentials USER = PKI.organisation(SUPPLIER, RemotePartyRole.USER_XML_SIGN);
  private static final Credentials ANOTHER_USER =
      PKI.organisation(OTHER, RemotePartyRole.USER_XML_SIGN);
  private static final Credentials SYSTEM = PKI.organisation(DCC, RemotePartyRole.DCC_XML_SIGN);
  private static final Credentials BROKER =
      PKI.organisation(new Eui64(DCC.value() + 1), RemotePartyRole.ACCESS_CONTROL_BROKER);
  private static final Request REQUEST =
      Request.of(
          new MessageId(SUPPLIER, METER, NOW.toEpochMilli()),
          CommandVariant.PRE_COMMAND,
          new ActivateFirmware(ExecutionDateTime.at(NOW), Octets.fromHex("00ff".repeat(16))));
  private static final Response RESPONSE =
      new Response(
          DuisMessage.SCHEMA_VERSION,
          Optional.of(REQUEST.id()),
          Optional.of(REQUEST.id().answer()),
          ResponseCode.SUCCESS,
          NOW,
          new ResponseMessage(
              new ServiceReference("11.2"), Optional.of(new GbcsPayload(METER.octets()))));

  private static final int MUTATIONS = 4_000;
  private static final List<String> PIECES =
      List.of(" ", "\n", "<!-- x -->", "&#13;", "<sr:Body/>", "<ds:Object/>", "0");

  @TempDir private Path folder;

  private static SignatureVerifier verifier() {
    return new SignatureVerifier(
        Stream.of(USER, ANOTHER_USER, SYSTEM, BROKER).map(Credentials::digitalSignature).toList());
  }

  private static Octets signed(DuisMessage message, Credentials by) {
    return new MessageSigner(by.digitalSignatureKey(), by.digitalSignature()).sign(message);
  }

  private static String text(Octets octets) {
    return new String(octets.toByteArray(), StandardCharsets.UTF_8);
  }

  private static Verdict verify(String text) {
    return verifier()
        .verify(Octets.wrap(text.getBytes(StandardCharsets.UTF_8)), NOW.toEpochMilli());
  }

  @Test
  void whatIsSignedVerifiesAndIsReadAsItWas() {
    assertThat(verify(text(signed(REQUEST, USER))))
        .isEqualTo(new Verified(REQUEST, USER.digitalSignature()));
    for (Credentials dcc : List.of(SYSTEM, BROKER)) {
      assertThat(verify(text(signed(RESPONSE, dcc))))
          .isEqualTo(new Verified(RESPONSE, dcc.digitalSignature()));
    }
  }

  @Test
  void signingTwiceGivesTheSameOctets() {
    assertThat(signed(REQUEST, USER)).isEqualTo(signed(REQUEST, USER));
  }

  @Test
  void theIssuerIsComparedAsAName() {
    String good = text(signed(REQUEST, USER));
    assertThat(good).contains("<ds:X509IssuerName>CN=Z1,OU=07</ds:X509IssuerName>");
    // The name stands outside of what is signed.
    assertThat(verify(good.replace("CN=Z1,OU=07", "cn=z1,  OU = 07"))).isInstanceOf(Verified.class);
    assertThat(verify(good.replace("CN=Z1,OU=07", "CN=Z2,OU=07")))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.step()).isEqualTo(SignatureStep.SIGNER));
  }

  static Stream<Arguments> refusals() {
    String good = text(signed(REQUEST, USER));
    String signature =
        good.substring(good.indexOf("<ds:Signature "), good.indexOf("</sr:Request>"));
    String body = good.substring(good.indexOf("<sr:Body>"), good.indexOf("<ds:Signature "));
    String reference =
        good.substring(good.indexOf("<ds:Reference"), good.indexOf("</ds:SignedInfo>"));
    String value = between(good, "<ds:SignatureValue>", "</ds:SignatureValue>");
    return Stream.of(
        refusal("another hash", good.replace("00FF00FF<", "00FF00FE<"), "DIGEST"),
        refusal("another time", good.replace("06:30:00.250Z<", "06:31:00.250Z<"), "DIGEST"),
        refusal("white space", good.replace("<sr:Body>", "<sr:Body> "), "DIGEST"),
        refusal("no signature", good.replace(signature, ""), "PRESENCE"),
        refusal("a second signature", good.replace(signature, signature + signature), ""),
        refusal(
            "nothing in it",
            good.replace(
                signature,
                "<ds:Signature xmlns:ds=\"" + SignatureForm.NAMESPACE + "\"></ds:Signature>"),
            "FORM"),
        refusal("another value", good.replace(value, value("7", value)), "VALUE"),
        refusal("value of zeros", good.replace(value, "A".repeat(86) + "=="), "VALUE"),
        refusal("a short value", good.replace(value, "AAAA"), ""),
        refusal(
            "value of another message",
            good.replace(
                value,
                between(
                    text(signed(another(), USER)), "<ds:SignatureValue>", "</ds:SignatureValue>")),
            "VALUE"),
        refusal(
            "a digest without the signature over it",
            good.replace("00FF00FF<", "00FF00FE<")
                .replace(
                    between(good, "<ds:DigestValue>", "</ds:DigestValue>"),
                    between(
                        text(signed(another(), USER)), "<ds:DigestValue>", "</ds:DigestValue>")),
            ""),
        refusal("by another user", text(signed(REQUEST, ANOTHER_USER)), "ROLE"),
        refusal("a request by the DCC", text(signed(REQUEST, SYSTEM)), "ROLE"),
        refusal("a response by a user", text(signed(RESPONSE, USER)), "ROLE"),
        refusal("a reference to a part", good.replace("URI=\"\"", "URI=\"#a\""), "FORM"),
        refusal("no reference", good.replace(" URI=\"\"", ""), "FORM"),
        refusal("two references", good.replace(reference, reference + reference), "FORM"),
        refusal("SHA-1", good.replace("xmlenc#sha256", "xmldsig#sha1"), "FORM"),
        refusal("a MAC", good.replace("ecdsa-sha256", "hmac-sha256"), "FORM"),
        refusal("with comments", good.replace("exc-c14n#\"", "exc-c14n#WithComments\""), "FORM"),
        refusal("an id", good.replace("<ds:Reference ", "<ds:Reference Id=\"a\" "), "FORM"),
        refusal(
            "a transform more",
            good.replace(
                "</ds:Transforms>",
                "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\">"
                    + "<ds:XPath xmlns:ds=\""
                    + SignatureForm.NAMESPACE
                    + "\">false()</ds:XPath></ds:Transform></ds:Transforms>"),
            "FORM"),
        refusal(
            "no transform",
            good.replaceAll("<ds:Transforms>.*</ds:Transforms>", "<ds:Transforms></ds:Transforms>"),
            "FORM"),
        refusal(
            "an object",
            good.replace("</ds:Signature>", "<ds:Object>" + body + "</ds:Object></ds:Signature>"),
            "FORM"),
        refusal(
            "a key of its own",
            good.replace("<ds:X509Data>", "<ds:KeyName>a</ds:KeyName><ds:X509Data>"),
            "FORM"),
        refusal("no number", good.replace("Number>", "Number>-"), ""),
        refusal("a negative one", good.replaceFirst("Number>", "Number>-"), "FORM"),
        refusal("no name", good.replace("CN=Z1,OU=07", "Z1"), "FORM"),
        refusal(
            "another number", good.replaceAll("SerialNumber>[0-9]", "SerialNumber>"), "SIGNER"));
  }

  private static Request another() {
    return Request.of(
        REQUEST.id(),
        CommandVariant.PRE_COMMAND,
        new ActivateFirmware(ExecutionDateTime.NOW, Octets.fromHex("00ff".repeat(16))));
  }

  private static Arguments refusal(String what, String text, String step) {
    return Arguments.of(what, text, step);
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from) + from.length();
    return text.substring(start, text.indexOf(to, start));
  }

  /** Another first letter. */
  private static String value(String letter, String value) {
    return (value.startsWith(letter) ? "8" : letter) + value.substring(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void whatWasChangedIsRefused(String what, String text, String step) {
    Verdict verdict;
    try {
      verdict = verify(text);
    } catch (org.hanota.api.FormatException e) {
      assertThat(step).as(e.getMessage()).isEmpty();
      return;
    }
    assertThat(verdict).isInstanceOf(Refused.class);
    if (!step.isEmpty()) {
      assertThat(((Refused) verdict).step()).hasToString(step);
    }
  }

  @Test
  void noMutationIsTakenForAnotherMessage() {
    String good = text(signed(REQUEST, USER));
    Random random = new Random(16);
    int verified = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      StringBuilder text = new StringBuilder(good);
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, (char) (' ' + random.nextInt(95)));
        case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 2 -> text.deleteCharAt(at);
        default -> text.insert(at, good, at, Math.min(good.length(), at + random.nextInt(300)));
      }
      try {
        if (verify(text.toString()) instanceof Verified same) {
          assertThat(same.message()).as("mutation %d", i).isEqualTo(REQUEST);
          verified++;
        }
      } catch (FormatException e) {
        assertThat(e.allowed()).isNotEmpty();
      }
    }
    // What stands outside of the signature, such as spaces in base64, may change.
    assertThat(verified).isBetween(1, MUTATIONS / 4);
  }

  @Test
  void aMessageWrappedAroundASignedOneIsNotTakenForIt() {
    String good = text(signed(REQUEST, USER));
    String wrapped =
        text(signed(REQUEST, ANOTHER_USER))
            .replace("</sr:Body>", good.replaceFirst("^<\\?.*\\?>", "") + "</sr:Body>");
    Verdict verdict;
    try {
      verdict = verify(wrapped);
    } catch (org.hanota.api.FormatException e) {
      return;
    }
    assertThat(verdict).isInstanceOf(Refused.class);
  }

  @Test
  void aCertificateCountsWithinItsTimeOnly() {
    Certificate certificate = USER.digitalSignature();
    Octets signed = signed(REQUEST, USER);
    assertThat(verifier().verify(signed, certificate.notBefore())).isInstanceOf(Verified.class);
    assertThat(verifier().verify(signed, certificate.notBefore() - 1))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.step()).isEqualTo(SignatureStep.VALIDITY));
    assertThat(verifier().verify(signed, certificate.notAfter() + 1))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.step()).isEqualTo(SignatureStep.VALIDITY));
  }

  @Test
  void aMessageThatSaysNoTimeIsRefusedUnlessOneIsGiven() {
    Request timeless =
        Request.of(new MessageId(SUPPLIER, METER, 1000), REQUEST.commandVariant(), REQUEST.body());
    Octets signed = signed(timeless, USER);
    assertThat(verifier().verify(signed))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.step()).isEqualTo(SignatureStep.VALIDITY));
    assertThat(verifier().verify(signed, NOW.toEpochMilli())).isInstanceOf(Verified.class);
    assertThat(verifier().verify(signed(REQUEST, USER))).isInstanceOf(Verified.class);
  }

  @Test
  void aMessageOfAnotherTimeIsRefusedAtReceipt() {
    long now = NOW.toEpochMilli();
    long tolerance = TimeUnit.MINUTES.toMillis(15);
    for (Octets message : List.of(signed(REQUEST, USER), signed(RESPONSE, SYSTEM))) {
      for (long late : new long[] {-tolerance, 0, tolerance}) {
        assertThat(verifier().verifyAtReceipt(message, now + late, tolerance))
            .isInstanceOf(Verified.class);
      }
      for (long late : new long[] {-tolerance - 1, tolerance + 1}) {
        assertThat(verifier().verifyAtReceipt(message, now + late, tolerance))
            .isInstanceOfSatisfying(
                Refused.class, refused -> assertThat(refused.step()).isEqualTo(SignatureStep.TIME));
      }
    }
  }

  /** xmlsec1 is a stranger to all of our code. */
  @Test
  void aStrangersProgramVerifiesWhatIsSigned() throws IOException, InterruptedException {
    Path program = Path.of("/usr/bin/xmlsec1");
    if (!Files.isExecutable(program)) {
      Skipped.because("xmlsec1 is not installed");
    }
    Path key = folder.resolve("certificate.pem");
    Files.writeString(key, USER.digitalSignature().pem());
    Path good = folder.resolve("good.xml");
    Files.write(good, signed(REQUEST, USER).toByteArray());
    Path bad = folder.resolve("bad.xml");
    Files.writeString(bad, Files.readString(good).replace("00FF00FF<", "00FF00FE<"));
    assertThat(exit(program, key, good)).isZero();
    assertThat(exit(program, key, bad)).isNotZero();
  }

  private int exit(Path program, Path key, Path message) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--verify",
                "--pubkey-cert-pem",
                key.toString(),
                message.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
