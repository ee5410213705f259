// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.hanota.api.Eui64;
import org.hanota.cli.Printable;
import org.hanota.headend.duis.signature.MessageSigner;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Letter;

/**
 * Hands answers and alerts to users' own receive services. One that does not say 204 gets it again,
 * as the DSP hands over again what nobody confirmed.
 */
final class Push {
  private static final int TAKEN = 204;
  private static final Duration WITHIN = Duration.ofSeconds(20);

  private final Map<Eui64, URI> addresses;
  private final MessageSigner signer;
  private final Consumer<Letter.Confirmed> confirmed;
  private final PrintWriter log;
  private final HttpClient client;
  private final Set<Long> underWay = ConcurrentHashMap.newKeySet();

  /**
   * Connects to nobody yet.
   *
   * @param addresses the receive service of each user
   * @param signer the DCC's key for XML
   * @param confirmed gets what was taken
   * @param log gets a line for each that was not
   * @param tls how it shows who it is; empty for plain HTTP
   */
  Push(
      Map<Eui64, URI> addresses,
      MessageSigner signer,
      Consumer<Letter.Confirmed> confirmed,
      PrintWriter log,
      Optional<SSLContext> tls) {
    this.addresses = new TreeMap<>(addresses);
    this.signer = signer;
    this.confirmed = confirmed;
    this.log = log;
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(WITHIN);
    tls.ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  /** Hands an answer over, unless that is under way. */
  void send(Letter.Message letter) {
    URI address = addresses.get(letter.to());
    if (address == null || !(letter.content() instanceof Content.Answer answer)) {
      return;
    }
    if (!underWay.add(letter.number())) {
      return;
    }
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(WITHIN)
            .header("Content-Type", "application/xml")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    signer.sign(answer.response()).toByteArray()))
            .build();
    var unused =
        client
            .sendAsync(request, BodyHandlers.discarding())
            .whenComplete(
                (said, fault) -> {
                  underWay.remove(letter.number());
                  if (fault == null && said.statusCode() == TAKEN) {
                    confirmed.accept(
                        new Letter.Confirmed(
                            letter.to(), letter.from(), letter.number(), Optional.empty()));
                  } else {
                    String why = fault == null ? "said " + said.statusCode() : fault.toString();
                    log.println(
                        Printable.line(
                            "user "
                                + letter.to()
                                + " at "
                                + address
                                + " "
                                + why
                                + "; it gets message "
                                + letter.number()
                                + " again"));
                    log.flush();
                  }
                });
  }
}
