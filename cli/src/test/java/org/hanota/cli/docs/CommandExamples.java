// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.docs;

import java.util.List;

/**
 * The examples of {@code docs/commands.md}, in the order in which they run: a later one uses what
 * an earlier one made. A new command needs one line here, then {@code -Dhanota.update=true}.
 */
final class CommandExamples {
  private static final String MODEL = "--manufacturer-code 0x1234 --image-type ";

  private static final String HEAD_END = " --headend {headend} --insecure";
  private static final String PLAN = "--plan {campaign.json} --image {campaign.ota}" + HEAD_END;

  /** What differs from run to run, such as times left, is not shown. */
  static final List<Example> ALL =
      List.of(
          Example.of(
              "image create", MODEL + "1 --file-version 2 -o {images/display.ota} {firmware.bin}"),
          Example.of(
              "image create", MODEL + "2 --file-version 2 -o {images/meter.ota} {other.bin}"),
          Example.of("image inspect", "{images/display.ota}"),
          Example.of("image verify", "{images/display.ota}"),
          Example.of("image keygen", "--suite p256 -o {my-key}"),
          Example.of(
              "image sign", "--manufacturer-key {maker.pem} -o {signed.ota} {images/display.ota}"),
          Example.of("image verify", "--manufacturer-key {maker-public.pem} {signed.ota}"),
          Example.of("image extract", "-o {again.bin} {signed.ota}"),
          Example.of("image trim", "-o {trimmed.ota} {signed.ota}"),
          Example.of("image diff", "{images/display.ota} {images/meter.ota}").ends(1),
          Example.of("image create", MODEL + "9 --file-version 2 -o {large.ota} {large.bin}"),
          Example.of("image split", "-o {parts} {large.ota}"),
          Example.of(
              "image join",
              "-o {whole.ota} {parts/1234-0009-00000002-part1.zigbee}"
                  + " {parts/1234-000A-00000002-part2.zigbee}"),
          Example.of("image index", "{images}"),
          Example.of(
                  "gbcs create cs06",
                  "--hash 7542e1bb36e1ffd8a56a9d6a0ee6cc0c8b1d6bb7b9ee5e3a6ba4c1d44cf6bb36"
                      + " --counter 1000 --device 00DB1234567890A0 --originator 90B3D51F30010000"
                      + " --keystore {keys}")
              .into("command.HEX"),
          Example.of("gbcs inspect", "{command.HEX}"),
          Example.of("gbcs verify", "--keystore {keys} {command.HEX}"),
          Example.of(
              "gbcs create message",
              "--code 0129 --counter 1000 --originator 90B3D51F30000002"
                  + " --recipient 00DB1234567890A4 --keystore {keys}"),
          Example.of("duis inspect", "{request.xml}"),
          Example.of("duis verify", "--certificates {certificates} {request.xml}"),
          Example.of(
                  "duis request",
                  "--service 11.2 --device 00DB1234567890A0 --xml-keys {supplier-xml} -o {read.xml}")
              .showing("^$"),
          Example.of(
              "duis sign",
              "{activate.xml} {answer.xml} --keystore {supplier-gbcs} --xml-keys {supplier-xml}"
                  + " -o {signed.xml}"),
          Example.of("headend run", "--devices esme --make-requests {requests}"),
          Example.of("headend run", "{requests} --devices esme -o {answers}"),
          Example.of(
                  "headend receive",
                  "--xml-keys {users-keys} --insecure --listen localhost:0 -o {received}")
              .showing("^$")
              .runsOn("receiver", "the DCC at port (\\d+)"),
          Example.of(
                  "headend serve",
                  "--estate {estate.json} --keystore {dcc-gbcs} --xml-keys {dcc-keys}"
                      + " --supplier 90B3D51F30010000 --store jdbc:h2:{store} --insecure"
                      + " --listen localhost:0")
              .showing("acts, epoch")
              .runsOn("headend", "(?s)(?=.*is Active).*users at port (\\d+)"),
          Example.of("campaign dry-run", PLAN),
          Example.of("campaign create", PLAN),
          Example.of("campaign start", "spring" + HEAD_END),
          Example.of("campaign status", "spring" + HEAD_END).showing("^campaign"),
          Example.of("campaign pause", "spring" + HEAD_END).showing("^campaign spring is paused"),
          Example.of("campaign resume", "spring --devices 100" + HEAD_END).showing("is running"),
          Example.of("campaign release", "spring --group all" + HEAD_END).ends(1),
          Example.of("campaign stop", "spring --reason smoke" + HEAD_END).showing("is stopped"),
          Example.of("campaign cancel", "spring --reason superseded" + HEAD_END)
              .showing("is cancelled"),
          Example.of("campaign watch", "spring" + HEAD_END).showing("^campaign spring: cancelled"),
          Example.of("headend inventory", "--store jdbc:h2:{store}"),
          Example.of("headend audit", "--store jdbc:h2:{store}").showing("^$"),
          Example.of("simulate home", "--devices ihd --loss 0"),
          Example.of("simulate home", "--story cancelled --evidence {evidence.html}"),
          Example.of("simulate home", "--devices ppmid --print-scenario").into("home.yaml"),
          Example.of("simulate", "--scenario {home.yaml} --messages {messages}"),
          Example.of("simulate", "--swarm-seeds 2-4"),
          Example.of("simulate fleet", "--scenario {fleet.yaml} --csv {steps.csv}")
              .showing("homes, level|^wave|^region|^digest"),
          Example.of("simulate fleet", "--scenario {fleet.yaml} --homes 2000 --jsonl {a.jsonl}")
              .showing("^digest"),
          Example.of("simulate fleet", "--scenario {fleet.yaml} --homes 3000 --jsonl {b.jsonl}")
              .showing("^digest"),
          Example.of("compare", "{a.jsonl} {b.jsonl}"),
          Example.of("explore", "--model block --faults 1")
              .showing("^model|^bounds|^states|^everything"),
          Example.of("study secmp0007", "--set wanHomesPerCell=20 --html {study.html}")
              .showing("C07|C06|times 3/4|202.5"),
          Example.of("parameters", ""),
          Example.of("pki init", "--dir {pki}"),
          Example.of("pki renew", "--dir {pki} --days 90"),
          Example.of("pki revoke", "--dir {pki} operator"),
          Example.of("pki gbcs", "--dir {gbcs} --device 00DB123400000000"),
          Example.of("hub serve", "--images {images} --insecure --listen localhost:0")
              .runsOn("hub", "devices and operators at .*:(\\d+)"),
          Example.of(
                  "device run",
                  "--hub {hub} --insecure --image-of {images/display.ota} --query-interval 1")
              .showing("confirmed|connected")
              .runsOn("device", "(confirmed)"),
          Example.of("hub watch", "--hub {hub} --insecure --json")
              .showing("querying")
              .runsOn("watch", "(querying)"),
          Example.of("hub pause", "--hub {hub} --insecure --image meter.ota"),
          Example.of("hub status", "--hub {hub} --insecure"),
          Example.of("hub resume", "--hub {hub} --insecure --image meter.ota"),
          Example.of("hub abort", "--hub {hub} --insecure --image meter.ota"),
          Example.of(
                  "device run",
                  "--hub {hub} --insecure --image-of {images/meter.ota} --first 00DB12340000AB00")
              .showing("has no image|connected")
              .runsOn("second", "(has no image)"),
          Example.of(
              "hub start", "--hub {hub} --insecure --image meter.ota --device 00DB12340000AB00"),
          Example.of("emulate znp", "--listen {free} --image-of {images/display.ota}")
              .runsOn("stick", "at tcp://127.0.0.1:(\\d+)"),
          Example.of("serial probe", "{stick}"),
          Example.of("serial clear", "{stick}"),
          Example.of("emulate ezsp", "--listen {free} --image-of {images/display.ota}")
              .runsOn("other", "at tcp://127.0.0.1:(\\d+)"),
          Example.of("help", "image trim"),
          Example.of("generate-completion", "").showing("^#"));

  private CommandExamples() {}
}
