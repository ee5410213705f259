// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hanota.cli.Existing;
import org.hanota.cli.OutputFile;
import org.hanota.cli.view.Mermaid;
import org.hanota.sim.DeviceReport;
import org.hanota.sim.Home;
import org.hanota.sim.HomeReport;
import org.jspecify.annotations.Nullable;

/** Writes a run as a page and as a diagram, where they are asked for. */
final class HomeViews {
  private final @Nullable Path html;
  private final @Nullable Path mermaid;
  private final Existing existing;
  private @Nullable HomeRecord kept;

  private HomeViews(@Nullable Path html, @Nullable Path mermaid, Existing existing) {
    this.html = html;
    this.mermaid = mermaid;
    this.existing = existing;
  }

  /** A page into {@code html}, a Mermaid diagram into {@code mermaid}, or none. */
  static HomeViews to(@Nullable Path html, @Nullable Path mermaid, Existing existing) {
    OutputFile.refuseExisting(Stream.of(html, mermaid).filter(Objects::nonNull).toList(), existing);
    return new HomeViews(html, mermaid, existing);
  }

  /** Keeps what is heard, then tells {@code next}. */
  Home.Listener before(Home.Listener next) {
    if (html == null && mermaid == null) {
      return next;
    }
    HomeRecord made = new HomeRecord(next);
    kept = made;
    return made;
  }

  /**
   * Writes them.
   *
   * @param call the command that makes them again
   */
  void write(HomeReport report, boolean endedWell, String call) throws IOException {
    HomeRecord made = kept;
    if (made == null) {
      return;
    }
    List<String> parties = new ArrayList<>();
    if (!made.messages.isEmpty()) {
      parties.add(HomeRecord.HEAD_END);
    }
    parties.add(HomeRecord.HUB);
    report.devices().stream().map(DeviceReport::name).forEach(parties::add);
    if (html != null) {
      write(html, HomePage.of(made, report, parties, endedWell, call));
    }
    if (mermaid != null) {
      write(mermaid, Mermaid.of(made.sequence, parties));
    }
  }

  private void write(Path file, String text) throws IOException {
    OutputFile.write(file, text.getBytes(StandardCharsets.UTF_8), existing);
  }
}
