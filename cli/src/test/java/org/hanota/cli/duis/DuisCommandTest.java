// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.duis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.gbcs.pem.PemFolder;
import org.hanota.headend.duis.signature.MessageSigner;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest.ReadFirmwareVersion;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuisCommandTest {
  private static final Eui64 SUPPLIER = Eui64.parse("A1B2C30000000001");
  private static final long TIME = 1_796_000_000_000L;

  @TempDir private Path folder;
  private Path keys = Path.of("");
  private Path good = Path.of("");
  private Path bad = Path.of("");

  @BeforeEach
  void signARequest() throws IOException {
    Credentials user = TestPki.ofSeed(16).organisation(SUPPLIER, RemotePartyRole.USER_XML_SIGN);
    keys = Files.createDirectory(folder.resolve("keys"));
    PemFolder.write(keys, user, false);
    Request request =
        Request.of(
            new MessageId(SUPPLIER, Eui64.parse("0011223344556601"), TIME),
            CommandVariant.COMMAND,
            new ReadFirmwareVersion(ExecutionDateTime.NOW));
    good = folder.resolve("good.xml");
    Files.write(
        good,
        new MessageSigner(user.digitalSignatureKey(), user.digitalSignature())
            .sign(request)
            .toByteArray());
    bad = folder.resolve("bad.xml");
    Files.writeString(bad, Files.readString(good).replace("Variant>1<", "Variant>2<"));
  }

  private static Path vectors() {
    return Shared.root().resolve("docs/vectors/duis");
  }

  @Test
  void aSignedRequestIsVerifiedAndAChangedOneNamesItsStep() {
    Cli.Run run = verify(good);
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out().strip()).isEqualTo(good + ": verified, signed by " + SUPPLIER);
    run = verify(bad, good);
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.out()).contains(bad + ": REFUSED at step \"digest\"", good + ": verified");
  }

  private Cli.Run verify(Path... files) {
    List<String> arguments =
        new ArrayList<>(List.of("duis", "verify", "--certificates", keys.toString()));
    Stream.of(files).map(Path::toString).forEach(arguments::add);
    return Cli.run(arguments.toArray(String[]::new));
  }

  @Test
  void anAcknowledgementIsSaidToBeOneAndAnUnsignedAnswerIsRefused() {
    Cli.Run run = verify(vectors().resolve("response-acknowledgement.xml"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("acknowledgement, which nobody signs");
    run = verify(vectors().resolve("response-gbcs.xml"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.out()).contains("REFUSED at step \"signature present\": no signature");
  }

  @Test
  void theTimeIsThatOfTheMessageOrGiven() {
    Cli.Run run =
        Cli.run(
            "duis",
            "verify",
            "--certificates",
            keys.toString(),
            "--at",
            "2001-01-01T00:00:00Z",
            good.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.out()).contains("certificate valid", "checked at 2001-01-01T00:00:00Z");
    run = verify(vectors().resolve("11.3-activate-now.xml"));
    assertThat(run.out()).contains("no signature");
    run = Cli.run("duis", "verify", "--at", "yesterday", good.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--at is yesterday, allowed a time");
  }

  @Test
  void eachFileThatIsNoMessageIsNamedAndTheOthersAreExplained() throws IOException {
    Path none = folder.resolve("none.xml");
    Path entity = folder.resolve("entity.xml");
    Files.writeString(entity, "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>");
    for (String command : List.of("inspect", "verify")) {
      Cli.Run run = Cli.run("duis", command, none.toString(), entity.toString(), good.toString());
      assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
      assertThat(run.out() + run.err())
          .contains("none.xml: no such file", "document type at offset", good + ":");
    }
  }

  @Test
  void everyVectorIsExplainedAsItsSchemaSays() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("duis", "inspect", "--json"));
    try (Stream<Path> files = Files.list(vectors())) {
      files.sorted().map(Path::toString).forEach(arguments::add);
    }
    Cli.Run run = Cli.run(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    JsonNode printed = new ObjectMapper().readTree(run.out());
    assertThat(printed.size()).isEqualTo(arguments.size() - 3);
    assertValid("duis-inspect.json", printed);
    String text = Cli.run("duis", "inspect", good.toString()).out();
    assertThat(text).contains("serviceReference  11.2", "sendTo            /api/v1/serviceS");
  }

  @Test
  void aValueWithLinesOfItsOwnIsExplainedInOneLine() throws IOException {
    Path file = folder.resolve("lines.xml");
    Files.writeString(
        file,
        Files.readString(vectors().resolve("12.2-prenotification.xml"))
            .replace("010A030B", "x&#10;  message           response"));
    Cli.Run run = Cli.run("duis", "inspect", file.toString());
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out().lines()).noneMatch(line -> line.matches(" +message +response.*"));
  }

  @Test
  void theVerdictsAreAsTheirSchemaSays() throws IOException {
    Cli.Run run =
        Cli.run(
            "duis",
            "verify",
            "--json",
            "--certificates",
            keys.toString(),
            good.toString(),
            bad.toString(),
            vectors().resolve("response-gbcs.xml").toString(),
            "none.xml");
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    JsonNode printed = new ObjectMapper().readTree(run.out());
    assertValid("duis-verify.json", printed);
    assertThat(printed.findValuesAsText("step"))
        .containsExactly("", "digest", "signature present", "reading");
  }

  private static void assertValid(String schema, JsonNode printed) throws IOException {
    String text = Files.readString(Shared.root().resolve("docs/schema").resolve(schema));
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(text)
                .validate(printed))
        .isEmpty();
  }
}
