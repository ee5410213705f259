// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hanota.cli.Existing;
import org.hanota.sim.Home;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trace and a capture hide nothing from whoever listens behind them. */
class PassedOnTest {
  private static Home.Listener noting(List<String> heard) {
    return (Home.Listener)
        Proxy.newProxyInstance(
            PassedOnTest.class.getClassLoader(),
            new Class<?>[] {Home.Listener.class},
            (proxy, method, arguments) -> {
              heard.add(method.getName());
              return null;
            });
  }

  @Test
  void eachWordOfAHomeIsPassedOn(@TempDir Path folder) throws Exception {
    try (HomeTrace trace = HomeTrace.to(folder.resolve("trace"), Existing.KEEP);
        HomePcap pcap = HomePcap.to(folder.resolve("pcap"), 1, Existing.KEEP)) {
      for (boolean isTraced : new boolean[] {true, false}) {
        List<String> heard = new ArrayList<>();
        Home.Listener front = isTraced ? trace.before(noting(heard)) : pcap.before(noting(heard));
        List<String> said = new ArrayList<>();
        for (Method method : Home.Listener.class.getMethods()) {
          // What a listener does with a frame of its own is tested by the files that it writes.
          if (!Set.of("frame", "onAir").contains(method.getName())) {
            said.add(method.getName());
            method.invoke(
                front, Stream.of(method.getParameterTypes()).map(PassedOnTest::nothing).toArray());
          }
        }
        assertThat(said).contains("event", "powerCut", "failed", "gbcs");
        assertThat(heard).isEqualTo(said);
      }
    }
  }

  private static @Nullable Object nothing(Class<?> type) {
    return type == long.class ? (Object) 0L : null;
  }
}
