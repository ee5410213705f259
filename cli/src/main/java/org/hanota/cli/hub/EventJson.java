// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import org.hanota.api.machine.UpdateEvent;

/** What happens to updates, as JSON; its schema is {@code docs/schema/hub-serve.json}. */
public final class EventJson {
  private EventJson() {}

  /** One object. */
  public static ObjectNode of(UpdateEvent event, Instant time) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("event", event.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    out.put("time", time.toString());
    out.put("device", event.device().toString());
    out.put("image", event.image().toString());
    if (event instanceof UpdateEvent.Queued e) {
      out.put("position", e.position());
    } else if (event instanceof UpdateEvent.Started e) {
      out.put("fileOffset", e.fileOffset()).put("imageSizeOctets", e.imageSizeOctets());
    } else if (event instanceof UpdateEvent.Transferring e) {
      out.put("fileOffset", e.fileOffset()).put("imageSizeOctets", e.imageSizeOctets());
      e.remainingMillis().ifPresent(millis -> out.put("remainingMillis", millis));
    } else if (event instanceof UpdateEvent.Paused e) {
      out.put("fileOffset", e.fileOffset()).put("reason", e.reason());
      out.put("pauseMillis", e.pauseMillis());
    } else if (event instanceof UpdateEvent.Verified e) {
      out.put("how", e.how());
    } else if (event instanceof UpdateEvent.Waiting e) {
      out.put("until", e.until());
    } else if (event instanceof UpdateEvent.PartReceived e) {
      out.put("next", e.next().toString());
    } else if (event instanceof UpdateEvent.Failed e) {
      out.put("failure", e.failure().name()).put("detail", e.detail());
    }
    return out;
  }
}
