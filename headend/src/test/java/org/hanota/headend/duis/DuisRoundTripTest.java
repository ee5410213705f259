// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hanota.api.Octets;
import org.hanota.headend.request.DccAlert;
import org.hanota.headend.request.DuisMessage;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody;
import org.hanota.headend.request.ResponseBody.DccAlertMessage;
import org.hanota.headend.request.ResponseBody.ResponseMessage;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.request.ServiceRequest;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/** One message of each kind: as octets, and back. */
class DuisRoundTripTest {
  private static final Path VECTORS = Shared.root().resolve("docs/vectors/duis");

  @Test
  void whatIsWrittenIsReadAsItWas() {
    Examples.messages()
        .forEach(
            (name, message) ->
                assertThat(Duis.read(Duis.write(message))).as(name).isEqualTo(message));
  }

  @Test
  void whatIsWrittenIsValid() throws IOException, SAXException {
    DuisSchema schema = DuisSchema.require();
    for (DuisMessage message : Examples.messages().values()) {
      schema.check(Duis.write(message));
    }
  }

  @Test
  void theVectorsAreWhatIsWritten() throws IOException {
    Map<String, DuisMessage> messages = Examples.messages();
    if ("write".equals(System.getProperty("hanota.vectors"))) {
      Files.createDirectories(VECTORS);
      for (Map.Entry<String, DuisMessage> each : messages.entrySet()) {
        Files.write(file(each.getKey()), Duis.write(each.getValue()).toByteArray());
      }
    }
    for (Map.Entry<String, DuisMessage> each : messages.entrySet()) {
      assertThat(Files.readString(file(each.getKey())))
          .as(each.getKey())
          .isEqualTo(text(Duis.write(each.getValue())));
    }
    try (Stream<Path> files = Files.list(VECTORS)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              messages.keySet().stream().map(name -> name + ".xml").toList());
    }
  }

  @Test
  void eachKindOfBodyContentAndAlertHasAnExample() {
    Set<Class<?>> seen = new LinkedHashSet<>();
    for (DuisMessage message : Examples.messages().values()) {
      if (message instanceof Request request) {
        seen.add(request.body().getClass());
        continue;
      }
      ResponseBody body = ((Response) message).body();
      seen.add(body.getClass());
      if (body instanceof DccAlertMessage alert) {
        seen.add(alert.alert().getClass());
      } else if (body instanceof ResponseMessage answer) {
        answer.content().ifPresent(content -> seen.add(content.getClass()));
      }
    }
    Set<Class<?>> all = new LinkedHashSet<>();
    for (Class<?> choice :
        new Class<?>[] {
          ServiceRequest.class, ResponseBody.class, ResponseContent.class, DccAlert.class
        }) {
      collect(choice, all);
    }
    all.remove(ResponseBody.OtherBody.class); // Only SMETS1 has one; it is read elsewhere.
    assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
    assertThat(all).hasSizeGreaterThan(40);
  }

  private static void collect(Class<?> choice, Set<Class<?>> all) {
    if (!choice.isSealed()) {
      all.add(choice);
      return;
    }
    for (Class<?> each : choice.getPermittedSubclasses()) {
      collect(each, all);
    }
  }

  private static Path file(String name) {
    return VECTORS.resolve(name + ".xml");
  }

  private static String text(Octets octets) {
    return new String(octets.toByteArray(), StandardCharsets.UTF_8);
  }
}
