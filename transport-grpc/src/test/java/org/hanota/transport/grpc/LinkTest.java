// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.stub.CallStreamObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hanota.api.machine.SendResult;
import org.hanota.transport.grpc.v1.LinkEvent;
import org.hanota.transport.grpc.v1.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LinkTest {
  private static final Outgoing.Sender SOMEBODY =
      new Outgoing.Sender() {
        @Override
        public void ended(long sendId, SendResult result) {}

        @Override
        public void answered(long sendId, SendResult result) {}
      };

  @Test
  void aResultComesEvenWhenTheReceiverHasThreadsOfItsOwnAndSendsNothing() {
    Inbox atHub = new Inbox();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Han han = Han.serving(atHub)) {
      Inbox one = new Inbox();
      han.join(han.connect(b -> b.callbacks(threads)), Han.device(1), one);
      for (int i = 0; i < 20; i++) {
        han.hub.transport().send(i, Han.frame(Han.HUB, Han.device(1), "00"));
        assertThat(atHub.result()).isEqualTo(new Inbox.Sent(i, SendResult.DELIVERED));
      }
    } finally {
      threads.shutdown();
    }
  }

  /** A stream of which the test says when it is ready, with a thread that runs when it is told. */
  private static final class Stream extends CallStreamObserver<byte[]> {
    final Deque<Runnable> tasks = new ArrayDeque<>();
    final List<Incoming> written = new ArrayList<>();
    boolean ready = true;
    boolean completed;
    int asked;

    void run() {
      while (!tasks.isEmpty()) {
        tasks.remove().run();
      }
    }

    List<Integer> framesOfEach() {
      return written.stream().map(message -> message.frames.size()).toList();
    }

    @Override
    public void onNext(byte[] octets) {
      written.add(LinkCodec.decode(octets, Han.HUB));
    }

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void request(int count) {
      asked += count;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void setMessageCompression(boolean enable) {}

    @Override
    public void onError(Throwable fault) {}

    @Override
    public void onCompleted() {
      completed = true;
    }
  }

  private static Link link(Stream stream, int framesPerMessage) {
    Link link =
        new Link(
            GrpcLimits.DEFAULT.with(GrpcParameter.FRAMES_PER_MESSAGE, framesPerMessage),
            stream.tasks::add);
    link.connected(stream, new byte[0]);
    link.welcomed();
    stream.run();
    stream.written.clear();
    return link;
  }

  private static void send(Link link, int count) {
    for (int i = 0; i < count; i++) {
      link.send(new Outgoing(Han.frame(Han.HUB, Han.device(i), "00"), i, SOMEBODY));
    }
  }

  @Test
  void whatComesTogetherIsAnsweredTogether() {
    Stream stream = new Stream();
    Link link = link(stream, 64);
    for (int i = 1; i <= 3; i++) {
      link.answer(Answer.of(i, Result.RESULT_DELIVERED, ""));
      send(link, 1);
      link.dealt();
    }
    assertThat(stream.written).isEmpty();
    assertThat(stream.tasks).hasSize(1);
    stream.run();
    assertThat(stream.framesOfEach()).containsExactly(3);
    assertThat(stream.written.get(0).answers).hasSize(3);
  }

  @Test
  void aMessageHasAsManyFramesAsAllowed() {
    Stream stream = new Stream();
    Link four = link(stream, 4);
    send(four, 10);
    stream.run();
    assertThat(stream.framesOfEach()).containsExactly(4, 4, 2);
    Stream other = new Stream();
    send(link(other, 1), 3);
    other.run();
    assertThat(other.framesOfEach()).containsExactly(1, 1, 1);
  }

  @Test
  void nothingIsWrittenWhileTheStreamIsNotReadyAndAllAfterwards() {
    Stream stream = new Stream();
    Link link = link(stream, 2);
    stream.ready = false;
    send(link, 3);
    stream.run();
    assertThat(stream.written).isEmpty();
    stream.ready = true;
    link.ready();
    stream.run();
    assertThat(stream.framesOfEach()).containsExactly(2, 1);
  }

  @Test
  void whatWaitsForResultsIsWrittenAsTheyCome() {
    Stream stream = new Stream();
    Link link =
        new Link(
            GrpcLimits.DEFAULT
                .with(GrpcParameter.QUEUED_FRAMES, 10)
                .with(GrpcParameter.UNANSWERED_FRAMES, 2),
            stream.tasks::add);
    link.connected(stream, new byte[0]);
    link.welcomed();
    stream.run();
    stream.written.clear();
    send(link, 3);
    stream.run();
    assertThat(stream.framesOfEach()).containsExactly(2);
    link.answered(List.of(Answer.of(1, Result.RESULT_DELIVERED, "")));
    link.dealt();
    stream.run();
    assertThat(stream.framesOfEach()).containsExactly(2, 1);
  }

  @Test
  void noFrameGoesOutBeforeTheOtherSideIsKnown() {
    Stream stream = new Stream();
    Link link = new Link(GrpcLimits.DEFAULT, stream.tasks::add);
    link.connected(stream, new byte[0]);
    send(link, 2);
    stream.run();
    assertThat(stream.framesOfEach()).containsExactly(0);
    link.welcomed();
    stream.run();
    assertThat(stream.framesOfEach()).containsExactly(0, 2);
  }

  @Test
  void whoLeavesIsHeardBefore() {
    Stream stream = new Stream();
    Link link = link(stream, 1);
    send(link, 2);
    link.sendLast(LinkEvent.getDefaultInstance());
    link.send(LinkEvent.getDefaultInstance());
    stream.run();
    assertThat(stream.framesOfEach()).containsExactly(1, 1, 0);
    assertThat(stream.written.get(2).events).hasSize(2);
  }

  @Test
  void whatIsOwedIsWrittenThoughTheOtherSideHasEnded() {
    Stream stream = new Stream();
    Link link = link(stream, 64);
    link.answer(Answer.of(1, Result.RESULT_DELIVERED, ""));
    link.close(Status.OK);
    link.disconnected();
    stream.run();
    assertThat(stream.written).singleElement().satisfies(m -> assertThat(m.answers).hasSize(1));
    assertThat(stream.completed).isTrue();
  }

  @Test
  void aFrameForAStreamThatIsOverEndsAtOnce() {
    Stream stream = new Stream();
    Link link = link(stream, 64);
    link.disconnected();
    link.dropQueued();
    List<SendResult> results = new ArrayList<>();
    link.send(
        new Outgoing(
            Han.frame(Han.HUB, Han.device(1), "00"),
            7,
            new Outgoing.Sender() {
              @Override
              public void ended(long sendId, SendResult result) {
                results.add(result);
              }

              @Override
              public void answered(long sendId, SendResult result) {}
            }));
    assertThat(results).containsExactly(SendResult.NO_ROUTE);
  }

  @Test
  void roomThatAFrameWithoutAResultLeavesIsUsed() {
    Stream stream = new Stream();
    Link link =
        new Link(
            GrpcLimits.DEFAULT
                .with(GrpcParameter.QUEUED_FRAMES, 10)
                .with(GrpcParameter.UNANSWERED_FRAMES, 1),
            stream.tasks::add);
    link.connected(stream, new byte[0]);
    link.welcomed();
    stream.run();
    stream.written.clear();
    send(link, 1);
    stream.run();
    for (int i = 0; i < Link.SWEEPS; i++) {
      link.sweep();
    }
    send(link, 1);
    stream.run();
    assertThat(stream.framesOfEach()).containsExactly(1);
    link.sweep();
    stream.run();
    assertThat(stream.framesOfEach()).containsExactly(1, 1);
  }

  @Test
  void eventsThatNobodyReadsStopTheReading() {
    Stream stream = new Stream();
    Link link = link(stream, 64);
    int ahead = stream.asked;
    stream.ready = false;
    for (int i = 0; i <= GrpcLimits.DEFAULT.count(GrpcParameter.UNANSWERED_FRAMES); i++) {
      link.send(LinkEvent.getDefaultInstance());
    }
    for (int i = 0; i < ahead; i++) {
      link.dealt();
    }
    stream.run();
    assertThat(stream.asked).isEqualTo(ahead);
  }

  @Test
  void noMessageIsAskedForBeforeOneWasDealtWithNorWhileTooManyResultsAreOwed() {
    Stream stream = new Stream();
    Link link = link(stream, 64);
    int ahead = stream.asked;
    stream.ready = false;
    for (int i = 0; i <= GrpcLimits.DEFAULT.count(GrpcParameter.UNANSWERED_FRAMES); i++) {
      link.answer(Answer.of(i, Result.RESULT_DELIVERED, ""));
    }
    for (int i = 0; i < ahead; i++) {
      link.dealt();
    }
    stream.run();
    assertThat(stream.asked).isEqualTo(ahead);
    stream.ready = true;
    link.ready();
    stream.run();
    assertThat(stream.asked).isEqualTo(2 * ahead);
  }

  @Test
  void aFrameIsGivenUpAfterTheSweepsOfItsDeadlineAndNotBefore() {
    Unanswered unanswered = new Unanswered(1_000);
    List<Unanswered.Written> overdue = new ArrayList<>();
    unanswered.sweep(overdue);
    long first = unanswered.add(SOMEBODY, 11);
    for (int i = 0; i < Link.SWEEPS; i++) {
      unanswered.sweep(overdue);
      long unused = unanswered.add(SOMEBODY, 12 + i);
    }
    assertThat(overdue).isEmpty();
    unanswered.sweep(overdue);
    assertThat(overdue).containsExactly(new Unanswered.Written(SOMEBODY, 11));
    assertThat(unanswered.take(first)).isNull();
    assertThat(unanswered.take(first + 1)).isSameAs(SOMEBODY);
    assertThat(unanswered.takenSendId()).isEqualTo(12);
  }

  @Test
  void whoWaitsIsFoundInAnyOrderHoweverMany() {
    Unanswered unanswered = new Unanswered(1_000);
    for (int i = 0; i < 1_000; i++) {
      assertThat(unanswered.add(i % 3 == 0 ? null : SOMEBODY, i)).isEqualTo(i + 1);
    }
    assertThat(unanswered.hasRoom()).isTrue();
    assertThat(unanswered.add(SOMEBODY, 1_000)).isEqualTo(1_001);
    assertThat(unanswered.hasRoom()).isFalse();
    for (int i = 1_000; i >= 0; i--) {
      boolean waits = i == 1_000 || i % 3 != 0;
      assertThat(unanswered.take(i + 1)).isSameAs(waits ? SOMEBODY : null);
      if (waits) {
        assertThat(unanswered.takenSendId()).isEqualTo(i);
      }
    }
    assertThat(unanswered.take(1_002)).isNull();
  }
}
