// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageType;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.machine.UpdateEvent;

/**
 * Which queries are news for people: the first of a device, and one with another version. Each
 * device asks again and again for as long as it lives.
 */
final class Queries {
  /** A device that was forgotten is named once more. */
  private static final int DEVICES_MAX = 10_000;

  private final Map<Model, FileVersion> told =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Model, FileVersion> eldest) {
          return size() > DEVICES_MAX;
        }
      };

  private record Model(Eui64 device, ManufacturerCode manufacturer, ImageType type) {}

  /** Whether the query says what none of the device said before. */
  synchronized boolean isNews(UpdateEvent.Querying query) {
    FileVersion version = query.image().fileVersion();
    Model model =
        new Model(query.device(), query.image().manufacturerCode(), query.image().imageType());
    return !version.equals(told.put(model, version));
  }
}
