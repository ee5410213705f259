// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hanota.cli.CommandFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstateFileTest {
  @TempDir Path folder;

  private EstateFile read(String json) throws IOException {
    return EstateFile.read(Files.writeString(folder.resolve("estate.json"), json));
  }

  @Test
  void aUserAndWhereHeTakesAnswersAreRead() throws IOException {
    String user = "{'id':'90B3D51F30010000','roles':['IS'],'receive':'http://localhost:8080/r'}";
    EstateFile estate = read(("{'users':[" + user + "]}").replace('\'', '"'));
    assertThat(estate.inputs()).hasSize(1);
    assertThat(estate.receiveServices().values())
        .extracting(String::valueOf)
        .containsExactly("http://localhost:8080/r");
  }

  /** What is misspelt must not count as what is left out: a listing without a status is active. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      textBlock =
          """
          [] | : is no object
          {'devcies':[]} | : has "devcies", allowed [devices, listings, registrations, users]
          {'users':{}} | : users is no array
          {'users':[7]} | , users[0]: is no object
          {'users':[{'id':'90B3D51F30010000','roles':'IS'}]} | , users[0]: roles is no array
          {'users':[{'id':'90B3D51F30010000','recieve':'http://a/b'}]} | , users[0]: has "recieve", allowed [id, receive, roles]
          {'users':[{'id':'90B3D51F30010000','receive':'localhost:8080'}]} | , users[0]: receive is "localhost:8080": allowed as in https://localhost:8443/receive
          """)
  void whatNobodyReadsIsRefusedByName(String json, String why) {
    assertThatThrownBy(() -> read(json.replace('\'', '"')))
        .isInstanceOf(CommandFailed.class)
        .hasMessage(folder.resolve("estate.json") + why);
  }
}
