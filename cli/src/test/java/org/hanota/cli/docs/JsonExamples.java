// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.docs;

import java.util.List;

/**
 * Calls of every command that prints JSON, in the order in which they run; see {@link Workplace}.
 */
final class JsonExamples {
  private static final String MODEL = "--manufacturer-code 0x1234 --file-version 2 --image-type ";
  private static final String HUB = "--hub {hub} --insecure --json";

  private static final String HEAD_END = " --headend {headend} --insecure --json";
  private static final String PLAN = "--plan {campaign.json} --image {campaign.ota}" + HEAD_END;

  /** What makes the files that the others read. */
  static final List<Example> BEFORE =
      List.of(
          Example.of("image create", MODEL + "1 -o {images/display.ota} {firmware.bin}"),
          Example.of("image create", MODEL + "2 -o {images/meter.ota} {other.bin}"),
          Example.of(
              "image sign", "--manufacturer-key {maker.pem} -o {signed.ota} {images/display.ota}"),
          Example.of(
                  "gbcs create cs06",
                  "--hash 7542e1bb36e1ffd8a56a9d6a0ee6cc0c8b1d6bb7b9ee5e3a6ba4c1d44cf6bb36"
                      + " --counter 1000 --device 00DB1234567890A0 --originator 90B3D51F30010000"
                      + " --keystore {keys}")
              .into("command.HEX"),
          Example.of("simulate fleet", "--scenario {fleet.yaml} --homes 2000 --jsonl {a.jsonl}"),
          Example.of("simulate fleet", "--scenario {fleet.yaml} --homes 3000 --jsonl {b.jsonl}"),
          Example.of("simulate home", "--devices esme,ppmid --loss 0 --print-scenario")
              .into("home.yaml"),
          Example.of(
                  "headend serve",
                  "--estate {estate.json} --keystore {dcc-gbcs} --xml-keys {dcc-keys}"
                      + " --supplier 90B3D51F30010000 --store jdbc:h2:{store} --insecure"
                      + " --listen localhost:0")
              .runsOn("headend", "(?s)(?=.*is Active).*users at port (\\d+)"));

  static final List<Example> ALL =
      List.of(
          Example.of("image inspect", "--json {images/display.ota} {signed.ota}"),
          Example.of("image verify", "--json {images/display.ota}"),
          Example.of("image verify", "--json --manufacturer-key {maker-public.pem} {signed.ota}"),
          Example.of("image diff", "--json {images/display.ota} {images/meter.ota}").ends(1),
          Example.of("image index", "{images}"),
          Example.of("gbcs inspect", "--json {command.HEX}"),
          Example.of("gbcs verify", "--json --keystore {keys} {command.HEX}"),
          Example.of(
              "gbcs create cs06",
              "--json --cancel --hash"
                  + " 7542e1bb36e1ffd8a56a9d6a0ee6cc0c8b1d6bb7b9ee5e3a6ba4c1d44cf6bb36"
                  + " --counter 1000 --device 00DB1234567890A0 --originator 90B3D51F30010000"
                  + " --keystore {keys}"),
          Example.of(
              "gbcs create message",
              "--json --code 0129 --counter 1000 --originator 90B3D51F30000002"
                  + " --recipient 00DB1234567890A4 --keystore {keys}"),
          Example.of("duis inspect", "--json {request.xml}"),
          Example.of("duis verify", "--json --certificates {certificates} {request.xml}"),
          Example.of("simulate home", "--json --story wrong-signature"),
          Example.of("simulate home", "--json --devices ppmid --fault power-cut@37%"),
          Example.of("simulate home", "--json --story future-dated"),
          Example.of("simulate", "--json --scenario {home.yaml}"),
          Example.of("simulate home", "--json --devices ihd --radio 868MHz"),
          Example.of("simulate --swarm-seeds", "2-3 --json"),
          Example.of("simulate fleet", "--json --scenario {fleet.yaml} --homes 1000"),
          Example.of(
              "simulate fleet --sweep",
              "loss=0.01,0.05 --json --scenario {fleet.yaml} --homes 200"),
          Example.of("compare", "--json {a.jsonl} {b.jsonl}"),
          Example.of("study secmp0007", "--json --set wanHomesPerCell=20"),
          Example.of("headend inventory", "--json --store jdbc:h2:{store}"),
          Example.of("headend audit", "--json --store jdbc:h2:{store}"),
          Example.of("campaign dry-run", PLAN),
          Example.of("campaign create", PLAN),
          Example.of("campaign create", PLAN).ends(1),
          Example.of("campaign start", "spring" + HEAD_END),
          Example.of("campaign pause", "spring" + HEAD_END),
          Example.of("campaign resume", "spring --devices 100" + HEAD_END),
          Example.of("campaign release", "spring --group all" + HEAD_END).ends(1),
          Example.of("campaign status", "spring --devices" + HEAD_END),
          Example.of("campaign stop", "spring" + HEAD_END),
          Example.of("campaign cancel", "spring" + HEAD_END),
          Example.of("campaign watch", "spring" + HEAD_END),
          Example.of("explore", "--json --model block --faults 0"),
          Example.of("parameters", "--json"),
          Example.of("hub serve", "--images {images} --insecure --listen localhost:0 --json")
              .runsOn("hub", "\"listening\".*:(\\d+)\""),
          Example.of("device run", HUB + " --image-of {images/display.ota} --query-interval 1")
              .runsOn("device", "(\"confirmed\")"),
          Example.of("hub watch", HUB).runsOn("watch", "(\"querying\")"),
          Example.of("hub pause", HUB + " --image meter.ota"),
          Example.of("hub status", HUB),
          Example.of("hub resume", HUB + " --image meter.ota"),
          Example.of("hub abort", HUB + " --image meter.ota"),
          Example.of("hub start", HUB + " --image display.ota --device 00DB123400000000").ends(1),
          Example.of("emulate znp", "--listen {free} --image-of {images/display.ota} --json")
              .runsOn("stick", "tcp://127.0.0.1:(\\d+)"),
          Example.of("serial probe", "--json {stick}"),
          Example.of("serial clear", "--json {stick}"),
          Example.of("emulate ezsp", "--listen {free} --image-of {images/display.ota} --json")
              .runsOn("other", "tcp://127.0.0.1:(\\d+)"));

  private JsonExamples() {}
}
