// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import java.util.List;
import org.hanota.headend.csp.CspInput;
import org.hanota.headend.csp.HubHeard;
import org.hanota.headend.csp.ToHub;
import org.hanota.headend.letter.Letter;

/** What processes of tests say to each other: a line each, a record's name and its JSON. */
final class Lines {
  private static final List<Class<?>> RECORDS =
      List.of(
          Letter.Message.class,
          Letter.Confirmed.class,
          ToHub.class,
          HubHeard.class,
          CspInput.HubTook.class,
          CspInput.HubSaid.class);

  private final RecordJson json = new RecordJson(new KeptOctets(), Long.MAX_VALUE);

  String write(Object record) {
    return record.getClass().getSimpleName() + " " + json.write(record);
  }

  Object read(String line) {
    int end = line.indexOf(' ');
    String name = line.substring(0, end);
    Class<?> kind =
        RECORDS.stream()
            .filter(record -> record.getSimpleName().equals(name))
            .findFirst()
            .orElseThrow(() -> new AssertionError("line " + line));
    return json.read(line.substring(end + 1), kind);
  }
}
