// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.keys.P256PublicKey;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;

/** To write the vectors anew after a deliberate change: {@code -Dhanota.vectors=write}. */
class OwnVectorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Shared.root().resolve("docs/vectors");
  private static final Path FILE = FOLDER.resolve("ota-signed.json");

  @Test
  void theVectorsInTheDocumentationAreWhatThisVersionMakes() throws IOException {
    String made = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(OwnVectors.all()) + "\n";
    if ("write".equals(System.getProperty("hanota.vectors"))) {
      Files.writeString(FILE, made);
    }
    assertThat(Files.readString(FILE)).isEqualTo(made);
  }

  @Test
  void theVectorsFollowTheirSchema() throws IOException {
    var schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(FOLDER.resolve("ota-signed.schema.json")));
    assertThat(schema.validate(JSON.readTree(FILE.toFile()))).isEmpty();
  }

  @Test
  void everyVectorGivesItsResultFromTheFileAndTheKeysInTheDocumentationAlone() throws IOException {
    for (JsonNode group : JSON.readTree(FILE.toFile()).get("groups")) {
      Verifier verifier = verifier(group);
      for (JsonNode test : group.get("tests")) {
        Octets file = hex(test, "file");
        Verification result = verifier.verify(file, ImageId.of(0x1234, 0x5678, 0x00010203));
        String expected = test.has("failedStep") ? test.get("failedStep").asText() : "valid";
        String found =
            result instanceof Verification.Refused refused ? refused.step().label() : "valid";
        assertThat(found).as("%s", test.get("comment")).isEqualTo(expected);
      }
    }
  }

  private static Verifier verifier(JsonNode group) {
    Octets signer = hex(group.get("signer"), "publicKey");
    if (group.get("verifier").asText().equals("authorisingSignature")) {
      return Verifier.authorisingSignature(P256PublicKey.parse(signer));
    }
    if (group.get("verifier").asText().equals("manufacturer")) {
      return Verifier.manufacturer(
          P256PublicKey.parse(signer), FileKind.ofLabel(group.get("kind").asText()).orElseThrow());
    }
    CryptoSuite suite = group.get("suite").asInt() == 1 ? CryptoSuite.SUITE_1 : CryptoSuite.SUITE_2;
    return Verifier.zigbeeSignature(
        ZigBeeTrust.nobody()
            .withIssuer(
                Eui64.parse(group.get("issuer").get("eui64").asText()),
                SuitePublicKey.of(suite, hex(group.get("issuer"), "publicKey")))
            .withSigner(Eui64.parse(group.get("signer").get("eui64").asText())));
  }

  private static Octets hex(JsonNode node, String field) {
    return Octets.fromHex(node.get(field).asText());
  }
}
